package org.gristmill.sources.html;

/**
 * What can be counted in one block of text, in a single pass over its characters. A word is a run
 * of letters and digits; in scripts without spaces, each character is one.
 */
final class HtmlWords {
  /** Only texts up to this size are searched for phrases. */
  private static final int SHORT = 80;

  private static final HtmlNumbers NOTHING = new HtmlNumbers();

  private final HtmlNumbers title;
  private final HtmlNumbers described;

  /**
   * Characters with runs of white space counted once; an ideograph says as much as three letters.
   */
  int size;

  int linked;
  int links;

  /** Characters, dashes and mere anchors in the addresses that its links lead to. */
  int hrefLength;

  int hrefDashes;
  int anchors;
  int words;
  int commas;
  int sentences;
  int digits;
  int upper;
  int letters;
  int symbols;
  int currency;
  int inTitle;
  int inDescription;
  int phrases;

  /** 2 if the last character ends a sentence, 1 if it is a colon, 0 otherwise. */
  int ending;

  /** Of the whole text, to find it again. */
  long hash;

  private boolean space = true;
  private boolean spaceLinked;
  private boolean inLink;
  private int wordHash;
  private int lastWord;
  private int lastWide;

  HtmlWords(HtmlNumbers title, HtmlNumbers described) {
    this.title = title;
    this.described = described;
  }

  /** The words of a text, for {@link #inTitle}. */
  static HtmlNumbers set(String text) {
    HtmlNumbers set = new HtmlNumbers();
    HtmlWords words = new HtmlWords(set, NOTHING);
    words.collect = set;
    words.add(text.toCharArray(), 0, text.length(), Linked.NO);
    words.done();
    return set;
  }

  /** The pairs of neighbouring words of a text, for {@link #inDescription}. */
  static void pairs(String text, HtmlNumbers pairs) {
    HtmlWords words = new HtmlWords(NOTHING, NOTHING);
    words.collectPairs = pairs;
    words.add(text.toCharArray(), 0, text.length(), Linked.NO);
    words.done();
  }

  private HtmlNumbers collect = null;
  private HtmlNumbers collectPairs = null;

  enum Linked {
    YES,
    NO
  }

  void add(char[] text, int from, int to, Linked link) {
    inLink = link == Linked.YES;
    for (int i = from; i < to; i++) {
      add(text[i]);
    }
  }

  /** White space or a line break between texts. */
  void space(Linked link) {
    inLink = link == Linked.YES;
    add(' ');
  }

  void done() {
    endWord();
    if (space && size > 0) {
      size--;
      linked -= spaceLinked ? 1 : 0;
    }
  }

  private void add(char c) {
    if (c <= ' ' || c == '\u00a0') {
      if (!space) {
        size++;
        linked += inLink ? 1 : 0;
        spaceLinked = inLink;
      }
      space = true;
      endWord();
      return;
    }
    space = false;
    boolean wide = c >= '\u2e80' && c <= '\ud7ff' && (c < '\uac00' || c > '\ud7a3');
    int weight = c >= '\u2e80' && c <= '\ud7ff' ? 3 : 1;
    size += weight;
    linked += inLink ? weight : 0;
    hash = hash * 1_000_003 + c;
    if (c < 128 ? c >= 'a' && c <= 'z' : !wide && Character.isLetter(c)) {
      boolean up = c >= 128 && Character.isUpperCase(c);
      letter(up ? Character.toLowerCase(c) : c);
      upper += up ? 1 : 0;
      letters++;
    } else if (c >= 'A' && c <= 'Z') {
      letter((char) (c + 32));
      upper++;
      letters++;
    } else if (c >= '0' && c <= '9') {
      letter(c);
      digits++;
    } else if (wide && c >= '\u3040') {
      wide(c);
    } else {
      mark(c);
    }
  }

  private void letter(char c) {
    wordHash = wordHash * 31 + c;
    ending = 0;
  }

  private void wide(char c) {
    endWord();
    letters++;
    if (lastWide != 0 && size <= SHORT) {
      phrases |= HtmlPhrase.of(lastWide * 31 + c);
    }
    wordHash = c;
    endWord();
    lastWide = c;
    ending = 0;
  }

  private void mark(char c) {
    endWord();
    lastWide = 0;
    switch (c) {
      case ',', ';', '\uff0c', '\u3001', '\u060c', '\u061b', '\u104a', '\uff1b' -> commas++;
      case '.',
          '!',
          '?',
          '\u3002',
          '\uff01',
          '\uff1f',
          '\u061f',
          '\u06d4',
          '\u0964',
          '\u104b',
          '\u2026' -> {
        sentences++;
        ending = 2;
        return;
      }
      case ':', '\uff1a' -> {
        ending = 1;
        return;
      }
      case '"', '\'', ')', '\u201d', '\u2019', '\u00bb', '\u300d', '\u201c', ']' -> {
        return;
      }
      case '$', '\u20ac', '\u00a3', '\u00a5', '\uffe5', '\u20b9', '\u20bd', '\u20a9' -> currency++;
      case '\u00a9' -> phrases |= HtmlPhrase.of(c);
      case '|',
          '/',
          '\u00b7',
          '\u2022',
          '>',
          '\u203a',
          '\u2192',
          '+',
          '#',
          '@',
          '\u2605',
          '\u25bc' ->
          symbols++;
      default -> {}
    }
    ending = 0;
  }

  private void endWord() {
    if (wordHash == 0) {
      return;
    }
    words++;
    phrases |= size <= SHORT ? HtmlPhrase.of(wordHash) : 0;
    int pair = lastWord * 7919 + wordHash;
    inTitle += title.contains(wordHash) ? 1 : 0;
    inDescription += described.contains(pair) ? 1 : 0;
    if (collect != null) {
      collect.number(wordHash);
    }
    if (collectPairs != null) {
      collectPairs.number(pair);
    }
    lastWord = wordHash;
    wordHash = 0;
  }
}
