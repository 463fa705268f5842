package org.gristmill.sources.web;

import java.io.IOException;
import org.gristmill.core.Reason;

/** Passes on what is found in an archive: garbage that adjoins as one event, no archive as one. */
final class Findings implements Sink {
  private final Sink sink;
  private long garbageFrom;
  private long garbageTo = -1;
  private boolean nothingYet = true;

  Findings(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void record(WarcRecord record) throws IOException {
    flush();
    nothingYet = false;
    sink.record(record);
  }

  @Override
  public void damage(long offset, String url, Reason reason, String detail) {
    flush();
    nothingYet = false;
    sink.damage(offset, url, reason, detail);
  }

  @Override
  public void garbage(long from, long to) {
    if (garbageTo != from) {
      flush();
      garbageFrom = from;
    }
    garbageTo = to;
  }

  /**
   * Says what is left to say.
   *
   * @param length where the file ended, if all of it was read; else -1
   */
  void end(long length) {
    if (nothingYet && length > 0 && garbageFrom == 0 && garbageTo == length) {
      sink.damage(0, "", Reason.INPUT_UNREADABLE, "no WARC or ARC record in " + length + " bytes");
    } else {
      flush();
    }
  }

  /** Takes the records and leaves the damage to the caller's report. */
  Sink sound() {
    return new Sink() {
      @Override
      public void record(WarcRecord record) throws IOException {
        Findings.this.record(record);
      }

      @Override
      public void damage(long offset, String url, Reason reason, String detail) {}

      @Override
      public void garbage(long from, long to) {}
    };
  }

  private void flush() {
    if (garbageTo > garbageFrom) {
      nothingYet = false;
      sink.garbage(garbageFrom, garbageTo);
    }
    garbageFrom = 0;
    garbageTo = -1;
  }
}
