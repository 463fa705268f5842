package org.gristmill.dedup.lines;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gristmill.core.Text;

/** What a unit is and what of it counts. */
public enum Rule {
  /** A line, ended by a line feed; blanks around it do not count. */
  LINE(1, Rule::lines, String::strip),

  /** What stands between blank lines; how its words are spaced and wrapped does not count. */
  PARAGRAPH(1, Rule::paragraphs, Rule::spaced),

  /**
   * Three sentences in a row (C4); every run of three is a unit, so units overlap. Sentences are
   * those of UAX #29, and a line feed ends one; how words and sentences are spaced does not count.
   *
   * @see <a href="https://jmlr.org/papers/v21/20-074.html">Raffel et al. 2020, section 2.2</a>
   */
  THREE_SENTENCES(3, Rule::sentences, Rule::spaced),

  /**
   * A line, ended by a line feed, as CCNet compares it: in lower case, each digit as 0, without
   * control characters and 34 marks of punctuation, none of them ASCII.
   *
   * @see <a href="https://github.com/facebookresearch/cc_net">cc_net at 1341eec,
   *     text_normalizer.py, normalize_for_dedup</a>
   */
  CCNET_LINE(1, Rule::lines, Rule::ccNet),

  /**
   * A line, ended by a line feed, of which every byte counts: what Dolma calls a paragraph.
   *
   * @see <a href="https://github.com/allenai/dolma">dolma at 0fe98f9, src/deduper.rs</a>
   */
  DOLMA_PARAGRAPH(1, Rule::lines, UnaryOperator.identity());

  /** Where a piece is: what counts of it, and where what goes with it ends. */
  record Place(int from, int to, int next) {}

  private interface Cut {
    List<Place> of(String text);
  }

  private static final String CCNET_PUNCTUATION = "，。、„”“«»１」「《》´∶：？！（）；–—．～’…━〈〉【】％►";

  private final int pieces;
  private final Cut cut;
  private final UnaryOperator<String> normal;

  Rule(int pieces, Cut cut, UnaryOperator<String> normal) {
    this.pieces = pieces;
    this.cut = cut;
    this.normal = normal;
  }

  /** How many pieces in a row are a unit. */
  int pieces() {
    return pieces;
  }

  /** The pieces of a text, in order, in chars. */
  List<Place> places(Text text) {
    return cut.of(text.toString());
  }

  /** What of a piece counts; units are equal if that of their pieces is. */
  String normalized(String piece) {
    return normal.apply(piece);
  }

  private static List<Place> lines(String text) {
    List<Place> lines = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end;
      int next = end < 0 ? to : end + 1;
      lines.add(new Place(from, to, next));
      from = next;
    }
    return lines;
  }

  private static List<Place> paragraphs(String text) {
    List<Place> paragraphs = new ArrayList<>();
    boolean open = false;
    for (Place line : lines(text)) {
      int last = paragraphs.size() - 1;
      if (text.substring(line.from(), line.to()).isBlank()) {
        open = false;
        if (last >= 0) {
          Place before = paragraphs.get(last);
          paragraphs.set(last, new Place(before.from(), before.to(), line.next()));
        }
      } else if (open) {
        paragraphs.set(last, new Place(paragraphs.get(last).from(), line.to(), line.next()));
      } else {
        open = true;
        paragraphs.add(new Place(line.from(), line.to(), line.next()));
      }
    }
    return paragraphs;
  }

  /** Sentences with the blanks behind them; what is blank by itself goes with the one before. */
  private static List<Place> sentences(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(ULocale.ROOT);
    breaks.setText(text);
    List<Place> sentences = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      int last = sentences.size() - 1;
      if (!text.substring(from, to).isBlank()) {
        sentences.add(new Place(from, to, to));
      } else if (last >= 0) {
        Place before = sentences.get(last);
        sentences.set(last, new Place(before.from(), before.to(), to));
      }
      from = to;
    }
    return sentences;
  }

  /** With one space for every run of blanks, and none around. */
  private static String spaced(String unit) {
    StringBuilder out = new StringBuilder(unit.length());
    boolean gap = false;
    for (int i = 0; i < unit.length(); i++) {
      char c = unit.charAt(i);
      if (isBlank(c)) {
        gap = true;
      } else {
        if (gap && !out.isEmpty()) {
          out.append(' ');
        }
        gap = false;
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static String ccNet(String line) {
    String lower = UCharacter.toLowerCase(ULocale.ROOT, line);
    int from = 0;
    int to = lower.length();
    while (from < to && isPythonSpace(lower.charAt(from))) {
      from++;
    }
    while (to > from && isPythonSpace(lower.charAt(to - 1))) {
      to--;
    }
    StringBuilder out = new StringBuilder(to - from);
    for (int i = from; i < to; ) {
      int c = lower.codePointAt(i);
      i += Character.charCount(c);
      if (UCharacter.isDigit(c)) {
        // CCNet replaces digits before it looks for punctuation, so its １ is never found
        out.append('0');
      } else if (!Character.isISOControl(c) && CCNET_PUNCTUATION.indexOf(c) < 0) {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }

  /** What Python's {@code str.strip} takes off. */
  private static boolean isPythonSpace(char c) {
    return c >= 0x1C && c <= 0x20
        || c >= 0x09 && c <= 0x0D
        || c == 0x85
        || Character.isSpaceChar(c);
  }
}
