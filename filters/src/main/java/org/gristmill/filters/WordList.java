package org.gristmill.filters;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gristmill.core.SettingError;

/**
 * Words and phrases to find in texts, whatever their case, width and white space (Unicode's
 * NFKC_Casefold). A match is whole: where it begins and ends no letter, mark or digit goes on,
 * unless one of the two belongs to a script that is written without spaces. Of matches that overlap
 * the first counts, of those that begin together the longest.
 */
final class WordList {
  /**
   * What was found.
   *
   * @param matches how many
   * @param chars code points in them, white space not counted
   * @param allChars code points of the text, white space not counted
   */
  record Found(int matches, int chars, int allChars) {}

  private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();
  private static final Map<ListFile, WordList> MADE = new ConcurrentHashMap<>();
  private static final int CODE_POINT_BITS = 21;
  private static final List<Integer> UNSPACED =
      List.of(
          UScript.HAN,
          UScript.HIRAGANA,
          UScript.KATAKANA,
          UScript.THAI,
          UScript.LAO,
          UScript.KHMER,
          UScript.MYANMAR,
          UScript.TIBETAN);

  /** From a state and a code point to the next state; a tree with its root at 0. */
  private final Map<Long, Integer> next = new HashMap<>();

  private final BitSet ends = new BitSet();
  private final BitSet first = new BitSet();

  private WordList(String setting, ListFile file) {
    int states = 1;
    for (ListFile.Entry entry : file.entries(setting)) {
      int[] word = folded(entry.text());
      if (word.length == 0) {
        throw file.refused(setting, entry, "must have words that are seen");
      }
      first.set(word[0]);
      int state = 0;
      for (int c : word) {
        Integer known = next.putIfAbsent(edge(state, c), states);
        state = known == null ? states++ : known;
      }
      ends.set(state);
    }
  }

  /**
   * The words of a file; made once in a JVM.
   *
   * @throws SettingError if the file is no such list
   */
  static WordList of(String setting, ListFile file) {
    return MADE.computeIfAbsent(file, f -> new WordList(setting, f));
  }

  private static long edge(int state, int c) {
    return (long) state << CODE_POINT_BITS | c;
  }

  /** Folded code points, with one space for all white space in a row and none at the ends. */
  private static int[] folded(String text) {
    int[] all = FOLD.normalize(text).codePoints().toArray();
    int n = 0;
    for (int c : all) {
      boolean space = UCharacter.isUWhiteSpace(c);
      if (!space || n > 0 && all[n - 1] != ' ') {
        all[n++] = space ? ' ' : c;
      }
    }
    return Arrays.copyOf(all, n > 0 && all[n - 1] == ' ' ? n - 1 : n);
  }

  /** Looks for all of them. */
  Found in(String text) {
    int[] chars = folded(text);
    int matches = 0;
    int inMatches = 0;
    int at = 0;
    while (at < chars.length) {
      int end = first.get(chars[at]) && isEdge(chars, at) ? end(chars, at) : at;
      if (end > at) {
        matches++;
        inMatches += solid(chars, at, end);
        at = end;
      } else {
        at++;
      }
    }
    return new Found(matches, inMatches, solid(chars, 0, chars.length));
  }

  /** The end of the longest whole word that begins at a place, or that place. */
  private int end(int[] chars, int from) {
    int end = from;
    Integer state = 0;
    for (int i = from; i < chars.length; i++) {
      state = next.get(edge(state, chars[i]));
      if (state == null) {
        break;
      }
      if (ends.get(state) && isEdge(chars, i + 1)) {
        end = i + 1;
      }
    }
    return end;
  }

  /** Whether no word goes on from before a place to behind it. */
  private static boolean isEdge(int[] chars, int at) {
    return at == 0
        || at == chars.length
        || !isWord(chars[at - 1])
        || !isWord(chars[at])
        || isUnspaced(chars[at - 1])
        || isUnspaced(chars[at]);
  }

  private static boolean isWord(int c) {
    return c < 0x80
        ? ScriptCounts.isAsciiLetter(c) || c >= '0' && c <= '9'
        : UCharacter.isLetterOrDigit(c)
            || UCharacter.hasBinaryProperty(c, UProperty.GRAPHEME_EXTEND)
            || UCharacter.hasBinaryProperty(c, UProperty.ALPHABETIC);
  }

  private static boolean isUnspaced(int c) {
    return c >= 0x0E00 && UNSPACED.contains(UScript.getScript(c));
  }

  private static int solid(int[] chars, int from, int to) {
    int solid = 0;
    for (int i = from; i < to; i++) {
      solid += chars[i] == ' ' ? 0 : 1;
    }
    return solid;
  }
}
