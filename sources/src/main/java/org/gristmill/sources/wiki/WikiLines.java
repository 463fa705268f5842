package org.gristmill.sources.wiki;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.parser.Parser;

/** The pass of {@link Wikitext} that turns lines into headings, list items and paragraphs. */
final class WikiLines {
  private WikiLines() {}

  /** A heading that waits for text below it. */
  private record Heading(int level, String text) {}

  /**
   * Writes the lines anew: headings and paragraphs with a blank line between, list items as {@code
   * - item}, nothing for rules, empty items, and headings without text below.
   */
  static String tidy(String text) {
    StringBuilder out = new StringBuilder(text.length());
    List<Heading> waiting = new ArrayList<>();
    boolean blank = true;
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      String line = text.substring(from, end).strip();
      from = end + 1;
      int level = level(line);
      if (level > 0) {
        while (!waiting.isEmpty() && waiting.get(waiting.size() - 1).level() >= level) {
          waiting.remove(waiting.size() - 1);
        }
        waiting.add(new Heading(level, line.substring(level, line.length() - level).strip()));
        blank = true;
        continue;
      }
      String words = words(line);
      if (words.isEmpty()) {
        blank = true;
        continue;
      }
      for (Heading heading : waiting) {
        paragraph(out, clean(heading.text()), true);
        blank = true;
      }
      waiting.clear();
      paragraph(out, words, blank);
      blank = false;
    }
    return out.toString();
  }

  private static void paragraph(StringBuilder out, String text, boolean blank) {
    if (text.isEmpty()) {
      return;
    }
    if (out.length() > 0) {
      out.append(blank ? "\n\n" : "\n");
    }
    out.append(text);
  }

  /** Number of equals signs around a heading, 0 for any other line. */
  private static int level(String line) {
    int level = 0;
    while (level < 6
        && 2 * level + 2 < line.length()
        && line.charAt(level) == '='
        && line.charAt(line.length() - 1 - level) == '=') {
      level++;
    }
    return level;
  }

  private static String words(String line) {
    int marks = 0;
    while (marks < line.length() && "*#:;".indexOf(line.charAt(marks)) >= 0) {
      marks++;
    }
    String rest = clean(line.substring(marks));
    if (rest.startsWith("----") || rest.isEmpty()) {
      return "";
    }
    boolean item = line.substring(0, marks).indexOf('*') >= 0 || line.startsWith("#");
    if (item && rest.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return "";
    }
    return item ? "- " + rest : rest;
  }

  /** Decodes entities, and closes the gaps that removed templates leave. */
  private static String clean(String line) {
    String text = line.indexOf('&') < 0 ? line : Parser.unescapeEntities(line, false);
    text = text.replace('\u00A0', ' ').replace("()", "").replace("（）", "").replace("( )", "");
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\t';
      if (!space || out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
        out.append(space ? ' ' : c);
      }
    }
    return out.toString().strip();
  }
}
