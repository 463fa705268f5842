package org.gristmill.tokenize.bpe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the published patterns ask of a code point, in Unicode 16.0, which is what tiktoken 0.14 and
 * the regular expressions below it know; Java 17 has Unicode 13.
 *
 * <p>The table is a resource that {@code src/bench/tokenizers/unicode_table.py} makes and compares
 * with tiktoken over all code points.
 */
final class UnicodeClasses {
  /** {@code \p{Lu}\p{Lt}}. */
  static final int UPPER = 1;

  /** {@code \p{Ll}}. */
  static final int LOWER = 1 << 1;

  /** {@code \p{Lm}\p{Lo}}: letters without case. */
  static final int CASELESS = 1 << 2;

  /** {@code \p{L}}. */
  static final int LETTER = UPPER | LOWER | CASELESS;

  /** {@code \p{M}}. */
  static final int MARK = 1 << 3;

  /** {@code \p{N}}. */
  static final int NUMBER = 1 << 4;

  /** {@code \s}, the property White_Space. */
  static final int SPACE = 1 << 5;

  /** Carriage return and line feed, which are white space, too. */
  static final int NEWLINE = 1 << 6;

  /** {@code \p{P}\p{S}}. */
  static final int PUNCTUATION = 1 << 7;

  /** Stands for bytes that are no UTF-8; in none of the classes. */
  static final int ILL_FORMED = 0x110000;

  /** The classes of every code point, and none for {@link #ILL_FORMED}. */
  static final byte[] OF = load("unicode-16.0.txt");

  private UnicodeClasses() {}

  private static byte[] load(String name) {
    try (InputStream in = UnicodeClasses.class.getResourceAsStream(name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      lines.readLine(); // the version
      byte[] classes = new byte[ILL_FORMED + 1];
      int from = 0;
      byte run = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        int to = Integer.parseInt(line.substring(0, space), 16);
        Arrays.fill(classes, from, to, run);
        from = to;
        run = (byte) ofCategory(line.substring(space + 1));
      }
      Arrays.fill(classes, from, ILL_FORMED, run);
      Arrays.fill(classes, '\t', '\r' + 1, (byte) SPACE);
      classes['\r'] |= NEWLINE;
      classes['\n'] |= NEWLINE;
      classes[0x85] = SPACE;
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int ofCategory(String category) {
    return switch (category) {
      case "Lu", "Lt" -> UPPER;
      case "Ll" -> LOWER;
      case "Lm", "Lo" -> CASELESS;
      default ->
          switch (category.charAt(0)) {
            case 'M' -> MARK;
            case 'N' -> NUMBER;
            case 'P', 'S' -> PUNCTUATION;
            case 'Z' -> SPACE;
            default -> 0;
          };
    };
  }
}
