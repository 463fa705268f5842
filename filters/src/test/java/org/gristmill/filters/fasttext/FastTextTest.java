package org.gristmill.filters.fasttext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models that the library of fastText trained, and what it says of some lines; {@code
 * src/bench/filters/fasttext_fixtures.py} made them, {@code src/bench/filters/fasttext} compares
 * two hundred larger ones.
 */
class FastTextTest {
  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = FastTextTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  private static FastText read(byte[] bytes) throws IOException {
    return FastText.read(new ByteArrayInputStream(bytes));
  }

  private static String[] lines(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8).split("\n", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "softmax.bin",
        "softmax-words.bin",
        "ova.bin",
        "ns.bin",
        "hs.bin",
        "softmax.ftz",
        "hs-pruned.ftz",
        "ova-pruned.ftz"
      })
  void predictsAsTheLibraryDoes(String name) throws IOException {
    FastText model = read(bytes(name));
    assertEquals(3, model.labels().size());
    String[] lines = lines("lines.txt");
    String[] theirs = lines(name + ".tsv");
    assertEquals(lines.length, theirs.length);
    for (int i = 0; i < lines.length - 1; i++) {
      List<FastText.Prediction> ours = model.predict(lines[i].getBytes(StandardCharsets.UTF_8), 3);
      String[] expected = theirs[i].split("\t");
      for (int rank = 0; rank < expected.length; rank++) {
        String[] parts = expected[rank].split(" ");
        String where = name + ": " + lines[i] + ": " + ours;
        double probability = Double.parseDouble(parts[1]);
        assertEquals(probability, ours.get(rank).probability(), 1e-6, where);
        double same = probability(ours, parts[0]);
        assertEquals(probability, same, 1e-6, where);
      }
    }
  }

  private static double probability(List<FastText.Prediction> predictions, String label) {
    return predictions.stream()
        .filter(p -> p.label().equals(label))
        .mapToDouble(FastText.Prediction::probability)
        .findFirst()
        .orElse(Double.NaN);
  }

  @Test
  void lineBreaksOnlyPartWords() throws IOException {
    FastText model = read(bytes("softmax-words.bin"));
    byte[] line = "the mill of stone".getBytes(StandardCharsets.UTF_8);
    byte[] lines = "the\nmill\r\n\nof stone\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(model.predict(line, 3), model.predict(lines, 3));
    assertEquals(1, model.predict(line, 1).size());
    assertEquals(model.predict(line, 3).subList(0, 1), model.predict(line, 1));
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(IOException.class, () -> read(bytes)).getMessage();
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    assertTrue(refusal(new byte[0]).contains("ends too early"));
    assertTrue(refusal(new byte[100]).contains("begins otherwise"));
    assertTrue(refusal(bytes("lines.txt")).contains("begins otherwise"));
    assertTrue(refusal(bytes("vectors.bin")).contains("vectors of words only"));
    byte[] newer = bytes("softmax.bin");
    newer[4] = 13;
    assertTrue(refusal(newer).contains("version 13"));
  }

  /** Cut anywhere or with a broken number, a file is refused, and nothing huge is made first. */
  @Test
  void damagedFilesAreRefused() throws IOException {
    for (String name : List.of("softmax-words.bin", "hs-pruned.ftz")) {
      byte[] whole = bytes(name);
      for (int length = 0; length < whole.length; length += 97) {
        assertTrue(refusal(Arrays.copyOf(whole, length)).contains("ends too early"));
      }
      assertTrue(refusal(Arrays.copyOf(whole, whole.length + 1)).contains("follows its end"));
      for (int at = 8; at < 120; at += 4) {
        byte[] broken = whole.clone();
        ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putInt(at, 0x7FFFFFFF);
        try {
          read(broken); // a number that predictions do not need
        } catch (IOException e) {
          assertTrue(e.getMessage().startsWith("is ") || e.getMessage().startsWith("has "));
        }
      }
    }
  }

  @Test
  void oldModelsHaveNoCharacterNgrams() throws IOException {
    byte[] old = bytes("ova.bin");
    FastText with = read(old);
    old[4] = 11;
    FastText without = read(old);
    byte[] unknown = "millm".getBytes(StandardCharsets.UTF_8);
    byte[] empty = {};
    assertEquals(without.predict(empty, 3), without.predict(unknown, 3));
    assertTrue(!with.predict(empty, 3).equals(with.predict(unknown, 3)));
  }

  @Test
  void exponentials() {
    for (double x = -720; x < 720; x += 0.377) {
      double exact = StrictMath.exp(x);
      assertEquals(exact, Exp.of(x), exact * 2e-15 + 1e-300);
    }
    assertEquals(1, Exp.of(0));
    assertEquals(0, Exp.of(Double.NEGATIVE_INFINITY));
    assertTrue(Double.isNaN(Exp.of(Double.NaN)));
  }
}
