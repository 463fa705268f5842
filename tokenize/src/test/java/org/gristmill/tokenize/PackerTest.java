package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

class PackerTest {
  private static final int END = 50_256;

  @Test
  void everyTokenOnceAndNoFittingDocumentCut() {
    int length = 128;
    List<Packer.Tokens> documents = documents(3_000, 300);
    List<Sequence> sequences = new Packer(length, END, 7).pack(documents);
    Map<String, int[]> rebuilt = new HashMap<>();
    Map<String, Integer> pieces = new HashMap<>();
    Map<String, int[]> originals = new HashMap<>();
    documents.forEach(d -> originals.put(d.id(), d.tokens()));
    long used = 0;
    for (Sequence sequence : sequences) {
      assertEquals(length, sequence.tokens().length);
      int at = 0;
      for (Sequence.Piece piece : sequence.pieces()) {
        int[] original = originals.get(piece.id());
        int[] copy = rebuilt.computeIfAbsent(piece.id(), id -> new int[original.length]);
        for (int i = 0; i < piece.length(); i++) {
          copy[piece.start() + i] += sequence.tokens()[at++];
        }
        pieces.merge(piece.id(), 1, Integer::sum);
      }
      assertEquals(at, sequence.used());
      used += at;
      for (; at < length; at++) {
        assertEquals(END, sequence.tokens()[at]);
      }
    }
    assertEquals(documents.stream().mapToLong(d -> d.tokens().length).sum(), used);
    for (Packer.Tokens document : documents) {
      assertArrayEquals(document.tokens(), rebuilt.get(document.id()));
      int least = (document.tokens().length + length - 1) / length;
      assertEquals(least, pieces.get(document.id()), document.id());
    }
  }

  @Test
  void theSeedDecidesTheOrderAndNothingElse() {
    List<Packer.Tokens> documents = documents(500, 100);
    List<List<Sequence.Piece>> one = order(new Packer(128, END, 1).pack(documents));
    assertEquals(one, order(new Packer(128, END, 1).pack(documents)));
    List<List<Sequence.Piece>> two = order(new Packer(128, END, 2).pack(documents));
    assertNotEquals(one, two);
    assertEquals(sorted(one), sorted(two));
  }

  /** Sequences of one long document must not come later than those of many short ones. */
  @Test
  void orderIsBlindToTheNumberOfPieces() {
    List<Packer.Tokens> documents = documents(20_000, 15);
    for (int i = 0; i < 1_200; i++) {
      documents.add(new Packer.Tokens("long-" + i, new int[128]));
    }
    List<Sequence> sequences = new Packer(128, END, 3).pack(documents);
    int half = sequences.size() / 2;
    long all = sequences.stream().filter(s -> s.pieces().size() == 1).count();
    long early = sequences.stream().limit(half).filter(s -> s.pieces().size() == 1).count();
    assertEquals(1_200, all);
    assertEquals(0.5, (double) early / all, 0.05);
  }

  @Test
  void refusesBadSettingsAndEmptyDocuments() {
    assertThrows(IllegalArgumentException.class, () -> new Packer(1, END, 0));
    assertThrows(IllegalArgumentException.class, () -> new Packer(8, -1, 0));
    List<Packer.Tokens> empty = List.of(new Packer.Tokens("a", new int[0]));
    assertThrows(IllegalArgumentException.class, () -> new Packer(8, END, 0).pack(empty));
    assertTrue(new Packer(8, END, 0).pack(List.of()).isEmpty());
  }

  /** Documents of 1 to {@code most} tokens, all ending in the end-of-document id. */
  static List<Packer.Tokens> documents(int n, int most) {
    List<Packer.Tokens> documents = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int[] tokens = new int[1 + (int) Long.remainderUnsigned(Hash.xx64(0, "n" + i), most)];
      for (int j = 0; j < tokens.length; j++) {
        tokens[j] = 1 + (int) Long.remainderUnsigned(Hash.mix(31L * i + j + 1), END - 1);
      }
      tokens[tokens.length - 1] = END;
      documents.add(new Packer.Tokens("文-" + i, tokens));
    }
    return documents;
  }

  private static List<List<Sequence.Piece>> order(List<Sequence> sequences) {
    return sequences.stream().map(Sequence::pieces).toList();
  }

  private static List<String> sorted(List<List<Sequence.Piece>> sequences) {
    return sequences.stream()
        .map(pieces -> pieces.stream().map(Sequence.Piece::toString).sorted().toList().toString())
        .sorted()
        .toList();
  }
}
