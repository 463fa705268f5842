package org.gristmill.jobs.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private final LongAccumulator large = new LongAccumulator();
  private final LongAccumulator left = new LongAccumulator();

  private static Row row(long key, int fresh, int id) {
    return RowFactory.create(key, fresh, ByteBuffer.allocate(4).putInt(id).array());
  }

  /** Pairs of a bucket of documents 0 to n - 1, as n * b + a, each found once. */
  private Set<Long> pairs(int n, int old) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(row(5, i < old ? 0 : 1, i));
    }
    return pairs(rows, n);
  }

  private Set<Long> pairs(List<Row> rows, int n) {
    Set<Long> pairs = new HashSet<>();
    Iterator<Row> found = new Buckets(large, left).call(rows.iterator());
    while (found.hasNext()) {
      Row pair = found.next();
      int a = ByteBuffer.wrap(pair.<byte[]>getAs(0)).getInt();
      int b = ByteBuffer.wrap(pair.<byte[]>getAs(1)).getInt();
      assertTrue(a < b, a + " is before " + b);
      assertTrue(pairs.add((long) n * b + a), a + ", " + b + " twice");
    }
    return pairs;
  }

  @Test
  void allOfASmallBucketAndWithTheFirstAndSomeBeforeItInALargeOne() {
    for (int n : new int[] {1, 2, 31, 32, 33, 34, 64, 1024, 1025, 5000}) {
      large.reset();
      left.reset();
      Set<Long> pairs = pairs(n, 0);
      for (int b = 1; b < n; b++) {
        assertTrue(pairs.contains((long) n * b), "with the first");
        assertTrue(pairs.contains((long) n * b + b - 1), "with the one before it");
        // A bucket of n was once compared so far back for all of its documents: never less now.
        int reach = n <= 32 ? 32 : Math.max(1, 1024 / n);
        for (int a = Math.max(0, b - Math.min(reach, 31)); a < b; a++) {
          assertTrue(pairs.contains((long) n * b + a), n + ": " + a + ", " + b);
        }
      }
      assertEquals(n > 32 ? 1 : 0, large.value());
      assertEquals((long) n * (n - 1) / 2, pairs.size() + left.value());
      assertTrue(pairs.size() <= 2L * n + 32 * 32 * (1 + Math.log(n)), n + ": " + pairs.size());
    }
  }

  @Test
  void whatComesLaterChangesNothing() {
    Set<Long> few = pairs(100, 0);
    Set<Long> many = pairs(1000, 0);
    for (long b = 1; b < 100; b++) {
      for (long a = 0; a < b; a++) {
        assertEquals(few.contains(100 * b + a), many.contains(1000 * b + a), a + ", " + b);
      }
    }
  }

  @Test
  void onlyWhatComesIsDecidedAndKeysAreKeptApart() {
    assertEquals(Set.of(), pairs(50, 50));
    assertTrue(pairs(50, 49).stream().allMatch(pair -> pair / 50 == 49));
    List<Row> rows = List.of(row(-1, 1, 0), row(0, 1, 1), row(0, 1, 2), row(7, 0, 3), row(7, 1, 4));
    assertEquals(Set.of(5L * 2 + 1, 5L * 4 + 3), pairs(rows, 5));
    assertEquals(Set.of(), pairs(List.of(), 1));
  }
}
