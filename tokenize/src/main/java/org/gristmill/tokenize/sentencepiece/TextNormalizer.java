package org.gristmill.tokenize.sentencepiece;

import org.gristmill.tokenize.model.Bytes;
import org.gristmill.tokenize.model.Charsmap;
import org.gristmill.tokenize.model.Trie;
import org.gristmill.tokenize.model.Utf8;

/**
 * Rewrites a text by the rules of a model, and marks its spaces.
 *
 * @see <a
 *     href="https://github.com/google/sentencepiece/blob/master/src/normalizer.cc">SentencePiece's
 *     normalizer</a>
 */
final class TextNormalizer {
  /** U+2581, which stands for a space. */
  static final byte[] MARK = {(byte) 0xE2, (byte) 0x96, (byte) 0x81};

  private static final byte[] PLAIN = {' '};

  private final Spec.Normalization spec;
  private final boolean spaceAsSuffix;
  private final Charsmap rules;
  private final Trie kept;
  private final byte[] space;

  /**
   * @param kept symbols that are left as they are, with ids of no meaning
   */
  TextNormalizer(Spec.Normalization spec, boolean spaceAsSuffix, Trie kept) {
    this.spec = spec;
    this.spaceAsSuffix = spaceAsSuffix;
    this.rules = spec.charsmap().length == 0 ? null : new Charsmap(spec.charsmap());
    this.kept = kept;
    this.space = spec.escapeSpaces() ? MARK : PLAIN;
  }

  /** Adds a text, rewritten, to {@code out}, which is empty. */
  void normalize(byte[] text, Bytes out) {
    int at = spec.removeExtra() ? leadingSpaces(text) : 0;
    if (at == text.length) {
      return;
    }
    if (!spaceAsSuffix && spec.dummyPrefix()) {
      out.addAll(space, 0, space.length);
    }
    boolean afterSpace = spec.removeExtra();
    while (at < text.length) {
      byte b = text[at];
      if (b > ' ' && !kept.starts(b) && (rules == null || !rules.starts(b))) {
        out.add(b);
        at++;
        afterSpace = false;
        continue;
      }
      int end = keptEnd(text, at);
      long rule = end < 0 && rules != null ? rules.longest(text, at, text.length) : 0;
      if (rule != 0) {
        int place = (int) rule;
        afterSpace = write(rules.blob(), place, rules.end(place), afterSpace, out);
        at += (int) (rule >>> 32);
      } else {
        int next = end >= 0 ? end : at + Utf8.length(b);
        afterSpace = write(text, at, next, afterSpace, out);
        at = next;
      }
    }
    while (spec.removeExtra() && out.endsWith(space)) {
      out.truncate(out.size() - space.length);
    }
    if (spaceAsSuffix && spec.dummyPrefix()) {
      out.addAll(space, 0, space.length);
    }
  }

  private int keptEnd(byte[] text, int at) {
    return kept.starts(text[at] & 0xFF) ? kept.longest(text, at, text.length) : -1;
  }

  private int leadingSpaces(byte[] text) {
    int at = 0;
    while (at < text.length) {
      int end = keptEnd(text, at);
      long rule = end < 0 && rules != null ? rules.longest(text, at, text.length) : 0;
      int place = (int) rule;
      boolean isSpace;
      int next;
      if (rule != 0) {
        isSpace = rules.end(place) == place + 1 && rules.blob()[place] == ' ';
        next = at + (int) (rule >>> 32);
      } else {
        next = end >= 0 ? end : at + Utf8.length(text[at]);
        isSpace = next == at + 1 && text[at] == ' ';
      }
      if (!isSpace) {
        break;
      }
      at = next;
    }
    return at;
  }

  /** Writes a range, its spaces marked; whether a space that follows would be one too many. */
  private boolean write(byte[] from, int start, int end, boolean afterSpace, Bytes out) {
    int i = start;
    while (afterSpace && i < end && from[i] == ' ') {
      i++;
    }
    if (i == end) {
      return afterSpace;
    }
    for (int j = i; j < end; j++) {
      if (from[j] == ' ') {
        out.addAll(space, 0, space.length);
      } else {
        out.add(from[j]);
      }
    }
    return spec.removeExtra() && from[end - 1] == ' ';
  }
}
