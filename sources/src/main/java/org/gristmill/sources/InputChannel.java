package org.gristmill.sources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** An input in which one can move about, a block at a time; reading only. */
public final class InputChannel implements SeekableByteChannel {
  private static final int BLOCK = 1 << 16;

  private final Input input;
  private byte[] block = {};
  private long blockAt;
  private long position;

  /** A channel at the start of an input. */
  public InputChannel(Input input) {
    this.input = input;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    if (position >= input.length()) {
      return -1;
    }
    if (position < blockAt || position >= blockAt + block.length) {
      blockAt = position / BLOCK * BLOCK;
      try (InputStream in = input.open(blockAt)) {
        block = in.readNBytes(BLOCK);
      }
    }
    int from = (int) (position - blockAt);
    int n = Math.min(to.remaining(), block.length - from);
    if (n <= 0) {
      return -1;
    }
    to.put(block, from, n);
    position += n;
    return n;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long to) {
    position = to;
    return this;
  }

  @Override
  public long size() {
    return input.length();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
