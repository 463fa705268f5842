package org.gristmill.tokenize.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.gristmill.tokenize.Track;

/** A new file of little-endian numbers, written a megabyte at a time. */
final class LittleEndian implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private short[] narrow = new short[0];
  private long flushed;

  /**
   * @throws java.nio.file.FileAlreadyExistsException if the file is there
   */
  LittleEndian(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Bytes written so far. */
  long position() {
    return flushed + buffer.position();
  }

  LittleEndian u8(int value) throws IOException {
    room(1).put((byte) value);
    return this;
  }

  LittleEndian i16(int value) throws IOException {
    room(2).putShort((short) value);
    return this;
  }

  LittleEndian i32(int value) throws IOException {
    room(4).putInt(value);
    return this;
  }

  LittleEndian i64(long value) throws IOException {
    room(8).putLong(value);
    return this;
  }

  LittleEndian bytes(byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, room(1).remaining());
      buffer.put(bytes, at, count);
      at += count;
    }
    return this;
  }

  LittleEndian text(String text) throws IOException {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  LittleEndian zeros(int count) throws IOException {
    return bytes(new byte[count]);
  }

  LittleEndian ints(int[] values) throws IOException {
    for (int at = 0; at < values.length; ) {
      IntBuffer free = room(4).asIntBuffer();
      int count = Math.min(values.length - at, free.remaining());
      free.put(values, at, count);
      buffer.position(buffer.position() + 4 * count);
      at += count;
    }
    return this;
  }

  /** The low 16 bits of each value. */
  LittleEndian shorts(int[] values) throws IOException {
    if (narrow.length < values.length) {
      narrow = new short[values.length];
    }
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (short) values[i];
    }
    for (int at = 0; at < values.length; ) {
      ShortBuffer free = room(2).asShortBuffer();
      int count = Math.min(values.length - at, free.remaining());
      free.put(narrow, at, count);
      buffer.position(buffer.position() + 2 * count);
      at += count;
    }
    return this;
  }

  /** A track's values in its width. */
  LittleEndian track(Track track, int[] values) throws IOException {
    return track.bytes() == 4 ? ints(values) : bytes(narrowed(values));
  }

  /** The low 8 bits of each value. */
  private static byte[] narrowed(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    flushed += buffer.remaining();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }
}
