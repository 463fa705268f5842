package org.gristmill.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.testing.HardTexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is decided again from numbers is what would be judged anew, field for field. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecidedAgainTest {
  private static final List<Filter> MORE =
      List.of(
          Blocks.with(GopherQuality.PAPER, Map.of("limits", Limits.AS_SET)),
          Blocks.with(GopherRepetition.PAPER, Map.of("limits", Limits.AS_SET)),
          Blocks.with(FinewebQuality.PAPER, Map.of("limits", Limits.AS_SET)),
          Blocks.with(FasttextQualityTest.MILL, Map.of("minScore", 0.2, "alpha", 3.0)),
          Blocks.with(
              Language.DEFAULT,
              Map.of("model", FasttextQualityTest.model("softmax.bin"), "minScore", 0.4)),
          Blocks.with(Language.DEFAULT, Map.of("variants", true)),
          new BadWords(ListFileTest.list("mill", "the", "corn"), 1, 0.5),
          new UrlBlock(ListFileTest.list("bad.example"), ListFileTest.list("buy", "mill"), 0),
          Blocks.with(Pii.DEFAULT, Map.of("action", Pii.Action.DROP)),
          Blocks.with(Pii.DEFAULT, Map.of("action", Pii.Action.COUNT)));
  private static final List<String> URLS =
      List.of("", "https://mill.example/buy", "http://a.bad.example/");

  private final Random random = new Random(71);
  private final List<Filter> filters = new ArrayList<>(Filters.BY_NAME.values());
  private final List<Document> documents = new ArrayList<>();
  private final List<Double> measured = new ArrayList<>();

  DecidedAgainTest() {
    filters.addAll(MORE);
    List<String> texts =
        new ArrayList<>(List.of("", " ", "12345 67 890", "!!! ... ###", "漢字。".repeat(80)));
    texts.addAll(HardTexts.prose());
    texts.addAll(HardTexts.random(30, 72));
    texts.addAll(HardTexts.noise(25, 73));
    texts.add(String.join("\n\n", HardTexts.prose()) + "\nWrite to ann@mail.com or buy now!\n");
    texts.add("He said so to the clerk of the mill. ".repeat(30) + "\nCall 212-555-0187!\n");
    for (String text : texts) {
      int i = documents.size();
      documents.add(
          new Document(
              "id" + i,
              i % 3 == 0 ? "book" : "web",
              "",
              "file",
              i,
              URLS.get(i % URLS.size()),
              Document.UNDETERMINED,
              Text.of(text),
              new TreeMap<>()));
    }
    for (Filter filter : filters) {
      for (Document document : documents.subList(0, 20)) {
        measured.addAll(filter.judge(document).findings().numbers().values());
      }
    }
  }

  /** Filters of different names; a language step stands first in two of three. */
  private FilterChain chain() {
    List<Filter> shuffled = new ArrayList<>(filters);
    Collections.shuffle(shuffled, random);
    if (random.nextInt(3) > 0) {
      shuffled.add(0, random.nextBoolean() ? Language.DEFAULT : MORE.get(4 + random.nextInt(2)));
    }
    int length = 1 + random.nextInt(6);
    Map<String, FilterChain.Step> steps = new LinkedHashMap<>();
    for (Filter filter : shuffled.subList(0, length)) {
      List<String> sources = random.nextInt(5) == 0 ? List.of("web") : List.of();
      List<String> languages = random.nextInt(6) == 0 ? List.of("en", "zh", "und") : List.of();
      steps.putIfAbsent(
          Blocks.name(filter.getClass()),
          new FilterChain.Step(otherLimits(filter, 0.3), sources, languages));
    }
    return new FilterChain(List.copyOf(steps.values()));
  }

  private FilterChain otherLimits(FilterChain chain) {
    List<FilterChain.Step> steps = new ArrayList<>();
    for (FilterChain.Step step : chain.steps()) {
      steps.add(
          new FilterChain.Step(
              random.nextBoolean() ? otherLimits(step.filter(), 0.5) : step.filter(),
              step.sources(),
              step.languages()));
    }
    return new FilterChain(steps);
  }

  /** A filter with other values of some of the settings that decide. */
  private Filter otherLimits(Filter filter, double share) {
    Record block = (Record) filter;
    while (true) {
      Map<String, Object> values = new HashMap<>();
      for (RecordComponent component : block.getClass().getRecordComponents()) {
        Setting about = component.getAnnotation(Setting.class);
        if (about.decides() && random.nextDouble() < share) {
          Object old = Blocks.settings(block).get(component.getName());
          values.put(component.getName(), other(component, about, old));
        }
      }
      try {
        return (Filter) Blocks.with(block, values);
      } catch (SettingError e) { // a least above a largest
        continue;
      }
    }
  }

  private Object other(RecordComponent component, Setting about, Object old) {
    if (component.getType() == int.class) {
      return (int) number(about);
    }
    if (component.getType() == double.class) {
      return number(about);
    }
    List<?> list = (List<?>) old;
    if (component.getName().equals("keep")) {
      return random.nextInt(3) == 0 || list.contains("mill")
          ? List.of()
          : List.of("en", "zh", "de", "ru").subList(0, 1 + random.nextInt(4)).stream()
              .filter(Language.CODES::contains)
              .toList();
    }
    return list.stream().map(e -> (Object) number(about)).toList();
  }

  /** A number that was measured somewhere, so that limits are met exactly, or near one. */
  private double number(Setting about) {
    while (true) {
      double value = measured.get(random.nextInt(measured.size()));
      value = random.nextInt(4) == 0 ? value * random.nextDouble() * 2 : value;
      if (value >= about.min() && value <= about.max() && value < 1e9) {
        return value;
      }
    }
  }

  /** What the table keeps of an answer. */
  private static FilterChain.Judged stored(FilterChain.Judged judged) {
    return new FilterChain.Judged(
        judged.document().withText(Text.EMPTY),
        judged.rule(),
        judged.measured(),
        judged.limit(),
        new TreeMap<>(judged.numbers()));
  }

  @Test
  void isWhatWouldBeJudgedAnew() {
    int told = 0;
    int changed = 0;
    int all = 0;
    for (int n = 0; n < 120; n++) {
      FilterChain before = chain();
      FilterChain now = otherLimits(before);
      assertAlike(before, now);
      for (int i = 0; i < 12; i++) {
        Document document = documents.get(random.nextInt(documents.size()));
        FilterChain.Judged old = before.judge(document);
        FilterChain.Judged anew = now.judge(document);
        assertEquals(old.document().text(), anew.document().text());
        Optional<FilterChain.Judged> again = now.again(stored(old));
        again.ifPresent(
            judged ->
                assertEquals(
                    stored(anew), judged, () -> before + " -> " + now + ": " + document.text()));
        all++;
        told += again.isPresent() ? 1 : 0;
        changed += again.isPresent() && !old.rule().equals(anew.rule()) ? 1 : 0;
      }
    }
    assertTrue(told > all * 0.6, told + " of " + all);
    assertTrue(changed > all * 0.08, changed + " of " + all);
  }

  private static void assertAlike(FilterChain before, FilterChain now) {
    for (int i = 0; i < now.steps().size(); i++) {
      String name = now.steps().get(i).name();
      Map<String, String> old = Blocks.facts((Record) before.steps().get(i).filter());
      Blocks.facts((Record) now.steps().get(i).filter())
          .forEach(
              (setting, value) ->
                  assertTrue(
                      value.equals(old.get(setting))
                          || now.measuresAlike(name + "." + setting, old.get(setting)),
                      setting));
    }
  }

  @Test
  void onlyLimitsMeasureAlike() {
    List<FilterChain.Step> steps = new ArrayList<>();
    for (Filter filter : Filters.BY_NAME.values()) {
      steps.add(new FilterChain.Step(filter, List.of(), List.of()));
    }
    FilterChain chain = new FilterChain(steps);
    for (String measures :
        List.of(
            "gopher-quality.stopWords",
            "gopher-quality.words",
            "gopher-quality.limits",
            "gopher-quality.sources",
            "gopher-quality@version",
            "fineweb-quality.shortLineChars",
            "fineweb-quality.terminals",
            "gopher-repetition.definition",
            "c4-lines.minSentences",
            "c4-lines.maxWordChars",
            "c4-paragraphs.minParagraphChars",
            "code-lines.xmlHeadChars",
            "fasttext-quality.seed",
            "language.variants",
            "language.model.path",
            "pii.action",
            "length-2.minChars",
            "filters",
            "")) {
      assertFalse(chain.measuresAlike(measures, "1"), measures);
    }
    assertTrue(chain.measuresAlike("length.minChars", "50"));
    assertTrue(chain.measuresAlike("language.keep", "[en, de, fr]"));
    assertTrue(chain.measuresAlike("gopher-repetition.maxTopNgrams", "[0.1, 0.5, 1.0]"));
    assertFalse(chain.measuresAlike("gopher-repetition.maxTopNgrams", "[0.1, 0.5]"));
    assertFalse(chain.measuresAlike("gopher-repetition.maxTopNgrams", "[]"));
    for (Filter filter : Filters.BY_NAME.values()) {
      for (RecordComponent component : filter.getClass().getRecordComponents()) {
        boolean decides = component.getAnnotation(Setting.class).decides();
        assertTrue(!decides || filter instanceof Measured, filter + " " + component);
      }
    }
  }

  private static FilterChain of(Filter... filters) {
    List<FilterChain.Step> steps = new ArrayList<>();
    for (Filter filter : filters) {
      steps.add(new FilterChain.Step(filter, List.of(), List.of()));
    }
    return new FilterChain(steps);
  }

  @Test
  void numbersOfTwoFiltersOfANameOrWithoutALanguageDoNotTell() {
    Filter asSet = MORE.get(0);
    assertTrue(of(Length.DEFAULT, asSet).canDecideAgain());
    assertTrue(of(Length.DEFAULT, Language.DEFAULT, GopherQuality.PAPER).canDecideAgain());
    assertFalse(of(Length.DEFAULT, asSet, new Length(2, 3)).canDecideAgain());
    assertFalse(of(GopherQuality.PAPER, Language.DEFAULT).canDecideAgain());
  }

  @Test
  void aFilterBehindTheOneThatDroppedIsUnknown() {
    Document document = Document.of("a", Text.of("lorem ipsum { } 12"));
    Filter narrow = new Length(1, 3);
    FilterChain.Judged dropped = stored(of(narrow, C4Lines.DATATROVE).judge(document));
    assertEquals("length.chars", dropped.rule());
    assertEquals(Optional.empty(), of(Length.DEFAULT, C4Lines.DATATROVE).again(dropped));
    assertTrue(of(new Length(1, 4), C4Lines.DATATROVE).again(dropped).isPresent());
    FilterChain.Judged behind = stored(of(C4Lines.DATATROVE, narrow).judge(document));
    assertTrue(behind.rule().startsWith("c4-lines."), behind.rule());
    assertEquals(Optional.of(behind), of(C4Lines.DATATROVE, Length.DEFAULT).again(behind));
  }
}
