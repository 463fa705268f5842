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
import java.util.Set;

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

  /**
   * Least confidence at which a Latin alphabet other than that of Western Europe is believed: below
   * it, languages that the detector has no statistics of take the statistics of others.
   */
  private static final int MIN_OTHER_LATIN = 25;

  /** Fewer bytes above ASCII than this say nothing of an alphabet. */
  private static final int MIN_HIGH_BYTES = 3;

  /** Latin alphabets that differ from the Western one in some letters. */
  private static final Set<String> OTHER_LATIN =
      Set.of("ISO-8859-2", "ISO-8859-9", "windows-1250", "windows-1254");

  private static final Charset WESTERN = Charset.forName("windows-1252");

  /** Largest share of malformed sequences in a UTF-8 text, of its characters. */
  private static final double MAX_DAMAGE = 0.001;

  /** Fewer multi-byte characters than this may be UTF-8 by accident, if there is damage too. */
  private static final int SURELY_UTF8 = 30;

  /** Largest share of control characters in a text. */
  private static final double MAX_CONTROL = 0.005;

  /**
   * Decodes by byte order mark, else as strict UTF-8, else as UTF-8 with next to no damage, else as
   * the likeliest character set that fits every byte; empty if there is none or the result is no
   * text, as where a NUL comes without a mark.
   */
  public static Optional<Decoded> of(byte[] bytes) {
    Optional<Mark> mark = Mark.of(bytes);
    if (mark.isPresent()) {
      int from = mark.get().length();
      Optional<Decoded> strict = strictly(bytes, from, mark.get().charset());
      boolean utf8 = mark.get().charset() == StandardCharsets.UTF_8;
      return (strict.isPresent() || !utf8 ? strict : damagedUtf8(bytes, from))
          .filter(Decoded::isText);
    }
    Optional<Decoded> utf8 = strictly(bytes, 0, StandardCharsets.UTF_8);
    if (utf8.isPresent()) {
      return utf8.filter(Decoded::isText);
    }
    if (hasNull(bytes)) {
      return Optional.empty();
    }
    Optional<Decoded> damaged = damagedUtf8(bytes, 0);
    if (damaged.isPresent()) {
      return damaged;
    }
    CharsetDetector detector = new CharsetDetector();
    byte[] sample = sample(bytes);
    detector.setText(sample);
    for (CharsetMatch match : detector.detectAll()) {
      Optional<Charset> charset = CharsetLabels.detected(match.getName());
      if (match.getConfidence() < MIN_CONFIDENCE || charset.isEmpty()) {
        continue;
      }
      boolean western =
          OTHER_LATIN.contains(match.getName())
              && (match.getConfidence() < MIN_OTHER_LATIN || high(sample) < MIN_HIGH_BYTES);
      Optional<Decoded> decoded =
          strictly(bytes, 0, western ? WESTERN : charset.get()).filter(Decoded::isText);
      if (decoded.isPresent()) {
        return decoded;
      }
    }
    return Optional.empty();
  }

  /**
   * A text that is plainly UTF-8 and has next to no damage, which becomes U+FFFD: one that was cut
   * within a character, for example.
   */
  private static Optional<Decoded> damagedUtf8(byte[] bytes, int from) {
    String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    long damage = text.chars().filter(c -> c == '\uFFFD').count();
    long wide = text.chars().filter(c -> c > 0x7F && c != '\uFFFD').count();
    boolean surely = wide >= SURELY_UTF8 * damage && damage <= MAX_DAMAGE * text.length();
    return surely
        ? Optional.of(new Decoded(text, "UTF-8")).filter(Decoded::isText)
        : Optional.empty();
  }

  private static int high(byte[] bytes) {
    int high = 0;
    for (byte b : bytes) {
      high += b < 0 ? 1 : 0;
    }
    return high;
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
