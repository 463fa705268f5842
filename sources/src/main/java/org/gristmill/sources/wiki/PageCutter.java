package org.gristmill.sources.wiki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.gristmill.sources.Part;

/**
 * Cuts a MediaWiki export into its {@code <page>} elements without parsing it, so that one broken
 * page costs one page. The export escapes every {@code <} of a text, so the tag stands for itself:
 * a page starts wherever there is one, and a part of a file has the pages that start in it.
 */
final class PageCutter {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final int MAX_TAG_BYTES = 12;

  private final InputStream in;
  private final Part part;
  private final long maxPageBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long position;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final byte[] tag = new byte[MAX_TAG_BYTES];
  private int tagLength = -1;
  private long tagStart;
  private boolean inside;
  private boolean pending;
  private boolean sawStart;
  private boolean sawEnd;
  private boolean any;
  private boolean cut;
  private boolean closed;
  private long length;
  private long limit = MAX_HEADER_BYTES;
  private long offset;
  private long nextOffset;
  private String header;

  /**
   * What comes before the first page, and the pages, of a part.
   *
   * @param in UTF-8, from the start of the part
   * @param header of the file, for a part behind the first; empty for the first
   */
  PageCutter(InputStream in, Part part, String header, long maxPageBytes) {
    this.in = in;
    this.part = part;
    this.header = header;
    this.maxPageBytes = maxPageBytes;
    this.position = part.start();
  }

  /** Goes to the next page; false at the end of the part. */
  boolean next() throws IOException {
    begin();
    boolean found = seek();
    any |= found;
    cut = found ? !closed : cut;
    return found;
  }

  private boolean seek() throws IOException {
    while (!isBehind() && fill()) {
      while (from < to && !isBehind()) {
        byte b = buffer[from++];
        position++;
        keep(b);
        if (b == '<') {
          tagLength = 0;
          tagStart = position - 1;
        } else if (tagLength >= 0 && (b == '>' || b == ' ' || b == '\n')) {
          if (endsPage(new String(tag, 0, tagLength, StandardCharsets.ISO_8859_1))) {
            tagLength = -1;
            return true;
          }
          tagLength = -1;
        } else if (tagLength >= 0) {
          tagLength = tagLength < MAX_TAG_BYTES ? tagLength : -2;
          if (tagLength >= 0) {
            tag[tagLength++] = b;
          }
        }
      }
    }
    closed = false;
    boolean unfinished = inside && offset < part.end();
    inside = false;
    return unfinished;
  }

  /** Whether no page that starts in the part can come any more. */
  private boolean isBehind() {
    return position >= part.end() && (inside ? offset : tagStart()) >= part.end();
  }

  /** Where the tag starts that is being read; where the next may start if there is none. */
  private long tagStart() {
    return tagLength < 0 ? position : tagStart;
  }

  private boolean endsPage(String name) {
    switch (name) {
      case "mediawiki" -> sawStart = true;
      case "/mediawiki" -> sawEnd = true;
      case "/page" -> {
        closed = inside;
        inside = false;
        return closed;
      }
      case "page" -> {
        boolean unfinished = inside;
        if (!unfinished) {
          header = header.isEmpty() ? kept.toString(StandardCharsets.UTF_8) : header;
          inside = true;
          startPage(tagStart);
          return false;
        }
        pending = true;
        nextOffset = tagStart;
        closed = false;
        return true;
      }
      default -> {}
    }
    return false;
  }

  private void begin() {
    if (pending) {
      pending = false;
      startPage(nextOffset);
    }
  }

  private void startPage(long at) {
    offset = at;
    limit = maxPageBytes;
    kept.reset();
    length = 0;
    for (byte b : "<page>".getBytes(StandardCharsets.US_ASCII)) {
      keep(b);
    }
  }

  private void keep(byte b) {
    length++;
    if (length <= limit && (inside || header.isEmpty())) {
      kept.write(b);
    }
  }

  private boolean fill() throws IOException {
    while (from == to) {
      int read = in.read(buffer, 0, buffer.length);
      if (read < 0) {
        return false;
      }
      from = 0;
      to = read;
    }
    return true;
  }

  /** Whether the page has its end tag. */
  boolean closed() {
    return closed;
  }

  /** Where the page starts, in bytes of the unpacked UTF-8. */
  long offset() {
    return offset;
  }

  /** Bytes read so far. */
  long position() {
    return position;
  }

  boolean tooLarge() {
    return length > maxPageBytes;
  }

  /** The page with its tags. */
  byte[] bytes() {
    return kept.toByteArray();
  }

  /** What stands before the file's first page, at most 1 MiB of it. */
  String header() {
    return header;
  }

  /** The header of a file that has pages, from a stream at its start. */
  static String header(InputStream in) throws IOException {
    PageCutter start = new PageCutter(in, new Part(0, MAX_HEADER_BYTES), "", 0);
    return start.next() ? start.header : start.kept.toString(StandardCharsets.UTF_8);
  }

  boolean sawStart() {
    return sawStart;
  }

  /** Whether there was a page. */
  boolean any() {
    return any;
  }

  /** Whether the export ended in order, or with a page that says itself that it was cut. */
  boolean isEnded() {
    return sawEnd || cut;
  }
}
