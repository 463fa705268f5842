package org.gristmill.filters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The sentences of a text, those that advertise, and those of the frame of a page. */
final class AdSentences {
  private static final List<String> PHRASES = new ArrayList<>();
  private static final List<Kind> KINDS = new ArrayList<>();
  private static final PhraseSet SET;

  /** A list of at least so many items, in which one word stands in so large a share of them. */
  private static final int MIN_ITEMS = 8;

  private static final double MIN_REPEATED = 0.4;
  private static final int MAX_ITEM_BYTES = 60;
  private static final int MIN_PHONE_DIGITS = 8;

  static {
    for (String line : Resources.lines("advertising.tsv")) {
      String[] columns = line.split("\t");
      for (String phrase : columns[1].split(" \\| ")) {
        PHRASES.add(phrase);
        KINDS.add(Kind.valueOf(columns[0].toUpperCase(Locale.ROOT)));
      }
    }
    SET = new PhraseSet(PHRASES);
  }

  /** What a phrase says; the head of {@code advertising.tsv} tells more. */
  private enum Kind {
    AD,
    HINT,
    START,
    WE,
    YOU,
    FRAME
  }

  private final byte[] text;
  private int ads;
  private long adChars;
  private long frameChars;
  private long chars;

  private AdSentences(byte[] text) {
    this.text = text;
  }

  static AdSentences in(byte[] text) {
    AdSentences sentences = new AdSentences(text);
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      int end = sentences.endOf(i);
      if (end > 0) {
        sentences.take(start, end);
        start = end;
        i = end - 1;
      }
    }
    sentences.take(start, text.length);
    return sentences;
  }

  /** How many advertise. */
  int ads() {
    return ads;
  }

  long adChars() {
    return adChars;
  }

  long frameChars() {
    return frameChars;
  }

  /** Code points in all sentences, without white space around them. */
  long chars() {
    return chars;
  }

  /** Where the sentence ends that a byte may end, 0 if it ends none. */
  private int endOf(int at) {
    byte b = text[at];
    if (b == '\n' || b == '\r') {
      return at + 1;
    }
    if (b == '.' || b == '!' || b == '?') {
      boolean last = at + 1 == text.length || Utf8.space(text, at + 1) > 0;
      return last ? at + 1 : 0;
    }
    if (b == (byte) 0xE3) {
      return text[at + 1] == (byte) 0x80 && text[at + 2] == (byte) 0x82 ? at + 3 : 0;
    }
    if (b == (byte) 0xEF && text[at + 1] == (byte) 0xBC) {
      int c = text[at + 2] & 0xFF;
      return c == 0x81 || c == 0x9F || c == 0x9B ? at + 3 : 0;
    }
    return 0;
  }

  private void take(int start, int end) {
    int from = Utf8.skipSpace(text, start, end);
    int to = Math.max(from, Utf8.trimEnd(text, from, end));
    int length = Utf8.codePoints(text, from, to);
    chars += length;
    if (length == 0) {
      return;
    }
    BitSet found = new BitSet();
    BitSet kinds = new BitSet();
    SET.find(
        text,
        from,
        to,
        (phrase, s, e) -> {
          Kind kind = KINDS.get(phrase);
          if (kind != Kind.START || s == from) {
            kinds.set(kind.ordinal());
          }
          if (kind == Kind.HINT) {
            found.set(phrase);
          }
        });
    int hints = found.cardinality() + contacts(from, to);
    hints += kinds.get(Kind.START.ordinal()) ? 1 : 0;
    hints += kinds.get(Kind.WE.ordinal()) && kinds.get(Kind.YOU.ordinal()) ? 1 : 0;
    if (kinds.get(Kind.AD.ordinal()) || hints > 1 || isHeap(from, to)) {
      ads++;
      adChars += length;
    } else if (kinds.get(Kind.FRAME.ordinal())) {
      frameChars += length;
    }
  }

  /** How many kinds stand there of prices, telephone numbers, and addresses of web or mail. */
  private int contacts(int from, int to) {
    int digits = 0;
    boolean price = false;
    boolean phone = false;
    boolean address = false;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      boolean digit = b >= '0' && b <= '9';
      phone |= digit && ++digits >= MIN_PHONE_DIGITS;
      price |= digit && isPrice(i, from, to);
      if (!digit && b != '-' && b != ' ' && b != '(' && b != ')' && b != '+') {
        digits = 0;
      }
      address |=
          b == '@' && i > from && i + 1 < to && text[i - 1] > ' ' && text[i + 1] > ' '
              || b == 'w' && i + 4 < to && text[i + 1] == 'w' && text[i + 3] == '.'
              || b == ':' && i + 2 < to && text[i + 1] == '/' && text[i + 2] == '/';
    }
    return (price ? 1 : 0) + (phone ? 1 : 0) + (address ? 1 : 0);
  }

  /** Whether a digit is the first behind a sign of a currency, or the last before 元. */
  private boolean isPrice(int at, int from, int to) {
    int before = at - 1 > from && text[at - 1] == ' ' ? at - 1 : at;
    if (before > from) {
      int sign = Utf8.codePoint(text, Utf8.before(text, before));
      if (sign == '$' || sign == '£' || sign == '€' || sign == '¥' || sign == '￥') {
        return true;
      }
    }
    return at + 1 < to && text[at + 1] < 0 && Utf8.codePoint(text, at + 1) == '元';
  }

  /** Whether it is a list of short items in which one word comes again and again. */
  private boolean isHeap(int from, int to) {
    int separators = 0;
    for (int i = from; i < to; i++) {
      separators += text[i] == ',' || text[i] == '|' || isEnumeration(i) ? 1 : 0;
    }
    if (separators + 1 < MIN_ITEMS || (to - from) / (separators + 1) > MAX_ITEM_BYTES) {
      return false;
    }
    String line = new String(text, from, to - from, StandardCharsets.UTF_8);
    String[] items = line.toLowerCase(Locale.ROOT).split("[,|、，]");
    Map<String, Integer> counts = new HashMap<>();
    for (String item : items) {
      List<String> words = List.of(item.strip().split("(?<=\\p{IsHan})(?=\\p{IsHan})| +"));
      words.stream()
          .filter(w -> w.length() > 2 || isHan(w))
          .distinct()
          .forEach(w -> counts.merge(w, 1, Integer::sum));
    }
    int most = counts.values().stream().mapToInt(c -> c).max().orElse(0);
    return most >= MIN_REPEATED * items.length && most >= MIN_ITEMS / 2;
  }

  private static boolean isHan(String word) {
    return !word.isEmpty()
        && Character.UnicodeScript.of(word.codePointAt(0)) == Character.UnicodeScript.HAN;
  }

  private boolean isEnumeration(int at) {
    return text[at] == (byte) 0xE3 && text[at + 1] == (byte) 0x80 && text[at + 2] == (byte) 0x81
        || text[at] == (byte) 0xEF && text[at + 1] == (byte) 0xBC && text[at + 2] == (byte) 0x8C;
  }
}
