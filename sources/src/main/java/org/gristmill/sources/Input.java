package org.gristmill.sources;

import java.io.IOException;
import java.io.InputStream;

/** One input file, wherever it lies. */
public interface Input {
  /** Name of the ingest step that reads it; part of every document's identity. */
  String source();

  /** URI or path of the file, for the tables. */
  String file();

  /**
   * Name relative to the folder that is read, with {@code /} between folders; part of every
   * document's identity.
   */
  String name();

  /** Length in bytes. */
  long length();

  /** A fresh stream over the whole file, not buffered. Its failures are the machine's. */
  InputStream open() throws IOException;

  /**
   * The same from a byte on.
   *
   * @param from at most the length of the file
   */
  default InputStream open(long from) throws IOException {
    InputStream in = open();
    try {
      in.skipNBytes(from);
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }
}
