package org.gristmill.core;

import java.io.Serializable;

/** What a source finds in a file: a document, or a record that could not become one. */
public sealed interface Found extends Serializable permits Document, Quarantined {
  /** URI of the input file. */
  String file();

  /**
   * Where the record starts in that file, in bytes as stored (compressed, for a member of a
   * compressed file); where a format gives no byte position, the record's ordinal from 0.
   */
  long offset();
}
