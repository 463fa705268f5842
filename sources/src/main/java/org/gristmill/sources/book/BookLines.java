package org.gristmill.sources.book;

import java.util.Arrays;

/**
 * Mends Chinese and Japanese books whose PDF parser took every line for a paragraph, as happens
 * where lines stand wide apart.
 */
final class BookLines {
  /** Longest line that a page has room for, in characters; above it paragraphs are whole. */
  private static final int MAX_LINE = 80;

  /** How much shorter than a full line a broken one may be. */
  private static final int SLACK = 4;

  private static final String ENDS = "。！？!?：:；;…”』」》）)";

  private BookLines() {}

  /** Joins a line with the next where it is full and stops inside a sentence. */
  static String joined(String text) {
    String[] paragraphs = text.split("\n\n");
    int[] lengths = Arrays.stream(paragraphs).mapToInt(String::length).sorted().toArray();
    int full = lengths[lengths.length * 3 / 4];
    if (full > MAX_LINE) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < paragraphs.length; i++) {
      boolean joins =
          i > 0
              && Math.abs(paragraphs[i - 1].length() - full) <= SLACK
              && stopsInside(paragraphs[i - 1])
              && !paragraphs[i].isEmpty()
              && BookText.isUnspaced(paragraphs[i].charAt(0));
      out.append(i == 0 || joins ? "" : "\n\n").append(paragraphs[i]);
    }
    return out.toString();
  }

  private static boolean stopsInside(String line) {
    if (line.isEmpty()) {
      return false;
    }
    char last = line.charAt(line.length() - 1);
    return BookText.isUnspaced(last) && ENDS.indexOf(last) < 0;
  }
}
