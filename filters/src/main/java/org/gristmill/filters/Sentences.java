package org.gristmill.filters;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

/** Counts sentences by Unicode's sentence boundaries (UAX #29 as ICU tailors it). */
final class Sentences {
  private final BreakIterator icu = BreakIterator.getSentenceInstance(ULocale.ROOT);

  /** Sentences of a line; white space alone is none. */
  int in(String line) {
    icu.setText(line);
    int count = 0;
    int from = icu.first();
    for (int to = icu.next(); to != BreakIterator.DONE; to = icu.next()) {
      if (!PythonText.strip(line.substring(from, to)).isEmpty()) {
        count++;
      }
      from = to;
    }
    return count;
  }
}
