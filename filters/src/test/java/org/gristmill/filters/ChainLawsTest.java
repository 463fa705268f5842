package org.gristmill.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

/** Random chains say what their filters say one by one, each on a scan of its own. */
class ChainLawsTest {

  private static List<String> texts() {
    List<String> texts =
        new ArrayList<>(List.of("", " ", "!!! ... ###", "one line", "漢字。".repeat(80)));
    texts.addAll(HardTexts.prose());
    texts.addAll(HardTexts.random(60, 41));
    texts.addAll(HardTexts.noise(60, 42));
    texts.add(String.join("\n\n", HardTexts.prose()) + "\nWrite to ann@mail.com or buy now!\n");
    return texts;
  }

  @Test
  void chainsShareTheirScanUnnoticed() {
    SplittableRandom random = new SplittableRandom(43);
    List<String> texts = texts();
    List<Filter> all = List.copyOf(Filters.BY_NAME.values());
    for (int chain = 0; chain < 30; chain++) {
      List<FilterChain.Step> steps = new ArrayList<>();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        Filter filter = all.get(random.nextInt(all.size()));
        steps.add(new FilterChain.Step(filter, List.of(), List.of()));
      }
      for (String text : texts) {
        Document document = Document.of("a", Text.of(text));
        assertEquals(oneByOne(steps, document), new FilterChain(steps).judge(document), text);
      }
    }
  }

  private static FilterChain.Judged oneByOne(List<FilterChain.Step> steps, Document document) {
    Document current = document;
    String rule = "";
    double measured = 0;
    double limit = 0;
    SortedMap<String, Double> numbers = new TreeMap<>();
    for (FilterChain.Step step : steps) {
      Verdict verdict = step.filter().judge(current);
      numbers.putAll(verdict.findings().numbers());
      if (!verdict.findings().language().isEmpty()) {
        current = current.withLanguage(verdict.findings().language());
      }
      if (verdict instanceof Verdict.Rewrite rewrite) {
        current = current.withText(rewrite.text());
      } else if (verdict instanceof Verdict.Drop drop && rule.isEmpty()) {
        rule = drop.rule();
        measured = drop.measured();
        limit = drop.limit();
      }
    }
    return new FilterChain.Judged(current, rule, measured, limit, numbers);
  }
}
