package org.gristmill.dedup.spans;

import java.util.Arrays;
import org.gristmill.core.Text;

/** A row of symbols: the bytes of a text, or tokens. */
public interface Symbols {
  /** How many there are. */
  int length();

  /** The symbol at a place. */
  int at(int place);

  /** The symbols of a span, without the rest. */
  Symbols of(Span span);

  /** Whether so many symbols from a place on are those from a place on of another row. */
  boolean same(int place, Symbols other, int otherPlace, int count);

  /** The bytes of a text. */
  static Symbols of(Text text) {
    return new Bytes(text.bytes());
  }

  /** Some bytes, which are not copied. */
  static Symbols of(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** Some tokens, which are not copied. */
  static Symbols of(int[] tokens) {
    return new Tokens(tokens);
  }

  /** Bytes. */
  record Bytes(byte[] bytes) implements Symbols {
    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public int at(int place) {
      return bytes[place] & 0xFF;
    }

    @Override
    public Symbols of(Span span) {
      return new Bytes(Arrays.copyOfRange(bytes, span.from(), span.to()));
    }

    @Override
    public boolean same(int place, Symbols other, int otherPlace, int count) {
      return other instanceof Bytes o
          && Arrays.equals(bytes, place, place + count, o.bytes, otherPlace, otherPlace + count);
    }
  }

  /** Tokens. */
  record Tokens(int[] tokens) implements Symbols {
    @Override
    public int length() {
      return tokens.length;
    }

    @Override
    public int at(int place) {
      return tokens[place];
    }

    @Override
    public Symbols of(Span span) {
      return new Tokens(Arrays.copyOfRange(tokens, span.from(), span.to()));
    }

    @Override
    public boolean same(int place, Symbols other, int otherPlace, int count) {
      return other instanceof Tokens o
          && Arrays.equals(tokens, place, place + count, o.tokens, otherPlace, otherPlace + count);
    }
  }
}
