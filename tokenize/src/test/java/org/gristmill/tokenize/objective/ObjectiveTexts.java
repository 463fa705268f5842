package org.gristmill.tokenize.objective;

import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Text;

/** Documents of some sentences in several scripts. */
final class ObjectiveTexts {
  private static final String[] WORDS = {
    "mill", "stone", "grinds", "the", "grain", "of", "a", "river", "slowly", "unbelievable"
  };

  private ObjectiveTexts() {}

  static List<Passage> passages(int count, int mostSentences) {
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "doc-" + i;
      Chance chance = new Chance(7, id);
      StringBuilder text = new StringBuilder();
      int sentences = chance.between(1, mostSentences);
      for (int s = 0; s < sentences; s++) {
        text.append(s == 0 ? "" : i % 4 == 1 ? "\n" : " ").append(sentence(i, chance));
      }
      passages.add(new Passage(id, Text.of(text.toString())));
    }
    return passages;
  }

  private static String sentence(int document, Chance chance) {
    if (document % 5 == 4) {
      return "磨坊磨谷物".substring(0, chance.between(1, 5)) + "。";
    }
    StringBuilder sentence = new StringBuilder("Mr");
    for (int words = chance.between(1, 9); words > 0; words--) {
      sentence.append(' ').append(WORDS[chance.below(WORDS.length)]);
    }
    return sentence.append(document % 7 == 3 ? " 🌾!" : ".").toString();
  }
}
