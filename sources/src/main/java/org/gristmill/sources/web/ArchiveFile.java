package org.gristmill.sources.web;

import java.io.IOException;
import org.gristmill.core.Reason;
import org.gristmill.sources.Part;

/**
 * Frames one archive file: plain records, a gzip member per record, or one gzip around all.
 *
 * <p>Members are inflated and checked whole before anything in them is believed. A gzip header that
 * inflates to the start of a record is a <em>start</em>, wherever it stands: reading never passes
 * over one, and goes on at the next behind damage.
 */
final class ArchiveFile {
  /** How far into a file we look for the first record, to tell packed from plain. */
  private static final int SNIFF = 1 << 20;

  private final Window window;
  private final Part part;
  private final int maxMember;
  private final long maxBytes;
  private final Findings sink;

  /** The records that start in a part, from a window at the start of the file. */
  ArchiveFile(Window window, Part part, int maxMember, long maxBytes, Sink sink) {
    this.maxMember = maxMember;
    this.window = window;
    this.part = part;
    this.maxBytes = maxBytes;
    this.sink = new Findings(sink);
  }

  void read() throws IOException {
    try (Member member = new Member(window, maxMember)) {
      if (packed()) {
        readMembers(member);
      } else if (part.isFirst()) {
        RecordReader.plain(window, maxBytes, sink).read();
      }
    }
    sink.end(part.isFirst() && window.ahead(1) == 0 ? window.position() : -1);
  }

  /** Whether a gzip header comes before any plain record. */
  private boolean packed() throws IOException {
    int have = Math.min(window.ahead(SNIFF), SNIFF);
    byte[] b = window.bytes();
    int start = window.start();
    int end = start + have;
    if (Head.startsAt(b, start, end)) {
      return false;
    }
    int gzip = nextMagic(b, start, end);
    if (gzip < 0) {
      return false;
    }
    int plain = Head.find(b, start, end);
    return plain < 0 || gzip < plain;
  }

  /**
   * Reads from the first start in the part to the first behind it. What lies between two starts
   * belongs to the one before, and what is found there depends on nothing else.
   */
  private void readMembers(Member member) throws IOException {
    if (!part.isFirst()) {
      window.moveTo(part.start());
      seek(member, part.end());
      if (window.position() >= part.end()) {
        return;
      }
    }
    while (window.ahead(1) > 0 && !(window.position() >= part.end() && member.startsRecord())) {
      long offset = window.position();
      Member.State state = member.inflate();
      switch (state) {
        case SOUND -> sound(member, offset);
        case LARGE -> large(member, offset);
        case NONE -> {
          seekBehind(member, offset, Long.MAX_VALUE);
          sink.garbage(offset, window.position());
        }
        case CORRUPT, TRUNCATED -> damaged(member, state, offset);
      }
    }
  }

  private void sound(Member member, long offset) throws IOException {
    long end = offset + member.stored();
    boolean garbage = member.length() > 0 && Head.find(member.bytes(), 0, member.length()) < 0;
    if (member.length() > 0 && !garbage) {
      Window inside = new Window(member.bytes(), member.length());
      RecordReader.packed(inside, maxBytes, sink, () -> Reason.WARC_LENGTH_MISMATCH, offset).read();
    }
    seekBehind(member, offset, end);
    if (garbage) {
      sink.garbage(offset, window.position());
    }
  }

  private void large(Member member, long offset) throws IOException {
    Member.Rest rest = member.rest();
    boolean cut =
        RecordReader.packed(new Window(rest), maxBytes, sink, () -> reason(rest.state()), offset)
            .read();
    boolean sound = rest.state() == Member.State.SOUND;
    if (!sound && !cut) {
      sink.damage(offset, "", reason(rest.state()), "the member's end");
    }
    seekBehind(member, offset, sound ? window.position() : Long.MAX_VALUE);
  }

  /** One row, and before it the records of a member of several that are whole all the same. */
  private void damaged(Member member, Member.State state, long offset) throws IOException {
    if (RecordReader.startsWithTwo(member.bytes(), member.length())) {
      Window inside = new Window(member.bytes(), member.length());
      RecordReader.packed(inside, maxBytes, sink.sound(), () -> reason(state), offset).read();
    }
    seekBehind(member, offset, Long.MAX_VALUE);
    boolean last = window.ahead(1) == 0;
    Reason reason = last ? reason(state) : Reason.GZIP_CORRUPT;
    sink.damage(offset, "", reason, window.position() - offset + " bytes");
  }

  private static Reason reason(Member.State state) {
    return switch (state) {
      case TRUNCATED -> Reason.GZIP_TRUNCATED;
      case CORRUPT -> Reason.GZIP_CORRUPT;
      default -> Reason.WARC_LENGTH_MISMATCH;
    };
  }

  /** Moves to the next start behind {@code offset}, or to {@code end} if that comes before. */
  private void seekBehind(Member member, long offset, long end) throws IOException {
    window.moveTo(offset + 1);
    seek(member, end);
  }

  /**
   * Moves on to the next start: a member whose first bytes are those of a record; to {@code end},
   * or to that of the file, if there is none before.
   */
  private void seek(Member member, long end) throws IOException {
    while (true) {
      int have = window.ahead(Window.CHUNK);
      int left = (int) Math.min(have, end - window.position());
      int start = window.start();
      int found = nextMagic(window.bytes(), start, start + Math.min(have, left + 2));
      if (found >= 0) {
        window.skip(found - start);
        if (member.startsRecord()) {
          return;
        }
        window.skip(1);
      } else if (left < have - 1 || have < Window.CHUNK) {
        window.skip(left);
        return;
      } else {
        window.skip(have - 2);
      }
    }
  }

  private static int nextMagic(byte[] b, int from, int end) {
    for (int i = from; i < end - 2; i++) {
      if (b[i] == 0x1f && GzipHeader.startsAt(b, i, end)) {
        return i;
      }
    }
    return -1;
  }
}
