package org.gristmill.tokenize.bpe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.gristmill.testing.HardTexts;
import org.gristmill.tokenize.bpe.BytePairEncoder.WholeWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merging, with vocabularies of its own, beside {@link PlainBpe}. */
class BytePairEncoderTest {
  /** Random tokens, most of which no training would make, and pieces of every length. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void idsAreThoseOfTheDefinition(long seed) {
    Vocabulary vocabulary = random(seed, 400);
    BytePairEncoder encoder = BytePairEncoder.ofRanks(vocabulary, new Gpt2Scanner());
    PlainBpe plain = new PlainBpe(vocabulary);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 1_500; i++) {
      byte[] piece = bytes(random, 1 + random.nextInt(i % 10 == 0 ? 300 : 40));
      TokenBuffer ids = new TokenBuffer();
      for (int again = 0; again < 2; again++) { // the second time from the cache
        ids.clear();
        encoder.encodePiece(piece, 0, piece.length, ids);
        assertEquals(plain.piece(piece), list(ids.toArray()));
      }
      assertArrayEquals(piece, encoder.decode(ids.toArray()));
    }
  }

  /** Merges in a random order, several of which make the same token. */
  @Test
  void mergesOfAListGoByTheirOrder() {
    Vocabulary vocabulary = random(7, 300);
    List<int[]> merges = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(7);
    for (int id = 0; id < vocabulary.bound(); id++) {
      byte[] token = vocabulary.token(id);
      for (int i = 1; i < token.length; i++) {
        int left = vocabulary.find(token, 0, i);
        int right = vocabulary.find(token, i, token.length);
        if (left >= 0 && right >= 0) {
          merges.add(random.nextInt(merges.size() + 1), new int[] {left, right});
        }
      }
    }
    assertTrue(merges.size() > 100, () -> merges.size() + " merges");
    int[] lefts = merges.stream().mapToInt(m -> m[0]).toArray();
    int[] rights = merges.stream().mapToInt(m -> m[1]).toArray();
    Pretokenizer words = new Gpt2Scanner();
    BytePairEncoder first =
        BytePairEncoder.ofMerges(vocabulary, lefts, rights, WholeWords.FIRST, words);
    BytePairEncoder merged =
        BytePairEncoder.ofMerges(vocabulary, lefts, rights, WholeWords.MERGED, words);
    for (int i = 0; i < 600; i++) {
      byte[] piece = bytes(random, 1 + random.nextInt(i % 10 == 0 ? 100 : 40));
      TokenBuffer ids = new TokenBuffer();
      merged.encodePiece(piece, 0, piece.length, ids);
      assertEquals(plainMerges(vocabulary, merges, piece), list(ids.toArray()));
    }
    int unreachable = 0;
    for (int id = 0; id < vocabulary.bound(); id++) {
      TokenBuffer ids = new TokenBuffer();
      merged.encodePiece(vocabulary.token(id), 0, vocabulary.length(id), ids);
      unreachable += ids.size() > 1 ? 1 : 0;
      ids.clear();
      first.encodePiece(vocabulary.token(id), 0, vocabulary.length(id), ids);
      assertArrayEquals(new int[] {id}, ids.toArray());
    }
    assertTrue(unreachable > 0, "some tokens are only whole words");
  }

  private static List<Integer> plainMerges(
      Vocabulary vocabulary, List<int[]> merges, byte[] piece) {
    List<Integer> ids = new ArrayList<>();
    for (byte b : piece) {
      ids.add(vocabulary.find(new byte[] {b}, 0, 1));
    }
    while (true) {
      int[] best = null;
      for (int[] merge : merges) { // in the order of their ranks
        if (best == null && indexOf(ids, merge) >= 0) {
          best = merge;
        }
      }
      if (best == null) {
        return ids;
      }
      int at = indexOf(ids, best);
      byte[] both = Arrays.copyOf(vocabulary.token(best[0]), 64);
      int length = vocabulary.length(best[0]);
      System.arraycopy(vocabulary.token(best[1]), 0, both, length, vocabulary.length(best[1]));
      ids.set(at, vocabulary.find(both, 0, length + vocabulary.length(best[1])));
      ids.remove(at + 1);
    }
  }

