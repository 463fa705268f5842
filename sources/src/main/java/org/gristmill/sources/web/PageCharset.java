package org.gristmill.sources.web;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gristmill.core.Reason;
import org.gristmill.sources.CharsetLabels;
import org.gristmill.sources.Mark;

/**
 * A page's bytes as characters: the byte order mark decides, then the HTTP header, the page's own
 * declaration, and a statistical detector.
 *
 * <p>A declaration is passed over where it is plainly wrong: where more than {@link #MAX_DAMAGE} of
 * the characters come out undecodable, or where the bytes are valid UTF-8 of another declaration.
 * Labels mean what browsers take them to mean.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#names-and-labels">WHATWG Encoding, labels</a>
 */
record PageCharset(String name, String text) {
  /** Share of U+FFFD among the characters above which a text counts as undecodable. */
  static final double MAX_DAMAGE = 0.001;

  private static final int DECLARED_WITHIN = 1 << 13;
  private static final int DETECTED_WITHIN = 1 << 16;

  /** Fewer multi-byte characters than this can be valid UTF-8 by accident. */
  private static final int SURELY_UTF8 = 3;

  private static final Pattern META =
      Pattern.compile(
          "(?i)<(?:meta|\\?xml)[^>]{0,500}?(?:charset|encoding)\\s*=\\s*[\"']?\\s*([-\\w:.]+)");
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)charset\\s*=\\s*[\"']?\\s*([-\\w:.]+)");

  /**
   * Decodes a page.
   *
   * @param contentType the HTTP header's value, which may name a charset
   */
  static PageCharset decode(byte[] b, String contentType) throws Refused {
    Optional<PageCharset> marked = byMark(b);
    if (marked.isPresent()) {
      return checked(marked.get());
    }
    Set<Charset> declared = new LinkedHashSet<>();
    named(PARAMETER, contentType).ifPresent(declared::add);
    String head =
        new String(b, 0, Math.min(b.length, DECLARED_WITHIN), StandardCharsets.ISO_8859_1);
    // A declaration that we can read as ASCII is not in UTF-16, whatever it says.
    named(META, head)
        .map(c -> c.name().startsWith("UTF-16") ? StandardCharsets.UTF_8 : c)
        .ifPresent(declared::add);
    if (declared.isEmpty() || !declared.contains(StandardCharsets.UTF_8)) {
      Optional<PageCharset> utf8 = surelyUtf8(b);
      if (utf8.isPresent()) {
        return utf8.get();
      }
    }
    for (Charset charset : declared) {
      PageCharset decoded = decode(b, 0, charset);
      if (decoded.damage() <= MAX_DAMAGE) {
        return decoded;
      }
    }
    return checked(decode(b, 0, detected(b)));
  }

  /** Decodes what is known to be UTF-8. */
  static PageCharset utf8(byte[] b) throws Refused {
    Optional<PageCharset> marked = byMark(b);
    return checked(marked.orElseGet(() -> decode(b, 0, StandardCharsets.UTF_8)));
  }

  private static PageCharset checked(PageCharset decoded) throws Refused {
    double damage = decoded.damage();
    if (damage > MAX_DAMAGE) {
      String detail = "%.2f %% of the characters are not %s";
      throw new Refused(Reason.INVALID_ENCODING, detail.formatted(100 * damage, decoded.name()));
    }
    return decoded;
  }

  private static PageCharset decode(byte[] b, int from, Charset charset) {
    return new PageCharset(charset.name(), new String(b, from, b.length - from, charset));
  }

  /** Share of characters that could not be decoded. */
  private double damage() {
    long bad = text.chars().filter(c -> c == '\uFFFD').count();
    return bad == 0 ? 0 : (double) bad / text.length();
  }

  private static Optional<PageCharset> byMark(byte[] b) {
    return Mark.of(b).map(mark -> decode(b, mark.length(), mark.charset()));
  }

  private static Optional<PageCharset> surelyUtf8(byte[] b) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b)).toString();
      int wide = 0;
      for (int i = 0; i < text.length() && wide < SURELY_UTF8; i++) {
        wide += text.charAt(i) > 0x7F ? 1 : 0;
      }
      return wide < SURELY_UTF8 ? Optional.empty() : Optional.of(new PageCharset("UTF-8", text));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Charset> named(Pattern pattern, String in) {
    Matcher matcher = pattern.matcher(in);
    return matcher.find() ? CharsetLabels.web(matcher.group(1)) : Optional.empty();
  }

  private static Charset detected(byte[] b) {
    CharsetDetector detector = new CharsetDetector();
    detector.enableInputFilter(true);
    detector.setText(Arrays.copyOf(b, Math.min(b.length, DETECTED_WITHIN)));
    CharsetMatch match = detector.detect();
    String name = match == null ? "UTF-8" : match.getName();
    return CharsetLabels.web(name).orElse(StandardCharsets.UTF_8);
  }
}
