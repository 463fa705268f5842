package org.gristmill.dedup.contamination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.gristmill.testing.Laws;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.Test;

class NgramIndexTest {
  private static final GramSize SMALL = new GramSize(4, 5, 2);

  @Test
  void findsAllSharedNgramsAndNoOthers() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 120; round++) {
      List<BenchmarkItem> items = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Map<String, Text> fields =
            Map.of("question", text(random, 12), "answer", text(random, 4), "none", Text.EMPTY);
        items.add(new BenchmarkItem("task-" + i, fields));
      }
      NgramIndex index = NgramIndex.of(SMALL, items);
      Text document = text(random, 200);
      Scan scan = index.scan(document);
      Set<String> found = new TreeSet<>();
      for (Hit hit : scan.hits()) {
        String text = Spans.of(document, hit.span()).toString();
        found.add(hit.span() + String.join(" ", PlainUnits.of(text)));
      }
      assertEquals(plainHits(items, document), found);
      assertEquals(plainMatches(items, document), matches(scan.matches()));
    }
  }

  /** Every n-gram of every field, looked for in every place. */
  private static Set<String> plainHits(List<BenchmarkItem> items, Text document) {
    Set<List<String>> grams = new HashSet<>();
    items.forEach(item -> item.fields().values().forEach(text -> grams.addAll(plainGrams(text))));
    List<String> units = PlainUnits.of(document.toString());
    Units places = Units.of(document);
    Set<String> hits = new TreeSet<>();
    for (int n = 1; n <= 5; n++) {
      for (int at = 0; at + n <= units.size(); at++) {
        if (grams.contains(units.subList(at, at + n))) {
          Span span = new Span(places.from(at), places.to(at + n - 1));
          hits.add(span + String.join(" ", units.subList(at, at + n)));
        }
      }
    }
    return hits;
  }

  private static Set<String> plainMatches(List<BenchmarkItem> items, Text document) {
    List<String> units = PlainUnits.of(document.toString());
    Set<String> matches = new TreeSet<>();
    for (BenchmarkItem item : items) {
      item.fields()
          .forEach(
              (name, text) -> {
                Set<List<String>> grams = plainGrams(text);
                long found = grams.stream().filter(g -> holds(units, g)).count();
                if (found > 0) {
                  matches.add(item.id() + " " + name + " " + found + " of " + grams.size());
                }
              });
    }
    return matches;
  }

  private static boolean holds(List<String> units, List<String> gram) {
    return java.util.Collections.indexOfSubList(units, gram) >= 0;
  }

  private static Set<List<String>> plainGrams(Text text) {
    List<String> units = PlainUnits.of(text.toString());
    long han = units.stream().filter(unit -> unit.codePointAt(0) >= 0x4E00).count();
    int n = Math.min(2 * han >= units.size() ? 5 : 4, units.size());
    Set<List<String>> grams = new HashSet<>();
    if (units.size() >= 2) {
      for (int at = 0; at + n <= units.size(); at++) {
        grams.add(units.subList(at, at + n));
      }
    }
    return grams;
  }

  private static Set<String> matches(List<Match> matches) {
    Set<String> all = new TreeSet<>();
    for (Match match : matches) {
      BenchmarkField field = match.field();
      all.add(field.item() + " " + field.field() + " " + match.matched() + " of " + field.grams());
    }
    return all;
  }

  private static Text text(SplittableRandom random, int units) {
    StringBuilder text = new StringBuilder();
    String[] words = {"mill ", "the, ", "**of** ", "水", "车 ", "A-", "\n"};
    int used = 2 + random.nextInt(words.length - 1);
    for (int i = random.nextInt(units); i > 0; i--) {
      text.append(words[random.nextInt(used)]);
    }
    return Text.of(text.toString());
  }

  @Test
  void shortFieldsAreOneNgramAndShorterOnesAreNamed() {
    Text eight = Text.of("one two three four five six seven eight");
    Text seven = Text.of("two three four five six seven eight");
    BenchmarkItem item = new BenchmarkItem("a", Map.of("q", eight, "a", seven));
    NgramIndex index = NgramIndex.of(GramSize.GPT3, List.of(item));
    assertEquals(List.of(new BenchmarkField("a", "a", 7, 0)), index.notSearched());
    assertEquals(new BenchmarkField("a", "q", 8, 1), index.fields().get(1));
    assertTrue(index.scan(seven).hits().isEmpty());
    String edited = "- ONE two; three four five six, seven *eight* nine";
    Scan scan = index.scan(Text.of(edited));
    assertEquals(List.of(new Span(2, edited.indexOf("* nine"))), scan.spans());
    assertEquals(1, scan.matches().get(0).share());
  }

  @Test
  void commonNgramsCanBeLeftOutAndCoverageAddsUp() {
    Text text = Text.of(Sentences.english(1, 4));
    NgramIndex index =
        NgramIndex.of(GramSize.GPT3, List.of(new BenchmarkItem("a", Map.of("q", text))));
    List<String> words = List.of(text.toString().split("\\s+"));
    Scan left = index.scan(Text.of(String.join(" ", words.subList(0, 30))));
    Scan right = index.scan(Text.of(String.join(" ", words.subList(18, words.size()))));
    assertEquals(18, left.matches().get(0).matched());
    assertEquals(17, left.without(bits(0)).matches().get(0).matched());
    assertTrue(left.without(left.grams()).matches().isEmpty());
    Coverage coverage = new Coverage();
    coverage.add(left);
    Coverage other = new Coverage();
    other.add(right);
    coverage.add(other);
    assertEquals(1, coverage.matches(index).get(0).share());
  }

  private static BitSet bits(int bit) {
    BitSet bits = new BitSet();
    bits.set(bit);
    return bits;
  }

  @Test
  void anEmptyIndexFindsNothingAndIdsAreUnique() throws IOException, ClassNotFoundException {
    NgramIndex none = NgramIndex.of(GramSize.GPT3, List.of());
    assertTrue(none.scan(Text.of("the mill by the river")).hits().isEmpty());
    BenchmarkItem item = new BenchmarkItem("a", Map.of("q", Text.of(Sentences.chinese(1, 3))));
    List<BenchmarkItem> twice = List.of(item, item);
    assertThrows(IllegalArgumentException.class, () -> NgramIndex.of(GramSize.GPT3, twice));
    NgramIndex sent = (NgramIndex) Laws.sent(NgramIndex.of(GramSize.GPT3, List.of(item)));
    assertEquals(1, sent.scan(item.fields().get("q")).matches().get(0).share());
    assertThrows(IllegalArgumentException.class, () -> new GramSize(13, 6, 8));
  }
}
