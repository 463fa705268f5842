package org.gristmill.tokenize.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.tokenize.BpeTokenizer;
import org.gristmill.tokenize.Tokenizer;
import org.junit.jupiter.api.Test;

class FimTest {
  private static final Tokenizer GPT4 = BpeTokenizer.CL100K_BASE;
  private static final int PRE = 100_258;
  private static final int MID = 100_259;
  private static final int SUF = 100_260;

  /** The definition in plain words, with the same chances. */
  private static int[] plain(Fim fim, Passage document) {
    Chance chance = new Chance(fim.seed(), document.id() + ":fim:");
    int[] points = document.text().toString().codePoints().toArray();
    List<Integer> tokens = new ArrayList<>();
    if (chance.happens(fim.rate())) {
      boolean spm = chance.happens(fim.spmRate());
      int one = chance.between(0, points.length);
      int two = chance.between(0, points.length);
      String prefix = new String(points, 0, Math.min(one, two));
      String middle = new String(points, Math.min(one, two), Math.abs(one - two));
      String suffix = new String(points, Math.max(one, two), points.length - Math.max(one, two));
      tokens.add(PRE);
      if (spm) {
        tokens.add(SUF);
        add(tokens, suffix);
        tokens.add(MID);
        add(tokens, prefix);
      } else {
        add(tokens, prefix);
        tokens.add(SUF);
        add(tokens, suffix);
        tokens.add(MID);
      }
      add(tokens, middle);
    } else {
      add(tokens, document.text().toString());
    }
    tokens.add(GPT4.endOfDocument());
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void add(List<Integer> tokens, String text) {
    Arrays.stream(GPT4.encode(Text.of(text))).forEach(tokens::add);
  }

  @Test
  void isTheDefinition() {
    int psm = 0;
    int spm = 0;
    List<Passage> documents = ObjectiveTexts.passages(2_000, 4);
    for (Passage document : documents) {
      int[] tokens = Fim.DEFAULT.encode(GPT4, document).tokens();
      assertArrayEquals(plain(Fim.DEFAULT, document), tokens);
      psm += tokens[0] == PRE && tokens[1] != SUF ? 1 : 0;
      spm += tokens[0] == PRE && tokens[1] == SUF ? 1 : 0;
    }
    // an empty prefix makes few of the first look like the second
    assertTrue(Math.abs(psm + spm - 1_000) < 70, psm + " + " + spm);
    assertTrue(Math.abs(psm - spm) < 120, psm + ", " + spm);
  }

  @Test
  void rateDecides() {
    Passage document = new Passage("a", Text.of("one two"));
    Fim never = new Fim(0, 0, 64, "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", 1);
    assertArrayEquals(
        new Causal().encode(GPT4, document).tokens(), never.encode(GPT4, document).tokens());
    Fim always = new Fim(1, 0, 64, "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", 1);
    assertEquals(PRE, always.encode(GPT4, document).tokens()[0]);
  }

  /** Long texts come in parts that fit, and no character gets lost or torn. */
  @Test
  void longTextsAreHalvedAtLines() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      code.append("  int 石").append(i).append(" = grain * ").append(i * 7).append(";\n");
    }
    code.append("🌾".repeat(200));
    Fim fim = new Fim(0.5, 0.5, 100, "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", 3);
    Encoded encoded = fim.encode(GPT4, new Passage("long", Text.of(code.toString())));
    assertTrue(encoded.parts().length > 20);
    StringBuilder back = new StringBuilder();
    int from = 0;
    int ends = 0;
    for (int length : encoded.parts()) {
      assertTrue(length <= 100);
      int[] part = Arrays.copyOfRange(encoded.tokens(), from, from + length);
      ends += part[length - 1] == GPT4.endOfDocument() ? 1 : 0;
      assertTrue(part[0] != PRE || part[length - 1] == GPT4.endOfDocument());
      back.append(restored(part));
      from += length;
    }
    assertEquals(code.toString(), back.toString());
    assertTrue(ends < encoded.parts().length, "parts of a document are not documents");
    assertEquals(GPT4.endOfDocument(), encoded.tokens()[encoded.tokens().length - 1]);
  }

  private static String restored(int[] part) {
    List<int[]> runs = new ArrayList<>();
    List<Integer> marks = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < part.length; i++) {
      if (part[i] == PRE || part[i] == SUF || part[i] == MID || part[i] == GPT4.endOfDocument()) {
        runs.add(Arrays.copyOfRange(part, from, i));
        marks.add(part[i]);
        from = i + 1;
      }
    }
    runs.add(Arrays.copyOfRange(part, from, part.length));
    if (marks.isEmpty() || marks.get(0) != PRE) {
      return GPT4.decode(Encoded.joined(runs)).toString();
    }
    // PRE prefix SUF suffix MID middle; or PRE SUF suffix MID prefix-and-middle
    int[] first = runs.get(1);
    return GPT4.decode(Encoded.joined(List.of(first, runs.get(3), runs.get(2)))).toString();
  }

  @Test
  void tokensMustBeThere() {
    SettingError e =
        assertThrows(SettingError.class, () -> Fim.DEFAULT.check(BpeTokenizer.R50K_BASE));
    assertTrue(e.getMessage().contains("<|fim_prefix|>"), e.getMessage());
    Fim.DEFAULT.check(GPT4);
  }
}
