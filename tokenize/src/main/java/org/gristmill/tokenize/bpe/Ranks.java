package org.gristmill.tokenize.bpe;

import java.util.Arrays;

/**
 * Reads a rank file as tiktoken does: a line is a token in base64, a space and its id, which is its
 * rank, too; there may be blanks behind it.
 *
 * @see <a href="https://github.com/openai/tiktoken/blob/main/tiktoken/load.py">tiktoken/load.py</a>
 */
public final class Ranks {
  private static final byte[] SIX_BITS = sixBits();

  private final byte[] file;
  private final byte[] bytes;
  private int[] ids;
  private int[] starts;
  private int[] ends;
  private int at;
  private int used;
  private int line;

  private Ranks(byte[] file) {
    this.file = file;
    this.bytes = new byte[file.length];
    int lines = 1;
    for (byte b : file) {
      lines += b == '\n' ? 1 : 0;
    }
    ids = new int[lines];
    starts = new int[lines];
    ends = new int[lines];
  }

  /**
   * The vocabulary of a rank file.
   *
   * @throws IllegalArgumentException if a line is none of a rank file, with its number
   */
  public static Vocabulary read(byte[] file) {
    return new Ranks(file).read();
  }

  private Vocabulary read() {
    int n = 0;
    while (at < file.length) {
      line++;
      if (file[at] == '\n') {
        at++;
        continue; // empty lines are no tokens
      }
      starts[n] = used;
      base64();
      ends[n] = used;
      ids[n++] = number();
    }
    ids = Arrays.copyOf(ids, n);
    return Vocabulary.of(Arrays.copyOf(bytes, used), ids, starts, ends);
  }

  private void base64() {
    int bits = 0;
    int held = 0;
    int chars = 0;
    for (; at < file.length && file[at] != ' '; at++, chars++) {
      int six = SIX_BITS[file[at] & 0xFF];
      if (six < 0) {
        if (file[at] == '=' && chars % 4 >= 2) {
          continue;
        }
        throw bad("is not base64");
      }
      held = held << 6 | six;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[used++] = (byte) (held >> bits);
      }
    }
    if (chars == 0 || chars % 4 != 0) {
      throw bad("has no token of whole groups of four base64 characters");
    }
  }

  private int number() {
    at++; // the space
    int digits = at;
    long number = 0;
    for (; at < file.length && file[at] >= '0' && file[at] <= '9'; at++) {
      number = Math.min(number * 10 + file[at] - '0', Integer.MAX_VALUE);
    }
    boolean empty = at <= digits;
    while (at < file.length && (file[at] == ' ' || file[at] == '\r')) {
      at++;
    }
    if (empty || at < file.length && file[at] != '\n') {
      throw bad("has no number after its token");
    }
    at++;
    return (int) number;
  }

  private IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("line " + line + " of the rank file " + what);
  }

  private static byte[] sixBits() {
    byte[] bits = new byte[256];
    Arrays.fill(bits, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      bits[alphabet.charAt(i)] = (byte) i;
    }
    return bits;
  }
}
