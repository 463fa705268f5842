package org.gristmill.dedup.contamination;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What {@link Units} are, by the whole text normalized at once and sets of characters. */
final class PlainUnits {
  private static final UnicodeSet CHARACTERS =
      new UnicodeSet(
              "[[:scx=Hani:][:scx=Hira:][:scx=Kana:][:scx=Bopo:][:scx=Yiii:][:scx=Thai:]"
                  + "[:scx=Laoo:][:scx=Khmr:][:scx=Mymr:][:scx=Tibt:][:scx=Java:][:scx=Bali:]"
                  + "[:scx=Tale:][:scx=Talu:][:scx=Lana:][:scx=Tavt:]]")
          .retainAll(new UnicodeSet("[[:L:]-[\u02BC]]"));
  private static final UnicodeSet WORDS =
      new UnicodeSet("[[:L:][:N:]-[\u02BC]]").removeAll(CHARACTERS);
  private static final UnicodeSet LETTERS = new UnicodeSet("[:L:]").retainAll(WORDS);
  private static final UnicodeSet DIGITS = new UnicodeSet("[:N:]");
  private static final UnicodeSet MARKS = new UnicodeSet("[:M:]");
  private static final Pattern APOSTROPHES =
      Pattern.compile(
          "(?<=" + set(LETTERS, MARKS) + ")['\u2018\u2019\u02BC](?=" + set(LETTERS) + ")");
  private static final Pattern COMMAS =
      Pattern.compile("(?<=D),(?=D{3}(?!D))".replace("D", set(DIGITS)));

  private PlainUnits() {}

  static List<String> of(String text) {
    String folded = Normalizer2.getNFKCCasefoldInstance().normalize(text);
    String left = COMMAS.matcher(APOSTROPHES.matcher(folded).replaceAll("")).replaceAll("");
    UnicodeSet inWords = new UnicodeSet(WORDS).addAll(MARKS);
    List<String> units = new ArrayList<>();
    for (int at = 0; at < left.length(); ) {
      int c = left.codePointAt(at);
      int next = at + Character.charCount(c);
      if (CHARACTERS.contains(c)) {
        next = MARKS.span(left, next, UnicodeSet.SpanCondition.CONTAINED);
        units.add(left.substring(at, next));
      } else if (WORDS.contains(c)) {
        next = inWords.span(left, next, UnicodeSet.SpanCondition.CONTAINED);
        units.add(left.substring(at, next));
      }
      at = next;
    }
    return units;
  }

  private static String set(UnicodeSet... sets) {
    UnicodeSet all = new UnicodeSet();
    for (UnicodeSet set : sets) {
      all.addAll(set);
    }
    StringBuilder regex = new StringBuilder("[");
    for (UnicodeSet.EntryRange range : all.ranges()) {
      regex.append("\\x{%x}-\\x{%x}".formatted(range.codepoint, range.codepointEnd));
    }
    return regex.append(']').toString();
  }
}
