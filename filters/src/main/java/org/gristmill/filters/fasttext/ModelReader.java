package org.gristmill.filters.fasttext;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The numbers of a model file: little-endian, without padding.
 *
 * <p>Every length is checked against what a file of that kind can have before anything of that size
 * is made, so that a damaged file is refused and not believed.
 */
final class ModelReader {
  private static final int BLOCK = 1 << 16;

  private final InputStream in;
  private final ByteBuffer block =
      ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  ModelReader(InputStream in) {
    this.in = in;
  }

  /** The refusal of a file. */
  static IOException broken(String why) {
    return new IOException("is no model of fastText: " + why);
  }

  private void need(int bytes) throws IOException {
    if (block.remaining() >= bytes) {
      return;
    }
    block.compact();
    while (block.position() < bytes) {
      int read = in.read(block.array(), block.position(), block.remaining());
      if (read < 0) {
        throw new EOFException("is no whole model of fastText: it ends too early");
      }
      block.position(block.position() + read);
    }
    block.flip();
  }

  boolean bool() throws IOException {
    need(1);
    byte b = block.get();
    if (b != 0 && b != 1) {
      throw broken("a switch is " + b);
    }
    return b == 1;
  }

  byte u8() throws IOException {
    need(1);
    return block.get();
  }

  int i32() throws IOException {
    need(Integer.BYTES);
    return block.getInt();
  }

  long i64() throws IOException {
    need(Long.BYTES);
    return block.getLong();
  }

  double f64() throws IOException {
    need(Double.BYTES);
    return block.getDouble();
  }

  /** A whole number within bounds, both inclusive. */
  int within(String what, long value, int min, int max) throws IOException {
    if (value < min || value > max) {
      throw broken(what + " is " + value);
    }
    return (int) value;
  }

  /** Bytes up to the next zero, which is read too. */
  byte[] string() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte b = u8(); b != 0; b = u8()) {
      bytes.write(b);
    }
    return bytes.toByteArray();
  }

  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      need(1);
      int some = Math.min(count - done, block.remaining());
      block.get(bytes, done, some);
      done += some;
    }
    return bytes;
  }

  float[] floats(int count) throws IOException {
    float[] floats = new float[count];
    int done = 0;
    while (done < count) {
      need(Float.BYTES);
      int some = Math.min(count - done, block.remaining() / Float.BYTES);
      block.asFloatBuffer().get(floats, done, some);
      block.position(block.position() + some * Float.BYTES);
      done += some;
    }
    return floats;
  }

  /** Refuses a file that goes on. */
  void end() throws IOException {
    if (block.hasRemaining() || in.read() >= 0) {
      throw broken("something follows its end");
    }
  }
}
