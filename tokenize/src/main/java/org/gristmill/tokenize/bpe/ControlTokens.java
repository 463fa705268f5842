package org.gristmill.tokenize.bpe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Tokens that stand for no text of a document, {@code <|endoftext|>} for example, and the ids that
 * they have beside those of a vocabulary; immutable.
 *
 * <p>Where one is written out in a text it is that token; of those that start at a byte the longest
 * counts. What is between them is encoded as texts of their own.
 */
public final class ControlTokens {
  private final byte[][] names; // the longest first
  private final int[] ids;
  private final Map<Integer, byte[]> byId = new HashMap<>();
  private final boolean[] firsts = new boolean[256];

  private ControlTokens(Map<String, Integer> byName) {
    this.names =
        byName.keySet().stream()
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .sorted(
                Comparator.<byte[]>comparingInt(name -> -name.length)
                    .thenComparing(Arrays::compareUnsigned))
            .toArray(byte[][]::new);
    this.ids = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      if (names[i].length == 0) {
        throw new IllegalArgumentException("a control token has no characters");
      }
      ids[i] = byName.get(new String(names[i], StandardCharsets.UTF_8));
      byId.put(ids[i], names[i]);
      firsts[names[i][0] & 0xFF] = true;
    }
  }

  /**
   * Control tokens and their ids.
   *
   * @throws IllegalArgumentException if a name is empty
   */
  public static ControlTokens of(Map<String, Integer> byName) {
    return new ControlTokens(byName);
  }

  /** The ids of a text that may hold these tokens. */
  public int[] encode(BytePairEncoder encoder, byte[] text) {
    TokenBuffer out = new TokenBuffer();
    int from = 0;
    for (int at = 0; at < text.length; ) {
      int token = firsts[text[at] & 0xFF] ? tokenAt(text, at) : -1;
      if (token < 0) {
        at++;
        continue;
      }
      encoder.encode(text, from, at, out);
      out.add(ids[token]);
      at += names[token].length;
      from = at;
    }
    encoder.encode(text, from, text.length, out);
    return out.toArray();
  }

  private int tokenAt(byte[] text, int at) {
    for (int i = 0; i < names.length; i++) {
      int end = at + names[i].length;
      if (end <= text.length && Arrays.equals(names[i], 0, names[i].length, text, at, end)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The bytes of ids of an encoder and of these tokens.
   *
   * @throws IllegalArgumentException if an id is none of either
   */
  public byte[] decode(BytePairEncoder encoder, int[] tokens) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(tokens.length * 4);
    int from = 0;
    for (int i = 0; i < tokens.length; i++) {
      byte[] name = byId.get(tokens[i]);
      if (name != null) {
        out.writeBytes(encoder.decode(Arrays.copyOfRange(tokens, from, i)));
        out.writeBytes(name);
        from = i + 1;
      }
    }
    out.writeBytes(encoder.decode(Arrays.copyOfRange(tokens, from, tokens.length)));
    return out.toByteArray();
  }
}
