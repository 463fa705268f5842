package org.gristmill.tokenize.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Text;
import org.junit.jupiter.api.Test;

class FullSentencesTest {
  private static final Letters TOKENIZER = Letters.WITH_ALL;

  private static List<String> pieces(FullSentences objective, String text) {
    Encoded encoded = objective.encode(TOKENIZER, new Passage("a", Text.of(text)));
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int part : encoded.parts()) {
      int[] piece = java.util.Arrays.copyOfRange(encoded.tokens(), from, from + part);
      assertTrue(part <= objective.maxTokens());
      pieces.add(TOKENIZER.decode(piece).toString());
      from += part;
    }
    return pieces;
  }

  @Test
  void asManySentencesAsFit() {
    FullSentences objective = new FullSentences(20, 0, "<s>", "</s>");
    assertEquals(
        List.of("<s>One two. Three.</s>".replace(". T", ".T"), "<s>Four and five.</s>"),
        pieces(objective, "One two. Three. Four and five."));
    assertEquals(List.of("<s>磨。坊。</s>", "<s>磨坊磨坊。</s>"), pieces(objective, "磨。坊。\n磨坊磨坊。"));
  }

  @Test
  void oneByOneForBothDirections() {
    FullSentences elmo = new FullSentences(20, 1, "<s>", "");
    assertEquals(
        List.of("<s>One.</s>", "<s>Two.</s>", "<s>A sentence that is</s>", "<s> long.</s>"),
        pieces(elmo, "One. Two. A sentence that is long."));
  }

  @Test
  void nothingGetsLostButSpaceBetweenSentences() {
    FullSentences objective = new FullSentences(120, 0, "", "");
    for (Passage document : ObjectiveTexts.passages(200, 9)) {
      String all =
          String.join("", pieces(objective, document.text().toString())).replace("</s>", "");
      assertEquals(document.text().toString().replaceAll("\\s", ""), all.replaceAll("\\s", ""));
    }
  }
}
