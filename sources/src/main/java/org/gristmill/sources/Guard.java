package org.gristmill.sources;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;

/** What stands around every source: it keeps apart what the data and what the machine did wrong. */
public final class Guard {
  private Guard() {}

  /**
   * Reads a file, keeps apart what the data and what the machine did wrong, and counts.
   *
   * <p>A source that breaks on the data gives one {@link Reason#PARSER_CRASH} behind its last
   * finding. A failure of the input's streams rises as it is, even if a parser swallowed it, and so
   * does whatever {@code out} throws.
   *
   * @throws IOException of {@link Input#open}, of the streams it gave, and of the machine
   *     otherwise, a full disk for example
   */
  public static Tally read(Source source, Input input, Consumer<Found> out) throws IOException {
    Watched watched = new Watched(input);
    Counting counting = new Counting(out);
    if (input.length() == 0) {
      return new Tally(0, 0, 0);
    }
    try {
      source.read(watched, counting);
    } catch (IOException e) {
      watched.rise();
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      watched.rise();
      counting.rise();
      counting.crashed(source, input, e);
    }
    watched.rise();
    counting.rise();
    return new Tally(counting.documents, counting.quarantined, watched.bytes);
  }

  /** Counts the findings, and remembers a failure of the one who takes them. */
  private static final class Counting implements Consumer<Found> {
    private final Consumer<Found> out;
    private long documents;
    private long quarantined;
    private long offset;
    private RuntimeException failure;

    Counting(Consumer<Found> out) {
      this.out = out;
    }

    @Override
    public void accept(Found found) {
      try {
        out.accept(found);
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
      offset = found.offset();
      if (found instanceof Document) {
        documents++;
      } else {
        quarantined++;
      }
    }

    void crashed(Source source, Input input, Throwable e) {
      String kind = Blocks.name(source.getClass());
      accept(
          new Quarantined(
              input.source(), kind, input.file(), offset, "", Reason.PARSER_CRASH, e.toString()));
    }

    void rise() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** An input that counts its bytes and remembers its failure. */
  private static final class Watched implements Input {
    private final Input input;
    private long bytes;
    private IOException failure;

    Watched(Input input) {
      this.input = input;
    }

    void rise() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public String source() {
      return input.source();
    }

    @Override
    public String file() {
      return input.file();
    }

    @Override
    public String name() {
      return input.name();
    }

    @Override
    public long length() {
      return input.length();
    }

    @Override
    public InputStream open() throws IOException {
      try {
        return new WatchedStream(input.open());
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** Reads in blocks only: one way in, one place to watch. */
    private final class WatchedStream extends FilterInputStream {
      WatchedStream(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] b, int off, int len) throws IOException {
        try {
          int read = super.read(b, off, len);
          bytes += Math.max(0, read);
          return read;
        } catch (IOException e) {
          failure = e;
          throw e;
        }
      }

      @Override
      public long skip(long n) throws IOException {
        int read = read(new byte[(int) Math.min(Math.max(n, 0), 8192)]);
        return Math.max(0, read);
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    }
  }
}