  private static int indexOf(List<Integer> ids, int[] pair) {
    for (int i = 0; i + 1 < ids.size(); i++) {
      if (ids.get(i) == pair[0] && ids.get(i + 1) == pair[1]) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void tokensOfOneLetterMergeFromTheLeft() {
    Vocabulary vocabulary = vocabulary(Set.of("aa", "aaaa", "ab"));
    BytePairEncoder encoder = BytePairEncoder.ofRanks(vocabulary, new Gpt2Scanner());
    PlainBpe plain = new PlainBpe(vocabulary);
    for (int n = 1; n < 200; n++) {
      byte[] piece = ("a".repeat(n) + "b").getBytes(StandardCharsets.UTF_8);
      assertEquals(plain.piece(piece), list(encoder.encode(piece)));
      byte[] run = Arrays.copyOf(piece, n);
      for (int again = 0; again < 2; again++) { // the second time from the cache
        assertEquals(plain.piece(run), list(encoder.encode(run)));
      }
    }
    byte[] many = "a".repeat(3_000_001).getBytes(StandardCharsets.UTF_8);
    assertEquals(750_001, encoder.encode(many).length);
  }

  @Test
  void anyBytesComeBack() {
    Vocabulary vocabulary = random(9, 100);
    SplittableRandom random = new SplittableRandom(9);
    for (String pattern :
        List.of(
            Pretokenizers.R50K, Pretokenizers.CL100K, Pretokenizers.QWEN35, Pretokenizers.O200K)) {
      BytePairEncoder encoder = BytePairEncoder.ofRanks(vocabulary, Pretokenizers.of(pattern));
      for (int i = 0; i < 3_000; i++) {
        byte[] text = new byte[random.nextInt(50)];
        random.nextBytes(text);
        assertArrayEquals(text, encoder.decode(encoder.encode(text)));
      }
    }
  }

  @Test
  void aPartOfATextIsEncodedAsIfItWereAlone() {
    Vocabulary vocabulary = random(10, 300);
    BytePairEncoder encoder =
        BytePairEncoder.ofRanks(vocabulary, Pretokenizers.of(Pretokenizers.O200K));
    for (String string : HardTexts.random(300, 10)) {
      byte[] alone = string.getBytes(StandardCharsets.UTF_8);
      byte[] within = ("a'" + string + "'Sb 1").getBytes(StandardCharsets.UTF_8);
      TokenBuffer ids = new TokenBuffer();
      encoder.encode(within, 2, 2 + alone.length, ids);
      assertArrayEquals(encoder.encode(alone), ids.toArray());
    }
  }

  @Test
  void refusesWhatIsNoByteLevelVocabulary() {
    byte[][] tokens = new byte[255][];
    for (int b = 0; b < 255; b++) {
      tokens[b] = new byte[] {(byte) b};
    }
    Vocabulary missing = Vocabulary.of(tokens);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> BytePairEncoder.ofRanks(missing, new Gpt2Scanner()))
            .getMessage();
    assertTrue(message.contains("byte 255"), message);
    Vocabulary whole = vocabulary(Set.of("ab"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            BytePairEncoder.ofMerges(
                whole, new int[] {'a'}, new int[] {'c'}, WholeWords.MERGED, new Gpt2Scanner()));
    BytePairEncoder encoder = BytePairEncoder.ofRanks(whole, new Gpt2Scanner());
    assertThrows(IllegalArgumentException.class, () -> encoder.decode(new int[] {257}));
    assertThrows(IllegalArgumentException.class, () -> encoder.decode(new int[] {-1}));
  }

  @Test
  void rankFilesAreReadStrictly() {
    assertArrayEquals(new byte[] {'a', 'b'}, ranks("YQ== 0\nYWI= 7 \r\n\n").token(7));
    for (String bad :
        List.of(
            "YQ==",
            "YQ== \n",
            "YQ==0\n",
            "Y Q 1\n",
            "Y?== 1\n",
            "YQ== 1x\n",
            " 1\n",
            "YQ== 1\nYQ== 2\n",
            "YQ== 1\nYWI= 1\n",
            "YQ== 1048576\n",
            "YQ== -1\n")) {
      assertThrows(IllegalArgumentException.class, () -> ranks(bad), bad);
    }
  }

  private static Vocabulary ranks(String file) {
    return Ranks.read(file.getBytes(StandardCharsets.US_ASCII));
  }

  /** The 256 bytes in an order of their own, and tokens of a few letters and Chinese. */
  private static Vocabulary random(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<String> tokens = new LinkedHashSet<>();
    while (tokens.size() < size) {
      String token = latin1(bytes(random, 2 + random.nextInt(random.nextInt(4) == 0 ? 20 : 4)));
      if (token.length() > 1) {
        tokens.add(token);
      }
    }
    return vocabulary(tokens);
  }

  private static Vocabulary vocabulary(Set<String> tokens) {
    List<byte[]> all = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      all.add(new byte[] {(byte) b});
    }
    tokens.forEach(token -> all.add(token.getBytes(StandardCharsets.ISO_8859_1)));
    return Vocabulary.of(all.toArray(byte[][]::new));
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] chars = "abc \u4e2d\u4e8c\u6587\u00e9".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[length];
    int at = random.nextInt(chars.length);
    for (int i = 0; i < length; i++) {
      at = random.nextInt(4) == 0 ? random.nextInt(chars.length) : (at + 1) % chars.length;
      bytes[i] = chars[at];
    }
    return bytes;
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static List<Integer> list(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }
}
