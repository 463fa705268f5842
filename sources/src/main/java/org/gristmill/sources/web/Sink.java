package org.gristmill.sources.web;

import java.io.IOException;
import org.gristmill.core.Reason;

/** What is found while an archive is taken apart, in file order. */
interface Sink {
  void record(WarcRecord record) throws IOException;

  void damage(long offset, String url, Reason reason, String detail);

  /** Bytes of the stored file that belong to no record. */
  void garbage(long from, long to);
}
