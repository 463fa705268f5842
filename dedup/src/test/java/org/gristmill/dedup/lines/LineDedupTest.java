package org.gristmill.dedup.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Keep;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.gristmill.testing.HardTexts;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineDedupTest {
  @ParameterizedTest
  @EnumSource
  void unitsAreWhatTheySay(Rule rule) {
    List<String> texts = new ArrayList<>(HardTexts.random(120, 21));
    texts.addAll(HardTexts.noise(120, 22));
    texts.addAll(HardTexts.prose());
    texts.addAll(HardTexts.extreme());
    LineDedup dedup = new LineDedup(rule, 1, 0);
    for (String hard : texts) {
      Text text = Text.of(hard);
      List<Unit> units = dedup.of(text);
      int last = -1;
      for (Unit unit : units) {
        assertTrue(unit.span().from() > last && unit.gone().to() <= text.length());
        assertEquals(unit.span().from(), unit.gone().from());
        assertTrue(unit.gone().to() >= unit.span().to());
        last = unit.span().from();
      }
      if (text.length() < 10_000) {
        for (Unit unit : units) {
          // a unit by itself is that unit
          assertEquals(unit.key(), dedup.of(Spans.of(text, unit.span())).get(0).key(), hard);
        }
      }
      LineDedup.Cleaned same = LineDedup.without(text, units, new BitSet());
      assertSame(text, same.text());
      assertEquals(List.of(), same.removed());
      BitSet all = new BitSet();
      all.set(0, units.size());
      LineDedup.Cleaned none = LineDedup.without(text, units, all);
      assertEquals(List.of(), dedup.of(none.text()));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> LineDedup.without(text, units, bits(units.size())));
    }
  }

  /** Lines of one text by the shortest program that does it. */
  @ParameterizedTest
  @EnumSource
  void linesGoAsInAPlainProgram(Keep keep) {
    SplittableRandom random = new SplittableRandom(23);
    LineDedup dedup = new LineDedup(Rule.LINE, 2, 0);
    for (int round = 0; round < 300; round++) {
      List<Text> texts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        StringBuilder text = new StringBuilder();
        for (int lines = random.nextInt(8); lines > 0; lines--) {
          String[] some = {"", "}", "水车", " 水车\t", "é line", "é line\r", "other", "more"};
          text.append(some[random.nextInt(some.length)]).append('\n');
        }
        texts.add(Text.of(text.toString()));
      }
      Map<String, Integer> counts = new HashMap<>();
      texts.forEach(
          text -> lines(text).forEach(line -> counts.merge(line.strip(), 1, Integer::sum)));
      Map<String, Integer> seen = new HashMap<>();
      List<String> expected = new ArrayList<>();
      for (Text text : texts) {
        StringBuilder left = new StringBuilder();
        for (String line : lines(text)) {
          int before = seen.merge(line.strip(), 1, Integer::sum) - 1;
          boolean goes = keep == Keep.FIRST ? before > 0 : counts.get(line.strip()) > 1;
          left.append(goes && line.strip().length() > 1 ? "" : line + '\n');
        }
        expected.add(left.toString());
      }
      assertEquals(expected, cleaned(dedup, texts, keep).stream().map(Text::toString).toList());
    }
  }

  private static List<String> lines(Text text) {
    return text.isEmpty()
        ? List.of()
        : List.of(text.toString().split("(?<=\n)")).stream()
            .map(line -> line.substring(0, line.length() - 1))
            .toList();
  }

  @ParameterizedTest
  @EnumSource(names = "THREE_SENTENCES", mode = EnumSource.Mode.EXCLUDE)
  void twiceIsOnce(Rule rule) {
    LineDedup dedup = new LineDedup(rule, 3, 1);
    List<Text> texts = HardTexts.random(200, 24).stream().map(Text::of).toList();
    for (Keep keep : Keep.values()) {
      List<Text> once = cleaned(dedup, texts, keep);
      assertNotEquals(texts, once);
      assertEquals(once, cleaned(dedup, once, keep));
    }
  }

  private static List<Text> cleaned(LineDedup dedup, List<Text> texts, Keep keep) {
    List<List<Unit>> units = texts.stream().map(dedup::of).toList();
    List<BitSet> gone = Duplicates.of(units, keep);
    return IntStream.range(0, texts.size())
        .mapToObj(i -> LineDedup.without(texts.get(i), units.get(i), gone.get(i)).text())
        .toList();
  }

  @Test
  void paragraphsGoWithTheBlankLinesBehindThem() {
    LineDedup dedup = new LineDedup(Rule.PARAGRAPH, 1, 0);
    Text text = Text.of("\n\none\ntwo\n \n\nthree\n\none  two\nfour");
    List<Unit> units = dedup.of(text);
    assertEquals(3, units.size());
    LineDedup.Cleaned cleaned = LineDedup.without(text, units, bits(0));
    assertEquals("\n\nthree\n\none  two\nfour", cleaned.text().toString());
    assertEquals(List.of(new Span(2, 13)), cleaned.removed());
    assertEquals(units.get(0).key(), dedup.of(Text.of("one\u3000two ")).get(0).key());
    assertNotEquals(units.get(0).key(), dedup.of(Text.of("One two")).get(0).key());
  }

  @Test
  void threeSentencesInARowGoAndTwoStay() {
    LineDedup dedup = new LineDedup(Rule.THREE_SENTENCES, 1, 0);
    String a = "It rains. The mill\nstands still. ";
    String b = "Nobody comes! Is it Sunday? We wait. ";
    Text first = Text.of(b);
    Text second = Text.of("Hello. Nobody  comes!  Is it Sunday? We wait.\n\nThe end.");
    List<BitSet> gone =
        Duplicates.of(List.of(dedup.of(first), dedup.of(second), dedup.of(Text.of(a))), Keep.FIRST);
    assertEquals(List.of(new BitSet(), bits(1), new BitSet()), gone);
    LineDedup.Cleaned cleaned = LineDedup.without(second, dedup.of(second), gone.get(1));
    assertEquals("Hello. The end.", cleaned.text().toString());
    assertEquals(0, dedup.of(Text.of("One. Two.")).size());
    assertEquals(2, dedup.of(Text.of("水磨在河边。人们在这里。磨面粉。你见过它吗？")).size());
  }

  @Test
  void whatRepeatsItselfStaysOnce() {
    LineDedup dedup = new LineDedup(Rule.THREE_SENTENCES, 1, 0);
    Text text = Text.of("Stop! ".repeat(8));
    List<Unit> units = dedup.of(text);
    BitSet gone = Duplicates.of(List.of(units), Keep.FIRST).get(0);
    assertEquals("Stop! ".repeat(3), LineDedup.without(text, units, gone).text().toString());
    List<Unit> five = dedup.of(Text.of("Stop! ".repeat(5)));
    for (Keep keep : Keep.values()) {
      assertEquals(List.of(new BitSet()), Duplicates.of(List.of(five), keep));
    }
    gone = Duplicates.of(List.of(units), Keep.NONE).get(0);
    assertEquals("", LineDedup.without(text, units, gone).text().toString());
  }

  @Test
  void ccNetComparesWithoutDigitsAndItsPunctuation() {
    LineDedup dedup = new LineDedup(Rule.CCNET_LINE, 1, 0);
    Key key = dedup.of(Text.of("Mühle 12, «Tür»: 3…")).get(0).key();
    for (String same : List.of("\u3000MÜHLE 98, Tür: 4 \u001c", "mühle １２, “tür”:\u0007 ٣")) {
      assertEquals(key, dedup.of(Text.of(same)).get(0).key(), same);
    }
    for (String other : List.of("Mühle 1, Tür: 3", "Muhle 12, Tür: 3", "Mühle 12 Tür: 3")) {
      assertNotEquals(key, dedup.of(Text.of(other)).get(0).key(), other);
    }
    assertEquals("a b", Rule.CCNET_LINE.normalized("\u00a0a\u0085 b。\n"));
  }

  @Test
  void shortUnitsNeverGo() {
    Text text = Text.of("水车在河边\n}\n--- ---\nfour words of text\n\n");
    assertEquals(3, new LineDedup(Rule.LINE, 5, 0).of(text).size());
    assertEquals(2, new LineDedup(Rule.LINE, 1, 4).of(text).size());
    assertEquals(1, new LineDedup(Rule.LINE, 1, 5).of(text).size());
    assertEquals(4, new LineDedup(Rule.DOLMA_PARAGRAPH, 1, 0).of(text).size());
    assertThrows(IllegalArgumentException.class, () -> new LineDedup(Rule.LINE, 0, 0));
  }

  @Test
  void removedAndLeftAreTheText() {
    LineDedup dedup = new LineDedup(Rule.THREE_SENTENCES, 1, 0);
    Text text = Text.of(Sentences.english(5, 12) + "\n" + Sentences.english(5, 12));
    List<Unit> units = dedup.of(text);
    BitSet gone = Duplicates.of(List.of(units), Keep.FIRST).get(0);
    LineDedup.Cleaned cleaned = LineDedup.without(text, units, gone);
    List<Span> left = Spans.between(cleaned.removed(), text.length());
    byte[] rejoined = new byte[cleaned.text().length()];
    int n = 0;
    for (Span span : left) {
      System.arraycopy(text.bytes(), span.from(), rejoined, n, span.length());
      n += span.length();
    }
    assertTrue(Arrays.equals(rejoined, cleaned.text().bytes()));
    assertEquals(Sentences.english(5, 12), cleaned.text().toString().strip());
  }

  private static BitSet bits(int bit) {
    BitSet bits = new BitSet();
    bits.set(bit);
    return bits;
  }
}
