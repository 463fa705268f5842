package org.gristmill.sources;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A plain text and the character set it was written in.
 *
 * @param text the characters, without a byte order mark
 * @param charset IANA name of the character set
 */
public record Decoded(String text, String charset) {
  /** Bytes that the detector sees; it looks at no more than about 8000. */
  private static final int SAMPLE_BYTES = 16 * 1024;

  /** Least confidence, of 100, at which the detector is believed. */
  private static final int MIN_CONFIDENCE = 10;

  /** Largest share of control characters in a text. */
  private static final double MAX_CONTROL = 0.005;

  /**
   * Decodes by byte order mark, else as strict UTF-8, else as the likeliest character set that fits
   * every byte; empty if there is none or the result is no text, as where a NUL comes without a
   * mark.
   */
  public static Optional<Decoded> of(byte[] bytes) {
    Optional<Decoded> marked = byMark(bytes);
    if (marked.isPresent()) {
      return marked.filter(Decoded::isText);
    }
    Optional<Decoded> utf8 = strictly(bytes, 0, StandardCharsets.UTF_8);
    if (utf8.isPresent()) {
      return utf8.filter(Decoded::isText);
    }
    if (hasNull(bytes)) {
      return Optional.empty();
    }
    CharsetDetector detector = new CharsetDetector();
    detector.setText(sample(bytes));
    for (CharsetMatch match : detector.detectAll()) {
      if (match.getConfidence() < MIN_CONFIDENCE || !Charset.isSupported(match.getName())) {
        continue;
      }
      Optional<Decoded> decoded =
          strictly(bytes, 0, wider(match.getName())).filter(Decoded::isText);
      if (decoded.isPresent()) {
        return decoded;
      }
    }
    return Optional.empty();
  }

  /** Whether bytes that do not decode are no damaged text, but none at all. */
  public static boolean looksBinary(byte[] bytes) {
    int odd = 0;
    for (byte b : bytes) {
      odd += b > 0 && b < '\t' || b > '\r' && b < 0x1A || b > 0x1B && b < ' ' ? 1 : 0;
    }
    return hasNull(bytes) || odd > bytes.length * MAX_CONTROL;
  }

  private static boolean hasNull(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Decoded> byMark(byte[] b) {
    int b0 = b.length > 0 ? b[0] & 0xFF : -1;
    int b1 = b.length > 1 ? b[1] & 0xFF : -1;
    int b2 = b.length > 2 ? b[2] & 0xFF : -1;
    if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
      return strictly(b, 3, StandardCharsets.UTF_8);
    }
    if (b0 == 0xFE && b1 == 0xFF) {
      return strictly(b, 2, StandardCharsets.UTF_16BE);
    }
    if (b0 == 0xFF && b1 == 0xFE) {
      return strictly(b, 2, StandardCharsets.UTF_16LE);
    }
    return Optional.empty();
  }

  private static Optional<Decoded> strictly(byte[] bytes, int from, Charset charset) {
    try {
      String text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
              .toString();
      return Optional.of(new Decoded(text, charset.name()));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The superset that the writers of such texts really use. */
  private static Charset wider(String name) {
    return Charset.forName(
        switch (name) {
          case "ISO-8859-1" -> "windows-1252";
          case "Shift_JIS" -> "windows-31j";
          case "EUC-KR" -> "x-windows-949";
          default -> name;
        });
  }

  /**
   * The part that starts with the first line that is not ASCII: a licence in front says nothing.
   */
  private static byte[] sample(byte[] bytes) {
    int high = 0;
    while (high < bytes.length && bytes[high] >= 0) {
      high++;
    }
    int from = high;
    while (from > 0 && bytes[from - 1] != '\n' && high - from < SAMPLE_BYTES / 4) {
      from--;
    }
    return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + SAMPLE_BYTES));
  }

  /** Whether there is no NUL and next to no other control character. */
  private boolean isText() {
    int control = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isISOControl(c) && (c < '\t' || c > '\r') && c != 0x1A && c != 0x1B) {
        control++;
      }
    }
    return control <= text.length() * MAX_CONTROL;
  }
}
