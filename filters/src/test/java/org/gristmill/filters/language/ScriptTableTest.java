package org.gristmill.filters.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

class ScriptTableTest {
  private static final int CLASSES = 50;
  private static final String LETTERS = "abcd ";

  /** Grams with few, some and many entries say together what each says alone. */
  @Test
  void addsWhatEveryGramSays() throws IOException {
    TreeSet<String> grams = new TreeSet<>();
    for (int i = 0; i < 400; i++) {
      String gram = text(i, 1 + chance(i, 4));
      for (int n = 1; n <= gram.length(); n++) { // what it rests on
        for (int from = 0; from + n <= gram.length(); from++) {
          grams.add(gram.substring(from, from + n));
        }
      }
    }
    Map<String, int[]> weights = new HashMap<>();
    ScriptTable table = table(grams, weights);
    String text = text(1, 700);
    int[] expected = new int[CLASSES];
    ScriptTable.Sums sums = new ScriptTable.Sums(table);
    long key = 0;
    for (int end = 1; end <= text.length(); end++) {
      key = ScriptTable.key(key, text.charAt(end - 1));
      table.add(key, Math.min(4, end), sums);
      for (int n = 1; n <= Math.min(4, end); n++) {
        int[] some = weights.getOrDefault(text.substring(end - n, end), new int[CLASSES]);
        for (int i = 0; i < CLASSES; i++) {
          expected[i] += some[i];
        }
      }
    }
    sums.flush();
    assertArrayEquals(expected, sums.all);
  }

  private static ScriptTable table(TreeSet<String> grams, Map<String, int[]> weights)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    int entries = 0;
    for (String gram : grams) {
      int[] some = new int[CLASSES];
      int most = new int[] {3, 10, CLASSES}[chance(gram.hashCode(), 3)];
      for (int i = 0; i < most; i++) {
        int category = chance(gram.hashCode() + 31L * i, CLASSES);
        some[category] = chance(gram.hashCode() + 37L * i, 189) - 61;
      }
      weights.put(gram, gram.length() == 1 ? all(gram) : some);
      entries += 1 + 2 * count(weights.get(gram));
    }
    out.writeInt(CLASSES);
    for (int i = 0; i < CLASSES; i++) {
      out.writeUTF("c" + i);
      out.writeUTF("c" + i);
      out.writeFloat(0);
    }
    out.writeInt(grams.size());
    out.writeInt(entries);
    for (String gram : grams) {
      out.writeByte(gram.length());
      out.writeChars(gram);
      int[] some = weights.get(gram);
      out.writeByte(count(some));
      for (int i = 0; i < CLASSES; i++) {
        if (some[i] != 0) {
          out.writeByte(i);
          out.writeByte(some[i]);
        }
      }
    }
    return ScriptTable.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  /** The extreme weights, so that sums that are too narrow would show. */
  private static int[] all(String gram) {
    int[] some = new int[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      some[i] = gram.charAt(0) % 2 == i % 2 ? 127 : -61;
    }
    return some;
  }

  private static int count(int[] weights) {
    int count = 0;
    for (int weight : weights) {
      count += weight == 0 ? 0 : 1;
    }
    return count;
  }

  private static String text(long seed, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(chance(seed * 1000 + i, LETTERS.length())));
    }
    return text.toString();
  }

  private static int chance(long seed, int bound) {
    return Hash.range(Hash.xx64(seed, "x"), bound);
  }
}
