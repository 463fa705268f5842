package org.gristmill.dedup.spans;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.gristmill.core.Text;

/** What can be done with the spans of one text. */
public final class Spans {
  private Spans() {}

  /** The same places in as few spans as can be: sorted, apart by at least one. */
  public static List<Span> union(Collection<Span> spans) {
    List<Span> union = new ArrayList<>();
    for (Span span : spans.stream().sorted().toList()) {
      int last = union.size() - 1;
      if (last >= 0 && span.from() <= union.get(last).to()) {
        int to = Math.max(union.get(last).to(), span.to());
        union.set(last, new Span(union.get(last).from(), to));
      } else {
        union.add(span);
      }
    }
    return union;
  }

  /**
   * What lies between spans.
   *
   * @param union sorted and apart, as {@link #union} gives them
   * @param length of the whole
   */
  public static List<Span> between(List<Span> union, int length) {
    List<Span> between = new ArrayList<>();
    int from = 0;
    for (Span span : union) {
      if (span.from() > from) {
        between.add(new Span(from, span.from()));
      }
      from = span.to();
    }
    if (length > from) {
      between.add(new Span(from, length));
    }
    return between;
  }

  /**
   * The spans without the parts of characters at their ends, so that what is left of the text is
   * well-formed whichever of them are taken out; a span that holds no whole character is left out.
   */
  public static List<Span> wholeCharacters(Text text, List<Span> spans) {
    byte[] utf8 = text.bytes();
    List<Span> whole = new ArrayList<>();
    for (Span span : spans) {
      int from = next(utf8, span.from());
      int to = previous(utf8, span.to());
      if (from < to) {
        whole.add(new Span(from, to));
      }
    }
    return whole;
  }

  /**
   * The text of a span.
   *
   * @throws IndexOutOfBoundsException if the text ends before the span does
   * @throws IllegalArgumentException if the span cuts a character in two
   */
  public static Text of(Text text, Span span) {
    return without(text, between(List.of(span), text.length()));
  }

  /**
   * The text without spans; the very same text if there are none.
   *
   * @param union sorted and apart, as {@link #union} gives them
   * @throws IndexOutOfBoundsException if the text ends before a span does
   * @throws IllegalArgumentException if a span cuts a character in two, or they are not in order
   */
  public static Text without(Text text, List<Span> union) {
    if (union.isEmpty()) {
      return text;
    }
    byte[] utf8 = text.bytes();
    byte[] left = new byte[utf8.length];
    int n = 0;
    int from = 0;
    for (Span span : union) {
      if (span.to() > utf8.length) {
        throw new IndexOutOfBoundsException(span + " in a text of " + utf8.length + " bytes");
      }
      if (span.from() < from) {
        throw new IllegalArgumentException(span + " starts before " + from);
      }
      if (next(utf8, span.from()) != span.from() || next(utf8, span.to()) != span.to()) {
        throw new IllegalArgumentException(span + " cuts a character in two");
      }
      System.arraycopy(utf8, from, left, n, span.from() - from);
      n += span.from() - from;
      from = span.to();
    }
    System.arraycopy(utf8, from, left, n, utf8.length - from);
    return Text.trusted(Arrays.copyOf(left, n + utf8.length - from));
  }

  /** The first place from here on where a character starts or the text ends. */
  public static int next(byte[] utf8, int at) {
    int next = at;
    while (next < utf8.length && (utf8[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }

  /** The last place up to here where a character starts or the text ends. */
  public static int previous(byte[] utf8, int at) {
    int previous = at;
    while (previous < utf8.length && (utf8[previous] & 0xC0) == 0x80) {
      previous--;
    }
    return previous;
  }

  /** So many characters to the left, or the start of the text. */
  public static int back(Text text, int from, int characters) {
    byte[] utf8 = text.bytes();
    int at = from;
    for (int i = 0; i < characters && at > 0; i++) {
      at = previous(utf8, at - 1);
    }
    return at;
  }

  /** So many characters to the right, or the end of the text. */
  public static int ahead(Text text, int from, int characters) {
    byte[] utf8 = text.bytes();
    int at = from;
    for (int i = 0; i < characters && at < utf8.length; i++) {
      at = next(utf8, at + 1);
    }
    return at;
  }
}
