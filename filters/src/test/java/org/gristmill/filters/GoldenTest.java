package org.gristmill.filters;

import static org.gristmill.filters.Judging.plain;
import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.core.Text;
import org.gristmill.core.laws.Golden;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;

/** What filters say of fixed texts belongs to their versions; {@link Golden} says what to do. */
class GoldenTest {

  /** More settings of the registered filters: other branches, and limits that more texts pass. */
  private static final List<Filter> VARIANTS =
      List.of(
          C4Lines.ORIGINAL,
          plain(C4Lines.DATATROVE),
          plain(FinewebQuality.PAPER),
          plain(GopherQuality.PAPER),
          plain(GopherRepetition.PAPER),
          loose(),
          with(loose(), "terminals", List.of("。", "?", "ng")),
          with(with(FinewebQuality.PAPER, "terminals", List.of(".", "。")), "maxShortLines", 1.0),
          with(with(FinewebQuality.PAPER, "minTerminalLines", 0.0), "shortLineChars", 10),
          with(with(GopherQuality.PAPER, "minWords", 3), "minStopWords", 0),
          with(with(GopherQuality.PAPER, "minWords", 0), "minMeanWordChars", 0.5),
          with(GopherRepetition.PAPER, "maxTopNgrams", List.of(1.0, 1.0, 1.0, 0.1)),
          with(GopherRepetition.PAPER, "maxDuplicateNgrams", List.of()),
          GopherRepetition.DOLMA,
          GopherRepetition.DCLM,
          with(with(Language.DEFAULT, "sampleChars", 100), "minScore", 0.9),
          with(Language.DEFAULT, "keep", List.of("en", "zh")),
          new FasttextQuality(FasttextQualityTest.model("softmax.bin"), "__label__sea", 0.3, 0, 1),
          new FasttextQuality(FasttextQualityTest.model("hs.bin"), "__label__sky", 0, 9, 2),
          new Length(10, 40),
          new BadWords(ListFileTest.list("one", "one two", "the", "mill", "水", "мельница"), 1, 0.1),
          new UrlBlock(ListFileTest.list("example.com"), ListFileTest.list("casino"), 0));

  private static final List<String> URLS =
      List.of("", "http://www.example.com/a", "https://good.org/casino-online", "notes.txt");

  private static Document document(String text, String url) {
    return new Document("test", "", "", "", 0, url, "und", Text.of(text), new TreeMap<>());
  }

  private static C4Lines loose() {
    return with(with(C4Lines.DATATROVE, "minSentences", 0), "minWordsPerLine", 1);
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>(HardTexts.random(150, 21));
    texts.addAll(HardTexts.noise(100, 22));
    texts.addAll(HardTexts.prose());
    texts.addAll(List.of("", " ", "\n", "a", "\u0301", "...", "[1]", "漢".repeat(500)));
    texts.add(String.join("\n", HardTexts.prose()));
    texts.add(String.join(" ", HardTexts.prose()).repeat(3));
    HardTexts.prose().forEach(text -> texts.add((text + " ").repeat(8) + "\n\n" + text));
    return texts;
  }

  @Test
  void everyFilterPutsOutWhatItsVersionDoes() {
    Golden golden = Golden.of(GoldenTest.class);
    for (Map.Entry<String, Filter> named : Filters.BY_NAME.entrySet()) {
      StringBuilder output = new StringBuilder();
      judge(named.getValue(), output);
      VARIANTS.stream()
          .filter(variant -> variant.getClass() == named.getValue().getClass())
          .forEach(variant -> judge(variant, output));
      golden.add(named.getKey(), named.getValue().getClass(), output.toString());
    }
    golden.add("filter-chain", FilterChain.class, chain());
    assertEquals(List.of(), golden.broken());
  }

  private static void judge(Filter filter, StringBuilder output) {
    int n = 0;
    for (String text : texts()) {
      Verdict verdict = filter.judge(document(text, URLS.get(n++ % URLS.size())));
      if (verdict instanceof Verdict.Drop drop) {
        line(output, drop.rule(), drop.measured(), drop.limit());
      } else if (verdict instanceof Verdict.Rewrite rewrite) {
        output.append(rewrite.rule()).append('\n').append(rewrite.text()).append('\n');
      }
      verdict.findings().numbers().forEach((name, value) -> line(output, name, value, 0));
      output.append(verdict.findings().language()).append('\n');
    }
  }

  /** Digits of doubles are the platform's choice, their bits are not. */
  private static void line(StringBuilder output, String rule, double measured, double limit) {
    output.append(rule).append(' ').append(Double.toHexString(measured));
    output.append(' ').append(Double.toHexString(limit)).append('\n');
  }

  /** Made of filters of this test, so that the chain's version does not hang on theirs. */
  private static String chain() {
    Filter tongue =
        (d, scan) -> new Verdict.Keep(numbered("tongue", d, d.text().length() % 2 + "x"));
    Filter shorten =
        (d, scan) -> {
          String text = d.text().toString();
          Text half = Text.of(text.substring(text.length() / 2));
          return half.equals(d.text())
              ? new Verdict.Keep(numbered("shorten", d, ""))
              : new Verdict.Rewrite("shorten.half", half, numbered("shorten", d, ""));
        };
    Filter third =
        (d, scan) -> {
          int rest = d.text().length() % 3;
          return rest > 0
              ? new Verdict.Drop("third.rest", rest, 0, numbered("third", d, ""))
              : new Verdict.Keep(numbered("third", d, ""));
        };
    FilterChain chain =
        new FilterChain(
            List.of(
                new FilterChain.Step(tongue, List.of(), List.of()),
                new FilterChain.Step(third, List.of("code"), List.of()),
                new FilterChain.Step(shorten, List.of("web", "code"), List.of()),
                new FilterChain.Step(new Length(10, 40), List.of(), List.of("0x")),
                new FilterChain.Step(third, List.of(), List.of()),
                new FilterChain.Step(shorten, List.of(), List.of("1x"))));
    StringBuilder output = new StringBuilder();
    for (String source : List.of("web", "book", "code")) {
      for (String text : texts()) {
        FilterChain.Judged judged = chain.judge(Document.of("a", Text.of(text)).withSource(source));
        output.append(judged.document().language()).append(judged.document().text()).append('\n');
        line(output, judged.kept() + judged.rule(), judged.measured(), judged.limit());
        judged.numbers().forEach((name, value) -> line(output, name, value, 0));
      }
    }
    return output.toString();
  }

  private static Findings numbered(String filter, Document document, String language) {
    double bytes = document.text().length();
    return new Findings(new TreeMap<>(Map.of(filter + ".bytes", bytes)), language);
  }
}
