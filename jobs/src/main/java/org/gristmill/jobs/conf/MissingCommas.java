package org.gristmill.jobs.conf;

import org.gristmill.jobs.settings.Problems;

/**
 * Finds two objects side by side on one line. HOCON makes one object of {@code { name = a } { name
 * = b }}: of two filters the first would vanish without a word.
 */
final class MissingCommas {
  private MissingCommas() {}

  static void find(String file, String text, Problems problems) {
    int line = 1;
    int variables = 0;
    boolean closed = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
        closed = false;
      } else if (c == '#' || text.startsWith("//", i) && (i == 0 || text.charAt(i - 1) != ':')) {
        i = end(text, "\n", i) - 1;
      } else if (text.startsWith("\"\"\"", i)) {
        int end = end(text, "\"\"\"", i + 3);
        line += (int) text.substring(i, end).chars().filter(x -> x == '\n').count();
        i = end - 1;
        closed = false;
      } else if (c == '"') {
        for (i++; i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n'; i++) {
          i += text.charAt(i) == '\\' ? 1 : 0;
        }
        closed = false;
      } else if (text.startsWith("${", i)) {
        variables++;
        i++;
        closed = false;
      } else if (c == '{') {
        if (closed) {
          problems.add(
              file + ":" + line,
              "",
              "} and { side by side: HOCON makes one object of the two; put a comma between them");
        }
        closed = false;
      } else if (c == '}') {
        closed = variables == 0;
        variables = Math.max(0, variables - 1);
      } else if (c != ' ' && c != '\t' && c != '\r') {
        closed = false;
      }
    }
  }

  /** Behind the next occurrence, or the end of the text. A line break itself is left. */
  private static int end(String text, String what, int from) {
    int at = text.indexOf(what, from);
    return at < 0 ? text.length() : what.equals("\n") ? at : at + what.length();
  }
}
