package org.gristmill.sources.wiki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a MediaWiki export into its {@code <page>} elements without parsing it, so that one broken
 * page costs one page. The export escapes every {@code <} of a text, so the tag stands for itself.
 */
final class PageCutter {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final int MAX_TAG_BYTES = 12;

  private final InputStream in;
  private final long maxPageBytes;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private long position;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final byte[] tag = new byte[MAX_TAG_BYTES];
  private int tagLength = -1;
  private boolean inside;
  private boolean pending;
  private boolean sawStart;
  private boolean sawEnd;
  private boolean closed;
  private long length;
  private long limit = MAX_HEADER_BYTES;
  private long offset;
  private long nextOffset;
  private String header = "";

  /** What comes before the first page, and the pages, of a stream of UTF-8. */
  PageCutter(InputStream in, long maxPageBytes) {
    this.in = in;
    this.maxPageBytes = maxPageBytes;
  }

  /** Goes to the next page; false at the end of the file. */
  boolean next() throws IOException {
    begin();
    while (fill()) {
      while (from < to) {
        byte b = buffer[from++];
        position++;
        keep(b);
        if (b == '<') {
          tagLength = 0;
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
    boolean unfinished = inside;
    inside = false;
    return unfinished;
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
          startPage(position - 6);
          return false;
        }
        pending = true;
        nextOffset = position - 6;
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

  /** What stands before the first page, at most 1 MiB of it. */
  String header() {
    return header;
  }

  boolean sawStart() {
    return sawStart;
  }

  boolean sawEnd() {
    return sawEnd;
  }
}
