package org.gristmill.sources.wiki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.gristmill.sources.Pieces;

/**
 * Cuts a MediaWiki export into its {@code <page>} elements without parsing it, so that one broken
 * page costs one page. The export escapes every {@code <} of a text, so the tag stands for itself:
 * a page starts wherever there is one, and a part of a file has the pages that start in it.
 */
final class PageCutter {
  private static final int MAX_HEADER_BYTES = 1 << 20;
  private static final int MAX_TAG_BYTES = 12;

  private final Pieces pieces;
  private final long maxPageBytes;
  private byte[] buffer = {};
  private int from;
  private int to;

  /** Offset of {@code buffer[0]}, if it had one. */
  private long base;

  private boolean begun;
  private boolean onlyHeader;

  /** Whether what is read now belongs to the part; the tag and the page that are being read. */
  private boolean own = true;

  private boolean ownTag;
  private boolean ownPage;
  private boolean ownNext;

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
   * @param pieces its text, UTF-8
   * @param header of the file, for a part behind the first; empty for the first
   */
  PageCutter(Pieces pieces, String header, long maxPageBytes) {
    this.pieces = pieces;
    this.header = header;
    this.maxPageBytes = maxPageBytes;
  }

  /** Goes to the next page; false at the end of the part. */
  boolean next() throws IOException {
    if (pending) {
      pending = false;
      startPage(nextOffset, ownNext);
    }
    boolean found = seek();
    cut = found ? !closed : cut;
    return found;
  }

  private boolean seek() throws IOException {
    while (fill() && !isBehind()) {
      while (from < to && !isBehind()) {
        byte b = buffer[from++];
        keep(b);
        if (b == '<') {
          tagLength = 0;
          tagStart = base + from - 1;
          ownTag = own;
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
    boolean unfinished = inside && ownPage;
    inside = false;
    return unfinished;
  }

  /** Whether no page that starts in the part can come any more. */
  private boolean isBehind() {
    return onlyHeader
        ? inside || length >= MAX_HEADER_BYTES
        : !own && !(inside ? ownPage : tagLength >= 0 && ownTag);
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
        sawEnd = false;
        if (!inside) {
          header = header.isEmpty() ? kept.toString(StandardCharsets.UTF_8) : header;
          startPage(tagStart, ownTag);
          return false;
        }
        pending = true;
        nextOffset = tagStart;
        ownNext = ownTag;
        closed = false;
        return true;
      }
      default -> {}
    }
    return false;
  }

  private void startPage(long at, boolean isOwn) {
    inside = true;
    any = true;
    offset = at;
    ownPage = isOwn;
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
    if (from < to) {
      return true;
    }
    boolean more = pieces.next();
    if (begun && !pieces.isJoined()) { // what was begun is lost, and a row says so
      inside = false;
      tagLength = -1;
      cut = true;
    }
    if (more) {
      begun = true;
      own = pieces.isOwn();
      buffer = pieces.bytes();
      from = 0;
      to = pieces.length();
      base = pieces.offset();
    }
    return more;
  }

  /** Whether the page has its end tag. */
  boolean closed() {
    return closed;
  }

  /** Where the page starts: see {@link Pieces}. */
  long offset() {
    return offset;
  }

  /** Behind what was read so far. */
  long position() {
    return base + from;
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

  /** What stands before the first page of a file, of which these are the pieces. */
  static String header(Pieces start) throws IOException {
    PageCutter file = new PageCutter(start, "", 0);
    file.onlyHeader = true;
    file.seek();
    return file.header.isEmpty() ? file.kept.toString(StandardCharsets.UTF_8) : file.header;
  }

  boolean sawStart() {
    return sawStart;
  }

  /** Whether there was the start of a page. */
  boolean any() {
    return any;
  }

  /** Whether the export ended in order, or with a page that says itself that it was cut. */
  boolean isEnded() {
    return sawEnd || cut;
  }
}
