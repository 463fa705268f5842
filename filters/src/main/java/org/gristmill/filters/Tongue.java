package org.gristmill.filters;

import com.ibm.icu.lang.UScript;
import java.util.Set;
import org.gristmill.core.Document;

/**
 * The language by whose limits a document is judged.
 *
 * <p>That is the document's own if it has been identified. If not, a text in Latin letters or none
 * is judged as English, and the script decides for the others: Han is Chinese, with kana Japanese,
 * and Thai, Lao, Khmer, Burmese, Tibetan, Korean and Bengali have scripts of their own; any other
 * stays {@link Document#UNDETERMINED}.
 *
 * @param code ISO 639-1 code
 * @param unspaced whether its words stand side by side without spaces
 */
record Tongue(String code, boolean unspaced) {
  static final Tongue ENGLISH = new Tongue("en", false);
  private static final Set<String> UNSPACED = Set.of("zh", "ja", "th", "lo", "km", "my", "bo");

  /** A text with a smaller share of bytes that continue a character is Latin, or has no letters. */
  private static final double LEAST_CONTINUED = 0.12;

  static Tongue of(Document document, Scan scan) {
    String language = document.language();
    if (!language.equals(Document.UNDETERMINED)) {
      return of(language);
    }
    double continued = Rules.share(scan.bytes().length - scan.chars(), scan.bytes().length);
    return continued < LEAST_CONTINUED ? ENGLISH : of(byScript(scan.bytes()));
  }

  /** That of a language's code, with or without subtags. */
  static Tongue of(String language) {
    String code = Language.primary(language);
    return code.equals("en") ? ENGLISH : new Tongue(code, UNSPACED.contains(code));
  }

  private static String byScript(byte[] text) {
    ScriptCounts counts = new ScriptCounts();
    for (int i = 0; i < text.length; i += Utf8.length(text[i])) {
      counts.add(Utf8.codePoint(text, i), 1);
    }
    return switch (counts.main()) {
      case UScript.LATIN, UScript.COMMON -> "en";
      case UScript.HAN -> "zh";
      case UScript.HIRAGANA -> "ja";
      case UScript.THAI -> "th";
      case UScript.LAO -> "lo";
      case UScript.KHMER -> "km";
      case UScript.MYANMAR -> "my";
      case UScript.TIBETAN -> "bo";
      case UScript.HANGUL -> "ko";
      case UScript.BENGALI -> "bn";
      default -> Document.UNDETERMINED;
    };
  }

  /** How words are told apart: by the splitter for languages with spaces, else by Unicode's. */
  Splitter splitter(Splitter spaced, Limits limits) {
    return unspaced && limits == Limits.BY_LANGUAGE ? Splitter.UNICODE : spaced;
  }
}
