package org.gristmill.dedup.contamination;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.SlidingMinimum;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void leastOfEveryWindow() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 500; round++) {
      long[] numbers = random.longs(1 + random.nextInt(40), -4, 5).toArray();
      int window = 1 + random.nextInt(numbers.length);
      long[] all =
          IntStream.rangeClosed(0, numbers.length - window)
              .mapToLong(at -> Arrays.stream(numbers, at, at + window).min().orElseThrow())
              .toArray();
      long[] changes =
          IntStream.range(0, all.length)
              .filter(i -> i == 0 || all[i] != all[i - 1])
              .mapToLong(i -> all[i])
              .toArray();
      assertArrayEquals(changes, new SlidingMinimum(numbers, window).least());
    }
  }

  @Test
  void codeComesBackAndDamageIsRefused() {
    SplittableRandom random = new SplittableRandom(4);
    byte[] header = {7, 8};
    for (int round = 0; round < 2_000; round++) {
      int bits = 24 + random.nextInt(33);
      int shift = 64 - bits + random.nextInt(20);
      int count = random.nextInt(random.nextInt(300) + 1);
      long[] hashes = random.longs(count).map(h -> h >>> shift).sorted().distinct().toArray();
      byte[] code = HashSetCode.encode(header, hashes, bits);
      assertArrayEquals(hashes, HashSetCode.decode(code, 2, bits));
      byte[] cut = Arrays.copyOf(code, code.length - 1);
      assertThrows(IllegalArgumentException.class, () -> HashSetCode.decode(cut, 2, bits));
      byte[] longer = Arrays.copyOf(code, code.length + 1);
      assertThrows(IllegalArgumentException.class, () -> HashSetCode.decode(longer, 2, bits));
    }
  }

  /** Every run of 13 units that a document shares with a task finds it, wherever both are cut. */
  @Test
  void everySharedRunOfTheGuaranteedLengthIsFound() {
    SplittableRandom random = new SplittableRandom(6);
    for (Fingerprint settings :
        List.of(Fingerprint.DEFAULT, new Fingerprint(9, 9, 48), new Fingerprint(5, 1, 56))) {
      for (int round = 0; round < 700; round++) {
        String shared = words(random, settings.guaranteed(), 1_000_000);
        String task = words(random, random.nextInt(15), 50) + shared + words(random, 9, 50);
        String document = words(random, random.nextInt(60), 50) + shared + words(random, 20, 50);
        BenchmarkItem item = new BenchmarkItem("a", Map.of("q", Text.of(task)));
        FingerprintQuery query = FingerprintQuery.of(settings, List.of(item));
        byte[] fingerprint = settings.of(Text.of(document.replace(" ", ", ")));
        assertEquals(1, query.ask(fingerprint).size());
      }
    }
  }

  @Test
  void runsBelowAGramAreNotFound() {
    SplittableRandom random = new SplittableRandom(7);
    int found = 0;
    int eights = 0;
    for (int round = 0; round < 1_200; round++) {
      int run = 7 + round % 2;
      String shared = words(random, run, 1_000_000);
      BenchmarkItem item =
          new BenchmarkItem("a", Map.of("q", Text.of("one two " + shared + " three four")));
      FingerprintQuery query = FingerprintQuery.of(Fingerprint.DEFAULT, List.of(item));
      Text document = Text.of(words(random, 40, 1_000) + shared + words(random, 40, 1_000));
      if (!query.ask(Fingerprint.DEFAULT.of(document)).isEmpty()) {
        found++;
        eights += run == 8 ? 1 : 0;
      }
    }
    assertEquals(eights, found, "seven words in a row were found");
    assertTrue(eights > 40 && eights < 560, "eight words are found now and then: " + eights);
  }

  @Test
  void keptHashesAreEvenAndTakeAsManyBytesAsStated() {
    SplittableRandom random = new SplittableRandom(8);
    double kept = 0;
    double bytes = 0;
    double mean = 0;
    for (int round = 0; round < 100; round++) {
      Text text = Text.of(words(random, 1_000, 1_000_000));
      long[] hashes = Fingerprint.DEFAULT.kept(Units.of(text));
      kept += hashes.length;
      bytes += Fingerprint.DEFAULT.of(text).length;
      mean += Arrays.stream(hashes).mapToDouble(h -> h / 0x1p40).sum();
    }
    assertEquals(2.0 / 7, kept / 100_000, 0.01);
    assertEquals(1.2, bytes / 100_000, 0.06);
    assertEquals(0.5, mean / kept, 0.01);
  }

  @Test
  void otherSettingsAreRefused() {
    byte[] fingerprint = new Fingerprint(13, 8, 41).of(Text.of("a b c"));
    FingerprintQuery query = FingerprintQuery.of(Fingerprint.DEFAULT, List.of());
    assertThrows(IllegalArgumentException.class, () -> query.ask(fingerprint));
    assertThrows(IllegalArgumentException.class, () -> query.ask(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> new Fingerprint(7, 8, 40));
    assertTrue(query.ask(Fingerprint.DEFAULT.of(Text.EMPTY)).isEmpty());
    BenchmarkItem item = new BenchmarkItem("a", Map.of("q", Text.of("one two three")));
    assertEquals(
        List.of(new BenchmarkField("a", "q", 3, 0)),
        FingerprintQuery.of(Fingerprint.DEFAULT, List.of(item)).notGuaranteed());
  }

  /** What is stored must stay comparable: these bytes may never change while FORMAT is 1. */
  @Test
  void bytesStayAsTheyAre() {
    int hash = 1;
    for (String text : HardTexts.prose()) {
      hash = 31 * hash + Arrays.hashCode(Fingerprint.DEFAULT.of(Text.of(text)));
    }
    assertEquals(1422559548, hash);
  }

  private static String words(SplittableRandom random, int count, int vocabulary) {
    return random
        .ints(count, 0, vocabulary)
        .mapToObj(i -> "w" + Long.toString(Hash.mix(i) >>> 20, 36) + " ")
        .collect(Collectors.joining());
  }
}
