package org.gristmill.jobs.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.gristmill.sources.Input;
import org.gristmill.sources.OneByte;
import org.gristmill.sources.Part;

/**
 * A part of an input as Parquet wants it, to be read at any place.
 *
 * <p>All bytes of a part are hashed, wanted or not, and it would be a waste to fetch them twice:
 * once the footer is known, what lies between two columns is read on the way.
 */
final class ParquetInput implements InputFile {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Input input;
  private final Part part;
  private boolean onward;

  ParquetInput(Input input, Part part) {
    this.input = input;
    this.part = part;
  }

  /** From now on columns are read, not the footer. */
  void onward() {
    onward = true;
  }

  @Override
  public long getLength() {
    return input.length();
  }

  @Override
  public SeekableInputStream newStream() {
    Movable movable = new Movable();
    return new DelegatingSeekableInputStream(movable) {
      @Override
      public long getPos() {
        return movable.target;
      }

      @Override
      public void seek(long position) throws IOException {
        movable.seek(position);
      }
    };
  }

  /** A stream that moves when it is read. */
  private final class Movable extends InputStream {
    private InputStream in = InputStream.nullInputStream();
    private long position = -1;
    private long target;

    /** To here the part has been read without a gap. */
    private long passed = part.start();

    /** A place that is not in the file is the data's fault, and must not look like the input's. */
    void seek(long to) throws IOException {
      if (to < 0 || to > input.length()) {
        throw new EOFException("no byte " + to + " in a file of " + input.length());
      }
      target = to;
    }

    @Override
    public int read() throws IOException {
      return OneByte.read(this);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      if (position != target) {
        move();
      }
      int read = in.read(b, off, len);
      moved(Math.max(0, read));
      target = position;
      return read;
    }

    private void move() throws IOException {
      long from = onward && passed <= target && target <= part.end() ? passed : target;
      if (position != from) {
        in.close();
        in = input.open(from);
        position = from;
      }
      byte[] between = new byte[(int) Math.min(BUFFER_BYTES, target - position)];
      while (position < target) {
        int read = in.read(between, 0, (int) Math.min(between.length, target - position));
        if (read < 0) {
          throw new EOFException("the file ends at byte " + position);
        }
        moved(read);
      }
    }

    private void moved(int bytes) {
      passed = position == passed ? passed + bytes : passed;
      position += bytes;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
