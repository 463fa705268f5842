package org.gristmill.filters;

import static org.gristmill.filters.Judging.judge;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The advertising filter on made-up documents, and on real ones that do not advertise. */
class AdvertisingTest {
  /** Of one half of the sample: advertisements found, all, clean documents dropped, all. */
  private record Score(int found, int ads, int wrong, int clean) {
    double precision() {
      return (double) found / (found + wrong);
    }

    double recall() {
      return (double) found / ads;
    }
  }

  private static Score score(String half) {
    int[] counts = new int[4];
    for (String line : Resources.lines("advertising-sample.tsv")) {
      String[] columns = line.split("\t");
      if (columns[0].equals(half)) {
        boolean dropped =
            judge(Advertising.DEFAULT, columns[3].replace(" / ", "\n")) instanceof Verdict.Drop;
        boolean ad = columns[1].equals("ad");
        counts[ad ? 1 : 3]++;
        counts[ad ? 0 : 2] += dropped ? 1 : 0;
      }
    }
    return new Score(counts[0], counts[1], counts[2], counts[3]);
  }

  @Test
  void findsAdvertisementsItWasNotTunedOn() {
    Score tuned = score("tune");
    Score held = score("held");
    assertTrue(tuned.precision() >= 0.95, tuned.toString());
    assertTrue(tuned.recall() >= 0.9, tuned.toString());
    assertTrue(held.precision() >= 0.95, held.toString());
    assertTrue(held.recall() >= 0.7, held.toString());
  }

  @Test
  void wordsAreWhole() {
    String text = "He said it was discountable at www.a.com, or not. ";
    assertEquals(0, number(Advertising.DEFAULT, text, "advertising.ad-sentences"));
    assertEquals(
        1,
        number(
            Advertising.DEFAULT,
            "He said: DISCOUNT at www.a.com, or not. ",
            "advertising.ad-sentences"));
  }

  @Test
  void heapsOfKeywordsAdvertise() {
    String heap = "red shoes, blue shoes, shoes online, shoes, kids shoes, old shoes, my shoes, x";
    assertEquals("advertising.ad-share", rule(new Advertising(0.25, 0.5, 1), heap));
    String list = "apples, pears, plums, figs, dates, grapes, melons, cherries, quinces, limes";
    assertEquals("", rule(new Advertising(0.25, 0.5, 1), list));
  }

  /** Books, licences and encyclopedias do not advertise. */
  @Test
  void keepsRealTextsThatDoNotAdvertise() throws IOException {
    List<String> wrong = new ArrayList<>();
    int all = 0;
    for (String text : RealTexts.texts()) {
      all++;
      if (judge(Advertising.DEFAULT, text) instanceof Verdict.Drop drop) {
        wrong.add(
            drop.rule()
                + " "
                + drop.measured()
                + " "
                + text.substring(0, Math.min(60, text.length())));
      }
    }
    assertTrue(wrong.size() <= 0.03 * all, wrong.toString());
  }
}
