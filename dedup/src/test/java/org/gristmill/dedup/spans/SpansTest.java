package org.gristmill.dedup.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.gristmill.core.Text;
import org.junit.jupiter.api.Test;

class SpansTest {
  private static final Text TEXT = Text.of("aé水𝒳z");

  @Test
  void unionAndWhatLiesBetween() {
    List<Span> spans = List.of(new Span(5, 7), new Span(0, 2), new Span(2, 3), new Span(4, 6));
    assertEquals(List.of(new Span(0, 3), new Span(4, 7)), Spans.union(spans));
    assertEquals(List.of(new Span(3, 4), new Span(7, 9)), Spans.between(Spans.union(spans), 9));
    assertEquals(List.of(new Span(0, 9)), Spans.between(List.of(), 9));
    assertEquals(List.of(), Spans.between(List.of(), 0));
  }

  @Test
  void partsOfCharactersAreLeftOut() {
    assertEquals(List.of(new Span(3, 6)), Spans.wholeCharacters(TEXT, List.of(new Span(2, 8))));
    assertEquals(List.of(), Spans.wholeCharacters(TEXT, List.of(new Span(4, 6), new Span(7, 9))));
    assertEquals("水", Spans.of(TEXT, new Span(3, 6)).toString());
    assertEquals(3, Spans.back(TEXT, 10, 2));
    assertEquals(0, Spans.back(TEXT, 10, 9));
    assertEquals(6, Spans.ahead(TEXT, 1, 2));
    assertEquals(11, Spans.ahead(TEXT, 1, 9));
  }

  @Test
  void takesOutWhatIsWhole() {
    assertSame(TEXT, Spans.without(TEXT, List.of()));
    assertEquals("aéz", Spans.without(TEXT, List.of(new Span(3, 10))).toString());
    assertEquals(
        "é𝒳",
        Spans.without(TEXT, List.of(new Span(0, 1), new Span(3, 6), new Span(10, 11))).toString());
    for (List<Span> bad :
        List.of(List.of(new Span(2, 3)), List.of(new Span(3, 6), new Span(1, 3)))) {
      assertThrows(IllegalArgumentException.class, () -> Spans.without(TEXT, bad));
    }
    List<Span> beyond = List.of(new Span(10, 12));
    assertThrows(IndexOutOfBoundsException.class, () -> Spans.without(TEXT, beyond));
    assertThrows(IllegalArgumentException.class, () -> new Span(3, 3));
  }
}
