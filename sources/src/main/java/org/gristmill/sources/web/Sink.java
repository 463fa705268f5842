package org.gristmill.sources.web;

import org.gristmill.core.Reason;

/** What is found while an archive is taken apart, in file order. */
interface Sink {
  void record(WarcRecord record);

  void damage(long offset, String url, Reason reason, String detail);

  /** Bytes of the stored file that belong to no record. */
  void garbage(long from, long to);
}
