package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.gristmill.core.Text;
import org.gristmill.testing.Laws;
import org.gristmill.tokenize.TokenizerReport.Row;
import org.junit.jupiter.api.Test;

class TokenizerReportTest {
  private static TokenizerReport of(Tokenizer tokenizer, String... documents) {
    TokenizerReport report = new TokenizerReport(tokenizer.vocabularySize());
    for (String document : documents) {
      String[] parts = document.split("/");
      Text text = Text.of(parts[2]);
      report.add(parts[0], parts[1], text, tokenizer.encode(text));
    }
    return report;
  }

  @Test
  void countsByLanguageAndSource() throws IOException {
    Tokenizer tokenizer = SmallModels.tokenizer("gpt2.json");
    TokenizerReport report =
        of(tokenizer, "zh/web/水磨在河边", "en/web/The mill", "en/book/corn", "en/web/stands by");
    List<Row> rows = report.rows();
    assertEquals(
        List.of("en book", "en web", "zh web"),
        rows.stream().map(row -> row.language() + " " + row.source()).toList());
    assertEquals(2, rows.get(1).documents());
    assertEquals(17, rows.get(1).bytes());
    int tokens =
        tokenizer.encode(Text.of("The mill")).length
            + tokenizer.encode(Text.of("stands by")).length;
    assertEquals(tokens, rows.get(1).tokens());
    assertEquals(tokens / 17.0, rows.get(1).tokensPerByte());
    assertEquals(4, report.total().documents());
    assertEquals(0, new TokenizerReport(5).total().tokensPerByte());
  }

  @Test
  void unusedAndLongest() throws IOException {
    Tokenizer tokenizer = SmallModels.tokenizer("gpt2.json");
    int[] ids = tokenizer.encode(Text.of("The mill stands, The mill"));
    TokenizerReport report = of(tokenizer, "en/web/The mill stands, The mill");
    int[] unused = report.unused(tokenizer);
    for (int id = 0; id < tokenizer.vocabularySize(); id++) {
      int sought = id;
      boolean used = Arrays.stream(ids).anyMatch(i -> i == sought);
      assertEquals(!used, Arrays.binarySearch(unused, id) >= 0, "id " + id);
    }
    List<TokenizerReport.Used> longest = report.longest(tokenizer, 3);
    assertEquals(3, longest.size());
    assertTrue(longest.get(0).text().length() >= longest.get(1).text().length());
    int most = Arrays.stream(ids).map(id -> tokenizer.tokenBytes(id).length).max().orElseThrow();
    assertEquals(most, longest.get(0).text().length());
    long times = Arrays.stream(ids).filter(id -> id == longest.get(0).id()).count();
    assertEquals(times, longest.get(0).count());
  }

  @Test
  void partsAddUp() throws Exception {
    Tokenizer tokenizer = SmallModels.tokenizer("gpt2.json");
    TokenizerReport whole = of(tokenizer, "en/web/The mill", "zh/web/水磨", "en/web/corn");
    TokenizerReport sum = of(tokenizer, "en/web/The mill");
    sum.add((TokenizerReport) Laws.sent(of(tokenizer, "zh/web/水磨", "en/web/corn")));
    assertEquals(whole.rows(), sum.rows());
    assertArrayEquals(whole.unused(tokenizer), sum.unused(tokenizer));
    assertEquals(whole.longest(tokenizer, 99), sum.longest(tokenizer, 99));
    assertThrows(IllegalArgumentException.class, () -> sum.add(new TokenizerReport(3)));
  }
}
