package org.gristmill.tokenize.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gristmill.core.SettingError;
import org.gristmill.tokenize.BpeTokenizer;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.Track;
import org.junit.jupiter.api.Test;

class BertTest {
  private static final Letters TOKENIZER = Letters.WITH_ALL;
  private static final int CLS = TOKENIZER.id("[CLS]").orElseThrow();
  private static final int SEP = TOKENIZER.id("[SEP]").orElseThrow();
  private static final int MASK = TOKENIZER.id("[MASK]").orElseThrow();
  private static final Bert PLAIN = bert(false, true);
  private static final Bert WORDS = bert(true, true);

  private final List<Encoded> documents =
      ObjectiveTexts.passages(120, 30).stream().map(p -> PLAIN.encode(TOKENIZER, p)).toList();

  private static Bert bert(boolean wholeWord, boolean nextSentence) {
    return new Bert(
        128, 0.15, 20, 3, 0.1, nextSentence, wholeWord, "[CLS]", "[SEP]", "[MASK]", 12_345);
  }

  /** An example with what was there before masks. */
  private record Original(int[] a, int[] b, Packer.Tokens example) {
    static Original of(Packer.Tokens example) {
      int[] tokens = example.tokens().clone();
      int[] labels = example.tracks().get(Track.LABELS);
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = labels[i] == Track.IGNORED ? tokens[i] : labels[i];
      }
      assertEquals(CLS, tokens[0]);
      int sep = 1;
      while (tokens[sep] != SEP) {
        sep++;
      }
      int[] a = Arrays.copyOfRange(tokens, 1, sep);
      int[] b = new int[0];
      if (sep < tokens.length - 1) {
        b = Arrays.copyOfRange(tokens, sep + 1, tokens.length - 1);
        assertEquals(SEP, tokens[tokens.length - 1]);
      }
      int[] types = example.tracks().get(Track.TOKEN_TYPES);
      for (int i = 0; i < tokens.length; i++) {
        assertEquals(i <= sep ? 0 : 1, types[i]);
      }
      return new Original(a, b, example);
    }
  }

  @Test
  void segmentsAreWhatTheLabelsSay() {
    Map<String, int[]> tokens = new HashMap<>();
    documents.forEach(d -> tokens.put(d.id(), d.tokens()));
    int drawn = 0;
    int follows = 0;
    int adjacent = 0;
    List<Packer.Tokens> examples = PLAIN.examples(TOKENIZER, documents);
    for (Packer.Tokens example : examples) {
      assertTrue(example.tokens().length <= 128);
      Original original = Original.of(example);
      int[] document = tokens.get(example.id());
      int end = example.start() + original.a().length;
      assertTrue(
          Arrays.equals(document, example.start(), end, original.a(), 0, original.a().length));
      if (example.label() == 0) {
        follows++;
        int[] rest = Arrays.copyOfRange(document, end, document.length);
        assertTrue(find(rest, original.b()) >= 0);
        if (example.tokens().length < 128) { // nothing was taken off
          assertEquals(0, find(rest, original.b()));
          adjacent++;
        }
      } else {
        assertEquals(1, example.label());
        drawn++;
        long others =
            documents.stream()
                .filter(d -> !d.id().equals(example.id()))
                .filter(d -> find(d.tokens(), original.b()) >= 0)
                .count();
        assertTrue(others > 0);
      }
    }
    assertEquals(examples.size(), follows + drawn);
    assertTrue(adjacent > 50, adjacent + " of " + follows);
    assertTrue(drawn > follows && drawn < follows * 1.6, drawn + " drawn, " + follows);
  }

  private static int find(int[] in, int[] what) {
    for (int at = 0; at + what.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Every token of a document stands in some example of each copy, but for what was truncated. */
  @Test
  void documentsAreUsedUpInEveryCopy() {
    Bert alone = bert(false, false);
    for (int copy = 0; copy < 3; copy++) {
      Map<String, Integer> seen = new HashMap<>();
      for (Packer.Tokens example : alone.examples(TOKENIZER, documents)) {
        if (example.copy() == copy) {
          assertEquals(Track.IGNORED, example.label());
          seen.merge(example.id(), Original.of(example).a().length, Integer::sum);
        }
      }
      int all = documents.stream().mapToInt(d -> d.tokens().length).sum();
      int used = seen.values().stream().mapToInt(n -> n).sum();
      assertTrue(used > all * 0.85 && used <= all, used + " of " + all);
      assertEquals(documents.size(), seen.size());
    }
  }

  @Test
  void masksAreAsManyAndOfTheKindsThatTheDefinitionSays() {
    long masked = 0;
    long same = 0;
    long other = 0;
    for (Packer.Tokens example : PLAIN.examples(TOKENIZER, documents)) {
      int[] labels = example.tracks().get(Track.LABELS);
      int length = labels.length;
      long chosen = Arrays.stream(labels).filter(l -> l != Track.IGNORED).count();
      long candidates = length - 3;
      long wanted = Math.min(20, Math.max(1, (long) Math.rint(length * 0.15)));
      assertEquals(Math.min(candidates, wanted), chosen);
      for (int i = 0; i < length; i++) {
        int token = example.tokens()[i];
        if (labels[i] != Track.IGNORED) {
          assertTrue(labels[i] != CLS && labels[i] != SEP);
          masked += token == MASK ? 1 : 0;
          same += token == labels[i] ? 1 : 0;
          other += token != MASK && token != labels[i] ? 1 : 0;
        }
      }
    }
    double all = masked + same + other;
    assertEquals(0.8, masked / all, 0.015);
    assertEquals(0.1, same / all, 0.015);
    assertEquals(0.1, other / all, 0.015);
  }

  @Test
  void wordsAreMaskedAsAWhole() {
    int words = 0;
    for (Packer.Tokens example : WORDS.examples(TOKENIZER, documents)) {
      int[] labels = example.tracks().get(Track.LABELS);
      int[] was = example.tokens().clone();
      for (int i = 0; i < was.length; i++) {
        was[i] = labels[i] == Track.IGNORED ? was[i] : labels[i];
      }
      int chosen = 0;
      for (int i = 1; i < was.length; i++) {
        boolean goesOn = was[i] >= 256 && was[i] < 512 && was[i - 1] != CLS && was[i - 1] != SEP;
        if (goesOn) {
          assertEquals(labels[i - 1] == Track.IGNORED, labels[i] == Track.IGNORED);
          words += labels[i] == Track.IGNORED ? 0 : 1;
        }
        chosen += labels[i] == Track.IGNORED ? 0 : 1;
      }
      assertTrue(chosen <= Math.min(20, Math.max(1, Math.rint(was.length * 0.15))));
    }
    assertTrue(words > 500, words + " tokens");
  }

  @Test
  void copiesDifferAndRunsDoNot() {
    List<String> once = strings(PLAIN.examples(TOKENIZER, documents));
    assertEquals(once, strings(PLAIN.examples(TOKENIZER, documents)));
    List<Packer.Tokens> examples = PLAIN.examples(TOKENIZER, documents);
    assertEquals(List.of(0, 1, 2), examples.stream().map(Packer.Tokens::copy).distinct().toList());
    assertEquals(once.size(), once.stream().distinct().count());
  }

  private static List<String> strings(List<Packer.Tokens> examples) {
    List<String> strings = new ArrayList<>();
    for (Packer.Tokens example : examples) {
      strings.add(example.id() + example.copy() + Arrays.toString(example.tokens()));
    }
    return strings;
  }

  @Test
  void aSingleDocumentHasNothingToDrawFrom() {
    for (Packer.Tokens example : PLAIN.examples(TOKENIZER, documents.subList(0, 1))) {
      assertTrue(example.label() != 1);
    }
  }

  @Test
  void marksMustBeThere() {
    assertThrows(SettingError.class, () -> PLAIN.check(BpeTokenizer.CL100K_BASE));
    WORDS.check(TOKENIZER);
  }
}
