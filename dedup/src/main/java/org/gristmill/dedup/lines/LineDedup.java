package org.gristmill.dedup.lines;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Hash;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.dedup.contamination.Words;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;

/**
 * The units of texts that are compared across a corpus, and texts without some of them.
 *
 * <p>Units that are short or empty are no duplicates of each other and never go: closing braces,
 * headings, dates. What counts of a unit is what its rule says; its length is taken of that.
 *
 * @param rule what a unit is
 * @param minCharacters characters of the shortest unit that may go, from 1 to 100,000
 * @param minWords words of the shortest unit that may go, from 0 to 10,000; a character of a script
 *     without spaces is a word
 */
@Block(
    does = "Cuts texts into lines, paragraphs or runs of sentences that are compared everywhere.",
    version = 1,
    libraries = "icu")
public record LineDedup(
    @Setting(does = "What is compared: lines, paragraphs or runs of three sentences.") Rule rule,
    @Setting(does = "A shorter unit never goes.", unit = "characters", min = 1, max = 100_000)
        int minCharacters,
    @Setting(does = "A unit of fewer never goes.", unit = "words", min = 0, max = 10_000)
        int minWords)
    implements Serializable {
  public LineDedup {
    Bounds.between("minCharacters", minCharacters, 1, 100_000);
    Bounds.between("minWords", minWords, 0, 10_000);
  }

  /** The units of a text that may go, in order. */
  public List<Unit> of(Text text) {
    String string = text.toString();
    List<Rule.Place> places = rule.places(text);
    List<String> normal = new ArrayList<>(places.size());
    places.forEach(p -> normal.add(rule.normalized(string.substring(p.from(), p.to()))));
    List<Unit> units = new ArrayList<>(places.size());
    Offsets offsets = new Offsets(text);
    MessageDigest digest = Hash.sha256();
    for (int i = 0; i + rule.pieces() <= places.size(); i++) {
      String unit = String.join(" ", normal.subList(i, i + rule.pieces()));
      if (longEnough(unit)) {
        Rule.Place last = places.get(i + rule.pieces() - 1);
        int from = offsets.bytes(places.get(i).from());
        Span span = new Span(from, offsets.bytes(last.to()));
        Span gone = new Span(from, offsets.bytes(last.next()));
        units.add(new Unit(key(digest, unit), span, gone));
      }
    }
    return units;
  }

  /** A text without some of its units. */
  public record Cleaned(Text text, List<Span> removed) {}

  /**
   * The text without units; the very same text if none is to go.
   *
   * @param units as {@link #of} gave them for this text
   * @param gone which of them go, by their number in the list
   * @throws IndexOutOfBoundsException if there is no unit of such a number
   */
  public static Cleaned without(Text text, List<Unit> units, BitSet gone) {
    List<Span> spans = gone.stream().mapToObj(units::get).map(Unit::gone).toList();
    List<Span> removed = Spans.union(spans);
    return new Cleaned(Spans.without(text, removed), removed);
  }

  private boolean longEnough(String normal) {
    return normal.codePointCount(0, normal.length()) >= minCharacters
        && !normal.isBlank()
        && Words.atLeast(minWords, normal);
  }

  private Key key(MessageDigest digest, String normal) {
    digest.update((byte) rule.name().length());
    digest.update(rule.name().getBytes(StandardCharsets.US_ASCII));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(normal.getBytes(StandardCharsets.UTF_8)));
    return new Key(hash.getLong(), hash.getLong());
  }

  /** From places in chars to places in bytes, for places that mostly ascend. */
  private static final class Offsets {
    private final String text;
    private final byte[] utf8;
    private int chars;
    private int bytes;

    Offsets(Text text) {
      this.text = text.toString();
      this.utf8 = text.bytes();
    }

    int bytes(int at) {
      while (chars < at) {
        chars += Character.isHighSurrogate(text.charAt(chars)) ? 2 : 1;
        bytes = Spans.next(utf8, bytes + 1);
      }
      while (chars > at) {
        bytes = Spans.previous(utf8, bytes - 1);
        chars -= Character.isLowSurrogate(text.charAt(chars - 1)) ? 2 : 1;
      }
      return bytes;
    }
  }
}
