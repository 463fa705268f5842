package org.gristmill.tokenize.huggingface;

import org.gristmill.tokenize.model.Bytes;
import org.gristmill.tokenize.model.Utf8;

/** The first steps of BERT's normalizer, in one pass. */
final class BertText {
  private BertText() {}

  /** Drops controls and makes every white space a space; puts spaces around Chinese characters. */
  static void clean(Draft draft, boolean clean, boolean chinese) {
    byte[] text = draft.text();
    int length = draft.length();
    Bytes out = draft.out();
    for (int i = 0; i < length; ) {
      byte b = text[i];
      if (b >= ' ' && b < 0x7F) {
        out.add(b);
        i++;
        continue;
      }
      int c = Utf8.codePoint(text, i);
      int end = i + Utf8.length(b);
      if (clean && isDropped(c)) {
        if (i == 0) {
          draft.beheaded();
        }
      } else if (clean && CodePoints.is(c, CodePoints.SPACE)) {
        out.add(' ');
      } else if (chinese && isChinese(c)) {
        out.add(' ');
        out.addAll(text, i, end);
        out.add(' ');
      } else {
        out.addAll(text, i, end);
      }
      i = end;
    }
    draft.done();
  }

  private static boolean isDropped(int c) {
    boolean kept = c == '\t' || c == '\n' || c == '\r';
    return c == 0 || c == 0xFFFD || !kept && CodePoints.is(c, CodePoints.CONTROL);
  }

  /**
   * The blocks that the reference takes for Chinese; one range of extension E is not among them.
   */
  private static boolean isChinese(int c) {
    return c >= 0x4E00 && c <= 0x9FFF
        || c >= 0x3400 && c <= 0x4DBF
        || c >= 0x20000 && c <= 0x2A6DF
        || c >= 0x2A700 && c <= 0x2B81F
        || c >= 0x2B920 && c <= 0x2CEAF
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0x2F800 && c <= 0x2FA1F;
  }
}
