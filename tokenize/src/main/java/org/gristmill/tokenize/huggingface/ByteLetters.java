package org.gristmill.tokenize.huggingface;

import java.util.Arrays;
import org.gristmill.tokenize.model.Bytes;

/**
 * The alphabet in which byte-level vocabularies are written: each byte a printable character.
 *
 * @see <a href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">GPT-2's
 *     bytes_to_unicode</a>
 */
final class ByteLetters {
  private static final int[] LETTERS = new int[256];
  private static final int[] BYTES = new int[256 + 68];

  static {
    Arrays.fill(BYTES, -1);
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b != 0xAD;
      LETTERS[b] = printable ? b : next++;
      BYTES[LETTERS[b]] = b;
    }
  }

  private ByteLetters() {}

  /** Writes the letters of a range of bytes. */
  static void spell(byte[] text, int from, int to, Bytes out) {
    for (int i = from; i < to; i++) {
      out.addCodePoint(LETTERS[text[i] & 0xFF]);
    }
  }

  /** The bytes that a token spells; null if it has a character that spells none. */
  static byte[] read(String token) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = token.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        return null;
      }
      bytes[i] = (byte) BYTES[c];
    }
    return bytes;
  }
}
