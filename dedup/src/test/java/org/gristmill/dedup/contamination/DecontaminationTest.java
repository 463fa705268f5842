package org.gristmill.dedup.contamination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gristmill.core.Text;
import org.gristmill.dedup.contamination.Decontamination.Action;
import org.gristmill.dedup.contamination.Decontamination.Outcome;
import org.gristmill.dedup.contamination.Decontamination.Verdict;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.junit.jupiter.api.Test;

class DecontaminationTest {
  private static final Text TEXT = Text.of("水".repeat(1_000));

  @Test
  void cutsTheWindowInCharacters() {
    Verdict verdict = Decontamination.GPT3.judge(TEXT, List.of(new Span(1_500, 1_530)));
    assertEquals(Outcome.CUT, verdict.outcome());
    assertEquals(List.of(new Span(900, 2_130)), verdict.removed());
    assertEquals(List.of(new Span(0, 900), new Span(2_130, 3_000)), verdict.kept());
  }

  @Test
  void shortPiecesGo() {
    Verdict verdict = Decontamination.GPT3.judge(TEXT, List.of(new Span(1_197, 1_230)));
    assertEquals(List.of(new Span(1_830, 3_000)), verdict.kept());
    assertEquals(List.of(new Span(0, 1_830)), verdict.removed());
    Span exactly = new Span(1_200, 1_230);
    assertEquals(2, Decontamination.GPT3.judge(TEXT, List.of(exactly)).kept().size());
    Text small = Text.of("a".repeat(500));
    Verdict nothing = Decontamination.GPT3.judge(small, List.of(new Span(250, 300)));
    assertEquals(Outcome.NOTHING_LEFT, nothing.outcome());
    assertEquals(List.of(new Span(0, 500)), nothing.removed());
  }

  @Test
  void tooManyPiecesGoWhole() {
    Text text = Text.of("a".repeat(20_000));
    for (int cuts : new int[] {9, 10}) {
      List<Span> found =
          IntStream.rangeClosed(1, cuts)
              .mapToObj(i -> new Span(i * 1_000, i * 1_000 + 50))
              .toList();
      Verdict verdict = Decontamination.GPT3.judge(text, found);
      assertEquals(cuts == 9 ? Outcome.CUT : Outcome.TOO_MANY_PIECES, verdict.outcome());
      assertEquals(cuts == 9 ? 10 : 0, verdict.kept().size());
    }
  }

  @Test
  void dropsAndMarks() {
    List<Span> found = List.of(new Span(0, 3));
    Span whole = new Span(0, 3_000);
    Decontamination drop = new Decontamination(Action.DROP, 200, 200, 10);
    Decontamination mark = new Decontamination(Action.MARK, 200, 200, 10);
    assertEquals(new Verdict(Outcome.DROPPED, List.of(), List.of(whole)), drop.judge(TEXT, found));
    assertEquals(new Verdict(Outcome.MARKED, List.of(whole), List.of()), mark.judge(TEXT, found));
    for (Decontamination any : List.of(drop, mark, Decontamination.GPT3)) {
      Verdict clean = new Verdict(Outcome.CLEAN, List.of(whole), List.of());
      assertEquals(clean, any.judge(TEXT, List.of()));
      Verdict empty = new Verdict(Outcome.CLEAN, List.of(), List.of());
      assertEquals(empty, any.judge(Text.EMPTY, List.of()));
    }
    assertThrows(IllegalArgumentException.class, () -> new Decontamination(Action.CUT, -1, 1, 1));
  }

  /** Character by character. */
  @Test
  void sameAsThePlainRule() {
    SplittableRandom random = new SplittableRandom(9);
    for (int round = 0; round < 2_000; round++) {
      Decontamination rule =
          new Decontamination(Action.CUT, random.nextInt(6), 1 + random.nextInt(5), 1_000);
      String[] characters = {"a", "é", "水", "𝒳"};
      StringBuilder string = new StringBuilder();
      List<Integer> starts = new ArrayList<>();
      int bytes = 0;
      for (int i = 1 + random.nextInt(40); i > 0; i--) {
        int kind = random.nextInt(4);
        string.append(characters[kind]);
        starts.add(bytes);
        bytes += kind + 1;
      }
      starts.add(bytes);
      int n = starts.size() - 1;
      boolean[] gone = new boolean[n];
      List<Span> found = new ArrayList<>();
      for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
        int from = random.nextInt(n);
        int to = from + 1 + random.nextInt(n - from);
        found.add(new Span(starts.get(from), starts.get(to)));
        for (int i = Math.max(0, from - rule.window()); i < Math.min(n, to + rule.window()); i++) {
          gone[i] = true;
        }
      }
      List<Span> kept = new ArrayList<>();
      for (int i = 0; i < n; ) {
        int end = i;
        while (end < n && !gone[end]) {
          end++;
        }
        if (end - i >= rule.minPiece()) {
          kept.add(new Span(starts.get(i), starts.get(end)));
        }
        i = end + 1;
      }
      Text text = Text.of(string.toString());
      Verdict verdict = rule.judge(text, found);
      assertEquals(kept, verdict.kept());
      assertEquals(Spans.between(kept, bytes), verdict.removed());
    }
  }
}
