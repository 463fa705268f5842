package org.gristmill.tokenize.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.tokenize.BpeTokenizer;
import org.gristmill.tokenize.Track;
import org.junit.jupiter.api.Test;

class SpanCorruptionTest {
  private static final Letters TOKENIZER = Letters.WITH_ALL;
  private static final int SENTINEL = TOKENIZER.id("<extra_id_0>").orElseThrow();
  private static final int END = TOKENIZER.endOfDocument();

  private static SpanCorruption objective(boolean closing) {
    return new SpanCorruption(0.15, 3, 100, "<extra_id_{n}>", closing, 5);
  }

  /** random_spans_noise_mask, with a mask as T5 has it, and the same chances. */
  private static boolean[] mask(int n, Chance chance) {
    int noise = Math.max(1, Math.min(n - 1, (int) Math.rint(n * 0.15)));
    int spans = Math.max(1, Math.min((int) Math.rint(noise / 3.0), n - noise));
    int[] out = SpanCorruption.partition(noise, spans, chance);
    int[] stay = SpanCorruption.partition(n - noise, spans, chance);
    boolean[] mask = new boolean[n];
    int at = 0;
    for (int i = 0; i < spans; i++) {
      at += stay[i];
      Arrays.fill(mask, at, at + out[i], true);
      at += out[i];
    }
    assertEquals(n, at);
    return mask;
  }

  /** noise_span_to_unique_sentinel, or with the mask turned, nonnoise_span_to_unique_sentinel. */
  private static List<Integer> replaced(int[] tokens, boolean[] mask, boolean out) {
    List<Integer> shown = new ArrayList<>();
    int sentinel = SENTINEL;
    for (int i = 0; i < tokens.length; i++) {
      if (mask[i] != out) {
        shown.add(tokens[i]);
      } else if (i == 0 || mask[i - 1] != out) {
        shown.add(sentinel++);
      }
    }
    return shown;
  }

  @Test
  void isWhatTheCodeOfT5Does() {
    for (boolean closing : new boolean[] {false, true}) {
      SpanCorruption objective = objective(closing);
      objective.check(TOKENIZER);
      for (Passage document : ObjectiveTexts.passages(400, 8)) {
        int[] text = TOKENIZER.encode(document.text());
        Encoded encoded = objective.encode(TOKENIZER, document);
        int at = 0;
        int from = 0;
        for (int part : encoded.parts()) {
          assertTrue(part <= 100);
          int[] types = encoded.tracks().get(Track.TOKEN_TYPES);
          int targets = Arrays.stream(types, at, at + part).sum();
          int[] piece = Arrays.copyOfRange(encoded.tokens(), at, at + part);
          int sentinels = (int) Arrays.stream(piece).filter(t -> t >= SENTINEL).count();
          int n = part - 2 - sentinels;
          int[] stretch = Arrays.copyOfRange(text, from, from + n);
          if (n == 1) { // has a test of its own
            at += part;
            from += n;
            continue;
          }
          boolean[] mask = mask(n, new Chance(5, document.id() + ":spans:" + from));
          List<Integer> expected = new ArrayList<>(replaced(stretch, mask, true));
          expected.add(END);
          assertEquals(part - targets, expected.size());
          expected.addAll(replaced(stretch, mask, false));
          if (closing) {
            expected.add(SENTINEL + (sentinels - 1) / 2);
          }
          expected.add(END);
          assertArrayEquals(expected.stream().mapToInt(t -> t).toArray(), piece);
          at += part;
          from += n;
        }
        assertEquals(text.length, from);
      }
    }
  }

  @Test
  void everyPartitionIsAsProbableAsAnother() {
    Map<String, Integer> counts = new TreeMap<>();
    Chance chance = new Chance(1, "partitions");
    for (int i = 0; i < 6_000; i++) {
      int[] parts = SpanCorruption.partition(5, 3, chance);
      assertEquals(5, Arrays.stream(parts).sum());
      counts.merge(Arrays.toString(parts), 1, Integer::sum);
    }
    assertEquals(6, counts.size()); // 4 over 2
    counts.values().forEach(count -> assertTrue(Math.abs(count - 1_000) < 120, counts.toString()));
  }

  @Test
  void aSingleTokenIsLeftOut() {
    Encoded encoded = objective(false).encode(TOKENIZER, new Passage("a", Text.of("x")));
    assertArrayEquals(new int[] {SENTINEL, END, SENTINEL, 'x', END}, encoded.tokens());
  }

  @Test
  void sentinelsMustBeThere() {
    assertThrows(SettingError.class, () -> objective(false).check(BpeTokenizer.CL100K_BASE));
    SpanCorruption longer = new SpanCorruption(0.15, 3, 400, "<extra_id_{n}>", false, 5);
    SettingError e = assertThrows(SettingError.class, () -> longer.check(TOKENIZER));
    assertTrue(e.getMessage().contains("<extra_id_6>"), e.getMessage());
  }
}
