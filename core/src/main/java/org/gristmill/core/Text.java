package org.gristmill.core;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable text: well-formed UTF-8 bytes with a lazily decoded {@link String} view.
 *
 * <p>Hot blocks read {@link #bytes()}, others {@link #toString()}. Text that arrives ill-formed (a
 * lone surrogate, invalid UTF-8) is repaired on the way in with U+FFFD, never with {@code '?'}, so
 * that both views always say the same.
 */
public final class Text implements Serializable, Comparable<Text> {
  private static final long serialVersionUID = 1L;

  /** The empty text. */
  public static final Text EMPTY = new Text(new byte[0]);

  private final byte[] utf8;
  private transient String string;

  private Text(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** The text of a string; each lone surrogate becomes U+FFFD. */
  public static Text of(String string) {
    String whole = repaired(string);
    Text text = new Text(whole.getBytes(StandardCharsets.UTF_8));
    text.string = whole;
    return text;
  }

  /** The text of some UTF-8 bytes, which are not copied; ill-formed sequences become U+FFFD. */
  public static Text of(byte[] utf8) {
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8));
      Text text = new Text(utf8);
      text.string = decoded.toString();
      return text;
    } catch (CharacterCodingException e) {
      return of(new String(utf8, StandardCharsets.UTF_8));
    }
  }

  /** The text of bytes that are known to be well-formed UTF-8 (a table's own); not copied. */
  public static Text trusted(byte[] utf8) {
    return new Text(utf8);
  }

  /** The UTF-8 bytes; the caller must not change them. */
  public byte[] bytes() {
    return utf8;
  }

  /** Length in UTF-8 bytes. */
  public int length() {
    return utf8.length;
  }

  public boolean isEmpty() {
    return utf8.length == 0;
  }

  @Override
  public String toString() {
    String s = string;
    if (s == null) {
      s = new String(utf8, StandardCharsets.UTF_8);
      string = s;
    }
    return s;
  }

  /** Order of the unsigned bytes, which is the order of the code points. */
  @Override
  public int compareTo(Text other) {
    return Arrays.compareUnsigned(utf8, other.utf8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Text t && Arrays.equals(utf8, t.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  private static String repaired(String s) {
    StringBuilder fixed = null;
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < s.length()
          && Character.isLowSurrogate(s.charAt(i + 1))) {
        i++;
      } else {
        if (fixed == null) {
          fixed = new StringBuilder(s);
        }
        fixed.setCharAt(i, '\uFFFD');
      }
    }
    return fixed == null ? s : fixed.toString();
  }
}
