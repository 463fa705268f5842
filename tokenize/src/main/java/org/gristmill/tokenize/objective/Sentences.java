package org.gristmill.tokenize.objective;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gristmill.core.Text;

/**
 * The sentences of a text, in any script: Unicode's default rules, which also end one at a line's
 * end. Together they are the text without the space around them.
 *
 * @see <a href="https://unicode.org/reports/tr29/#Sentence_Boundaries">UAX #29</a>
 */
final class Sentences {
  private Sentences() {}

  static List<Text> of(Text text) {
    String string = text.toString();
    BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ROOT);
    ends.setText(string);
    List<Text> sentences = new ArrayList<>();
    int from = ends.first();
    for (int to = ends.next(); to != BreakIterator.DONE; to = ends.next()) {
      String sentence = string.substring(from, to).strip();
      if (!sentence.isEmpty()) {
        sentences.add(Text.of(sentence));
      }
      from = to;
    }
    return sentences;
  }
}
