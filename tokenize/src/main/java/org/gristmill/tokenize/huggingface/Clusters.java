package org.gristmill.tokenize.huggingface;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.nio.charset.StandardCharsets;
import org.gristmill.tokenize.model.Bytes;
import org.gristmill.tokenize.model.Charsmap;
import org.gristmill.tokenize.model.Utf8;

/**
 * Applies a charsmap as the reference does: to whole grapheme clusters of fewer than six bytes
 * where a rule starts them, else to each character.
 */
final class Clusters {
  private static final int LONGEST = 5;

  private static final ThreadLocal<BreakIterator> CLUSTERS =
      ThreadLocal.withInitial(() -> BreakIterator.getCharacterInstance(ULocale.ROOT));

  private Clusters() {}

  static void rewrite(Draft draft, Charsmap rules) {
    byte[] text = draft.text();
    int length = draft.length();
    for (int i = 0; i < length; ) {
      byte b = text[i];
      boolean alone = b >= 0 && b != '\r' && (i + 1 == length || text[i + 1] >= 0);
      int end = alone ? i + 1 : end(text, i, length);
      if (end - i > LONGEST || !apply(rules, text, i, end, draft.out())) {
        while (i < end) {
          int next = i + Utf8.length(text[i]);
          if (!apply(rules, text, i, next, draft.out())) {
            draft.out().addAll(text, i, next);
          }
          i = next;
        }
      }
      i = end;
    }
    draft.done();
  }

  private static boolean apply(Charsmap rules, byte[] text, int from, int to, Bytes out) {
    if (!rules.starts(text[from]) || text[from] == 0) {
      return false;
    }
    long rule = rules.shortest(text, from, to);
    if (rule == 0) {
      return false;
    }
    int place = (int) rule;
    out.addAll(rules.blob(), place, rules.end(place));
    return true;
  }

  /** End of the grapheme cluster that starts at an index. */
  private static int end(byte[] text, int from, int length) {
    int end = from + Utf8.length(text[from]);
    if (end == length || isOther(text, from) && isOther(text, end)) {
      return end;
    }
    BreakIterator clusters = CLUSTERS.get();
    for (int room = 64; ; room *= 4) {
      int stop = end;
      while (stop < length && stop - from < room) {
        stop += Utf8.length(text[stop]);
      }
      String window = new String(text, from, stop - from, StandardCharsets.UTF_8);
      clusters.setText(window);
      int chars = clusters.next();
      if (chars < window.length() || stop == length) {
        return from + window.substring(0, chars).getBytes(StandardCharsets.UTF_8).length;
      }
    }
  }

  private static boolean isOther(byte[] text, int at) {
    int c = Utf8.codePoint(text, at);
    return UCharacter.getIntPropertyValue(c, UProperty.GRAPHEME_CLUSTER_BREAK) == 0;
  }
}
