package org.gristmill.tokenize.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.gristmill.tokenize.model.ModelError;

/**
 * Reads a protocol buffers message field by field.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">The wire format</a>
 */
final class Proto {
  private final byte[] bytes;
  private int at;
  private final int end;
  private int type;
  private long number;
  private int from;

  Proto(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private Proto(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Reads the next field; its number, or 0 at the end. */
  int next() {
    if (at == end) {
      return 0;
    }
    long key = varint();
    type = (int) key & 7;
    switch (type) {
      case 0 -> number = varint();
      case 1 -> number = fixed(8);
      case 2 -> {
        long length = varint();
        from = at;
        skip(length);
      }
      case 5 -> number = fixed(4);
      default -> throw broken();
    }
    long field = key >>> 3;
    if (field == 0 || field > 0x1FFFFFFF) {
      throw broken();
    }
    return (int) field;
  }

  /** The field as an integer. */
  int integer() {
    require(0);
    return (int) number;
  }

  boolean bool() {
    require(0);
    return number != 0;
  }

  float real() {
    require(5);
    return Float.intBitsToFloat((int) number);
  }

  byte[] bytes() {
    require(2);
    return Arrays.copyOfRange(bytes, from, at);
  }

  String string() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  Proto message() {
    require(2);
    return new Proto(bytes, from, at);
  }

  private void require(int wanted) {
    if (type != wanted) {
      throw broken();
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw broken();
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw broken();
  }

  private long fixed(int length) {
    int start = at;
    skip(length);
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = value << 8 | bytes[start + i] & 0xFF;
    }
    return value;
  }

  private void skip(long length) {
    if (length < 0 || length > end - at) {
      throw broken();
    }
    at += (int) length;
  }

  private static ModelError broken() {
    return new ModelError("the file is no whole protocol buffers message");
  }
}
