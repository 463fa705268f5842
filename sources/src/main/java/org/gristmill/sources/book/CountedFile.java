package org.gristmill.sources.book;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.io.RandomAccessReadView;

/** A PDF's file whose reads are counted as work: a damaged one may be read round and round. */
final class CountedFile extends RandomAccessReadBufferedFile {
  private static final int STEP_BYTES = 1024;

  private final Path path;
  private final Work work;
  private CountedFile copy;
  private int bytes;

  CountedFile(Path path, Work work) throws IOException {
    super(path);
    this.path = path;
    this.work = work;
  }

  private void count(int read) throws IOException {
    bytes += Math.max(1, read);
    if (bytes >= STEP_BYTES) {
      int steps = bytes / STEP_BYTES;
      bytes %= STEP_BYTES;
      work.add(steps);
    }
  }

  @Override
  public int read() throws IOException {
    count(1);
    return super.read();
  }

  @Override
  public int read(byte[] b, int offset, int length) throws IOException {
    int read = super.read(b, offset, length);
    count(read);
    return read;
  }

  /** A part of the file with a position of its own. */
  @Override
  public RandomAccessReadView createView(long start, long length) throws IOException {
    if (copy == null) {
      copy = new CountedFile(path, work);
    }
    return new RandomAccessReadView(copy, start, length);
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      if (copy != null) {
        copy.close();
      }
    }
  }
}
