package org.gristmill.sources.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.gristmill.core.Reason;

/**
 * Takes uncompressed WARC or ARC bytes apart into records.
 *
 * <p>A record is handed over only if its announced length agrees with the bytes that are there:
 * behind the block stand the empty lines that end it, then the next record or the end. After a
 * record that fails this, reading goes on at the next place that looks like a record's first line.
 */
final class RecordReader {
  private static final byte[] TRAILER = {'\r', '\n', '\r', '\n'};

  private final Window window;
  private final long maxBytes;
  private final Sink sink;
  private final Supplier<Reason> atEnd;
  private final long member;
  private long ordinal;
  private boolean cut;

  private RecordReader(
      Window window, long maxBytes, Sink sink, Supplier<Reason> atEnd, long member) {
    this.window = window;
    this.maxBytes = maxBytes;
    this.sink = sink;
    this.atEnd = atEnd;
    this.member = member;
  }

  /** Records of a plain file; offsets are positions in the window. */
  static RecordReader plain(Window window, long maxBytes, Sink sink) {
    return new RecordReader(window, maxBytes, sink, () -> Reason.WARC_LENGTH_MISMATCH, -1);
  }

  /**
   * Records of one gzip member. The first has the member's offset; only the members of wrongly
   * packed files have more, which count on from there (they have no stored position of their own).
   *
   * @param atEnd the reason for a record that the end of the window cuts
   */
  static RecordReader packed(
      Window window, long maxBytes, Sink sink, Supplier<Reason> atEnd, long member) {
    return new RecordReader(window, maxBytes, sink, atEnd, member);
  }

  /** Whether the bytes begin with a whole record and another one. */
  static boolean startsWithTwo(byte[] b, int length) {
    if (!Head.startsAt(b, 0, length)) {
      return false;
    }
    Optional<Head> head = Head.parse(b, 0, length);
    if (head.isEmpty()
        || head.get().blockLength() < 0
        || head.get().blockLength() > length - head.get().length()) {
      return false;
    }
    int next = head.get().length() + (int) head.get().blockLength();
    while (next < length && (b[next] == '\r' || b[next] == '\n')) {
      next++;
    }
    return Head.startsAt(b, next, length);
  }

  /** Reads to the end of the window; true if that end cut a record. */
  boolean read() throws IOException {
    while (skipEmptyLines()) {
      int have = window.ahead(Head.MAX_BYTES);
      int start = window.start();
      if (Head.startsAt(window.bytes(), start, start + have)) {
        readRecord(have);
      } else {
        skipGarbage();
      }
    }
    return cut;
  }

  private boolean skipEmptyLines() throws IOException {
    while (window.ahead(1) > 0) {
      byte b = window.bytes()[window.start()];
      if (b != '\r' && b != '\n') {
        return true;
      }
      window.skip(1);
    }
    return false;
  }

  private void skipGarbage() throws IOException {
    long offset = nextOffset();
    long from = window.position();
    seek(1);
    if (member < 0) {
      sink.garbage(offset, window.position());
    } else {
      String detail = window.position() - from + " bytes inside a member";
      sink.damage(offset, "", Reason.GARBAGE_BYTES, detail);
    }
  }

  private void readRecord(int have) throws IOException {
    long offset = nextOffset();
    Optional<Head> parsed = Head.parse(window.bytes(), window.start(), window.start() + have);
    if (parsed.isEmpty()) {
      unended(offset, "", Reason.WARC_HEADER, "the header does not end", 1);
      return;
    }
    Head head = parsed.get();
    String url = WarcRecord.url(head);
    if (head.blockLength() < 0 || head.field("WARC-Type").isEmpty()) {
      String detail =
          head.blockLength() < 0
              ? "Content-Length is no single number: " + head.field("Content-Length")
              : "no WARC-Type";
      damaged(offset, url, Reason.WARC_HEADER, detail, head.length());
    } else if (head.blockLength() > maxBytes) {
      skipLarge(offset, head);
    } else {
      readBlock(offset, head);
    }
  }

  private void readBlock(long offset, Head head) throws IOException {
    int end = head.length() + (int) head.blockLength();
    int have = window.ahead(end + Head.MAX_BYTES);
    if (have < end) {
      String detail = "%d of %d bytes are there";
      detail = detail.formatted(have - head.length(), head.blockLength());
      unended(offset, WarcRecord.url(head), Reason.WARC_LENGTH_MISMATCH, detail, head.length());
      return;
    }
    int start = window.start();
    if (!endsAt(window.bytes(), start + end, start + have)) {
      String detail = "the record does not end after the announced %d bytes";
      detail = detail.formatted(head.blockLength());
      String url = WarcRecord.url(head);
      damaged(offset, url, Reason.WARC_LENGTH_MISMATCH, detail, head.length());
      return;
    }
    byte[] bytes = window.bytes();
    sink.record(new WarcRecord(offset, head, bytes, start + head.length(), start + end));
    window.skip(end);
  }

  /**
   * Whether a block ends at {@code at}: two line ends follow. Writers that set fewer are believed
   * if a record or the end comes next, unless the block itself holds the missing ones.
   */
  private static boolean endsAt(byte[] b, int at, int end) {
    if (trailerAt(b, at, end)) {
      return true;
    }
    int next = at;
    while (next < end && (b[next] == '\r' || b[next] == '\n')) {
      next++;
    }
    boolean swallowed = next < at + 4 && trailerAt(b, Math.max(0, next - 4), end);
    return !swallowed && (next == end || Head.startsAt(b, next, end));
  }

  private static boolean trailerAt(byte[] b, int at, int end) {
    return end - at >= 4 && Arrays.equals(b, at, at + 4, TRAILER, 0, 4);
  }

  private void skipLarge(long offset, Head head) throws IOException {
    window.skip(head.length());
    long from = window.position();
    seek(0);
    long length = window.position() - from;
    boolean honest = length >= head.blockLength() && length <= head.blockLength() + 8;
    sink.damage(
        offset,
        WarcRecord.url(head),
        honest ? Reason.TOO_LARGE : Reason.WARC_LENGTH_MISMATCH,
        "%d bytes announced, %d there".formatted(head.blockLength(), length));
  }

  /** A record that runs into the end of the window, or into the next record. */
  private void unended(long offset, String url, Reason reason, String detail, int skip)
      throws IOException {
    seek(skip);
    cut = window.ahead(1) == 0;
    sink.damage(offset, url, cut && member >= 0 ? atEnd.get() : reason, detail);
  }

  private void damaged(long offset, String url, Reason reason, String detail, int skip)
      throws IOException {
    seek(skip);
    sink.damage(offset, url, reason, detail);
  }

  /** Moves to the next start of a record, at least {@code skip} bytes on, or to the end. */
  private void seek(int skip) throws IOException {
    window.skip(skip);
    while (true) {
      int have = window.ahead(2 * Window.CHUNK);
      int start = window.start();
      int found = Head.find(window.bytes(), start, start + have);
      if (found >= 0) {
        window.skip(found - start);
        return;
      }
      if (have < 2 * Window.CHUNK) {
        window.skip(have);
        return;
      }
      window.skip(have - Window.CHUNK);
    }
  }

  private long nextOffset() {
    return member < 0 ? window.position() : member + ordinal++;
  }
}
