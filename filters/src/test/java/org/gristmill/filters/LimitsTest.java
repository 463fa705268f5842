package org.gristmill.filters;

import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.rule;
import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gristmill.core.Document;
import org.gristmill.core.Text;
import org.junit.jupiter.api.Test;

/** English limits judge English; other languages have their own or none. */
class LimitsTest {
  private static final String CHINESE =
      "早晨下了一场小雨，街上的人都撑着伞。老王在门口站了很久，想起许多年前的事情。那时候他还年轻，住在河边的村子里，每天天不亮就去挑水。"
          + "后来村子修了路，河上有了桥，人也慢慢多起来。他的儿子去了城里，只有过年才回来。今天是冬至，锅里煮着饺子，屋里很暖和。";
  private static final String FRENCH =
      "Le matin il pleuvait un peu et les gens avaient leur parapluie. Le vieux Jean restait devant la porte."
          + " Il pensait aux années passées. Il était jeune alors, et il habitait un village près de la rivière."
          + " Chaque jour il allait chercher l'eau. Plus tard on a fait une route, puis un pont, et les gens sont venus.";

  private static Verdict judge(Filter filter, String text, String language) {
    return filter.judge(Document.of("a", Text.of(text)).withLanguage(language));
  }

  @Test
  void chineseIsKept() {
    for (Filter filter :
        List.of(
            GopherQuality.PAPER, GopherRepetition.PAPER, C4Lines.DATATROVE, FinewebQuality.PAPER)) {
      assertEquals("", rule(filter, CHINESE), filter.toString());
    }
    assertEquals(
        "gopher-quality.mean-word-length", rule(Judging.plain(GopherQuality.PAPER), CHINESE));
    assertTrue(number(GopherQuality.PAPER, CHINESE, "gopher-quality.unjudged") >= 2);
  }

  @Test
  void theDocumentsLanguageCounts() {
    assertEquals("gopher-quality.stop-words", rule(GopherQuality.PAPER, FRENCH));
    Verdict french = judge(GopherQuality.PAPER, FRENCH, "fr");
    assertTrue(french instanceof Verdict.Keep, french.toString());
    assertEquals(3, french.findings().numbers().get("gopher-quality.unjudged"));
    assertEquals(0, number(GopherQuality.PAPER, FRENCH, "gopher-quality.unjudged"));
  }

  @Test
  void whatIsSetHoldsForAll() {
    GopherQuality strict = with(GopherQuality.PAPER, "minMeanWordChars", 2.5);
    assertEquals("gopher-quality.mean-word-length", rule(strict, CHINESE));
    GopherQuality own = with(GopherQuality.PAPER, "stopWords", List.of("xx", "yy"));
    assertEquals("gopher-quality.stop-words", rule(own, CHINESE));
  }

  @Test
  void theTableNamesOnlySettingsThatExist() {
    for (String line : Resources.lines("limits.tsv")) {
      String[] columns = line.split("\t");
      String[] name = columns[0].split("\\.");
      Record filter = (Record) Filters.BY_NAME.get(name[0]);
      assertTrue(org.gristmill.core.Blocks.settings(filter).containsKey(name[1]), line);
    }
  }
}
