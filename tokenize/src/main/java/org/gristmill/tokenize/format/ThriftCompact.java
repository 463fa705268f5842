package org.gristmill.tokenize.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A struct in Thrift's compact protocol, as Parquet writes its headers: fields in rising order of
 * their numbers, each behind a byte of the difference to the one before and the type.
 *
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">The
 *     protocol</a>
 */
final class ThriftCompact {
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int LONG_LIST = 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int last;

  ThriftCompact i32(int field, int value) {
    return number(field, I32, value);
  }

  ThriftCompact i64(int field, long value) {
    return number(field, I64, value);
  }

  ThriftCompact string(int field, String value) {
    field(field, BINARY);
    text(value);
    return this;
  }

  ThriftCompact struct(int field, ThriftCompact value) {
    field(field, STRUCT);
    out.writeBytes(value.bytes());
    return this;
  }

  ThriftCompact structs(int field, List<ThriftCompact> values) {
    list(field, STRUCT, values.size());
    values.forEach(value -> out.writeBytes(value.bytes()));
    return this;
  }

  ThriftCompact strings(int field, List<String> values) {
    list(field, BINARY, values.size());
    values.forEach(this::text);
    return this;
  }

  ThriftCompact i32s(int field, List<Integer> values) {
    list(field, I32, values.size());
    values.forEach(value -> varint(zigzag(value)));
    return this;
  }

  /** The struct with its end. */
  byte[] bytes() {
    byte[] fields = out.toByteArray();
    return java.util.Arrays.copyOf(fields, fields.length + 1);
  }

  private ThriftCompact number(int field, int type, long value) {
    field(field, type);
    varint(zigzag(value));
    return this;
  }

  /** All of Parquet's numbers are below 16, so that no difference is longer. */
  private void field(int field, int type) {
    out.write(field - last << 4 | type);
    last = field;
  }

  private void list(int field, int type, int size) {
    field(field, LIST);
    if (size < LONG_LIST) {
      out.write(size << 4 | type);
    } else {
      out.write(LONG_LIST << 4 | type);
      varint(size);
    }
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(bytes.length);
    out.writeBytes(bytes);
  }

  private static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  private void varint(long value) {
    long rest = value;
    for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
      out.write((int) (rest & 0x7F | 0x80));
    }
    out.write((int) rest);
  }
}
