package org.gristmill.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.core.Text;
import org.junit.jupiter.api.Test;

/** Who decides, and what later filters see. */
class FilterChainTest {
  private static final Document PAGE = Document.of("a", Text.of("abcdef")).withSource("web");

  /** Each filter measures the bytes it sees, under its own name. */
  private static Findings seen(String name, Document document, String language) {
    double bytes = document.text().length();
    return new Findings(new TreeMap<>(Map.of(name + ".bytes", bytes)), language);
  }

  private static FilterChain.Step keep(String name) {
    return all((d, scan) -> new Verdict.Keep(seen(name, d, "")));
  }

  private static FilterChain.Step drop(String name, double measured) {
    return all((d, scan) -> new Verdict.Drop(name + ".no", measured, 1, seen(name, d, "")));
  }

  /** Drops what is longer than some bytes. */
  private static FilterChain.Step atMost(String name, int bytes) {
    return all(
        (d, scan) ->
            d.text().length() > bytes
                ? new Verdict.Drop(name + ".bytes", d.text().length(), bytes, seen(name, d, ""))
                : new Verdict.Keep(seen(name, d, "")));
  }

  /** Takes the first byte away. */
  private static FilterChain.Step shorten(String name) {
    return all(
        (d, scan) -> {
          Text rest = Text.of(d.text().toString().substring(1));
          return new Verdict.Rewrite(name + ".shorter", rest, seen(name, d, ""));
        });
  }

  private static FilterChain.Step identify(String language) {
    return all((d, scan) -> new Verdict.Keep(seen("identify-" + language, d, language)));
  }

  private static FilterChain.Step all(Filter filter) {
    return new FilterChain.Step(filter, List.of(), List.of());
  }

  private static FilterChain.Step only(
      FilterChain.Step step, List<String> sources, List<String> languages) {
    return new FilterChain.Step(step.filter(), sources, languages);
  }

  private static FilterChain.Judged judge(FilterChain.Step... steps) {
    return new FilterChain(List.of(steps)).judge(PAGE);
  }

  private static void assertDropped(String rule, double measured, FilterChain.Judged judged) {
    assertFalse(judged.kept());
    assertEquals(rule, judged.rule());
    assertEquals(measured, judged.measured());
    assertEquals(1, judged.limit());
  }

  private static void assertKept(String text, FilterChain.Judged judged) {
    assertTrue(judged.kept());
    assertEquals("", judged.rule());
    assertEquals(0, judged.measured());
    assertEquals(0, judged.limit());
    assertEquals(text, judged.document().text().toString());
  }

  @Test
  void anEmptyChainKeepsTheDocumentAsItIs() {
    assertKept("abcdef", judge());
    assertEquals(PAGE, judge().document());
    assertEquals(Map.of(), judge().numbers());
  }

  @Test
  void theFirstDropDecides() {
    assertDropped("b.no", 2, judge(keep("a"), drop("b", 2), drop("c", 3), keep("d")));
    assertDropped("c.no", 3, judge(keep("a"), drop("c", 3), drop("b", 2), keep("d")));
  }

  @Test
  void everyFilterIsAskedAfterADrop() {
    FilterChain.Judged judged = judge(drop("a", 2), keep("b"), drop("c", 3));
    assertEquals(Map.of("a.bytes", 6.0, "b.bytes", 6.0, "c.bytes", 6.0), judged.numbers());
    assertThrows(UnsupportedOperationException.class, () -> judged.numbers().clear());
  }

  @Test
  void laterFiltersSeeWhatEarlierOnesLeft() {
    FilterChain.Judged judged = judge(keep("a"), shorten("b"), keep("c"), shorten("d"), keep("e"));
    assertKept("cdef", judged);
    assertEquals(
        Map.of("a.bytes", 6.0, "b.bytes", 6.0, "c.bytes", 5.0, "d.bytes", 5.0, "e.bytes", 4.0),
        judged.numbers());
    assertKept("bcdef", judge(shorten("a"), atMost("b", 5)));
    assertEquals("b.bytes", judge(atMost("b", 5), shorten("a")).rule());
  }

  @Test
  void rewritesBeforeAndAfterADropStandAndDoNotLiftIt() {
    FilterChain.Judged after = judge(shorten("a"), drop("b", 2));
    assertDropped("b.no", 2, after);
    assertEquals("bcdef", after.document().text().toString());
    FilterChain.Judged around = judge(shorten("a"), drop("b", 2), shorten("c"), keep("d"));
    assertDropped("b.no", 2, around);
    assertEquals("cdef", around.document().text().toString());
    assertEquals(4, around.numbers().get("d.bytes"));
    FilterChain.Judged lateDrop = judge(shorten("a"), drop("b", 2), shorten("c"), drop("d", 4));
    assertDropped("b.no", 2, lateDrop);
  }

  @Test
  void stepsAreForTheirSourcesOnly() {
    assertKept("abcdef", judge(only(drop("a", 2), List.of("book", "code"), List.of())));
    assertDropped("a.no", 2, judge(only(drop("a", 2), List.of("book", "web"), List.of())));
    assertEquals(Map.of(), judge(only(keep("a"), List.of("book"), List.of())).numbers());
  }

  @Test
  void stepsAreForTheLanguageIdentifiedLast() {
    FilterChain.Step german = only(drop("a", 2), List.of(), List.of("de", "fr"));
    assertKept("abcdef", judge(german, identify("de")));
    FilterChain.Judged judged = judge(identify("en"), identify("de"), keep("b"), german);
    assertDropped("a.no", 2, judged);
    assertEquals("de", judged.document().language());
    assertKept("abcdef", judge(identify("de"), identify("en"), german));
    FilterChain.Step both = only(drop("a", 2), List.of("book"), List.of("de"));
    assertKept("abcdef", judge(identify("de"), both));
  }
}
