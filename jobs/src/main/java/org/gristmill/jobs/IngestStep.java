package org.gristmill.jobs;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.gristmill.core.Blocks;
import org.gristmill.sources.Source;

/**
 * One source of a pipeline.
 *
 * @param name name of the source; part of every document's identity
 * @param kind kind of source, {@code web} for example
 * @param reader the source with its settings
 * @param from files, folders or globs on any Hadoop file system
 * @param vanished what becomes of documents whose input file is gone
 * @param batchBytes a delivery larger than this is cut into several batches, at file boundaries
 * @param origin file and line of the step in the conf
 */
record IngestStep(
    String name,
    String kind,
    Source reader,
    List<String> from,
    Vanished vanished,
    long batchBytes,
    String origin)
    implements Serializable {

  /** What becomes of documents whose input file is gone. */
  enum Vanished {
    /** They stay: raw data is often deleted once it has been read. */
    KEEP,
    /** They go. */
    DROP
  }

  IngestStep {
    from = List.copyOf(from);
    if (batchBytes < 1) {
      throw new IllegalArgumentException("batchBytes is " + batchBytes + ", must be at least 1");
    }
  }

  /** Every pattern that matches nothing is a mistake. */
  void findInputs(Configuration hadoop, Problems problems) throws IOException {
    for (String pattern : from) {
      if (InputFile.list(pattern, hadoop).isEmpty()) {
        problems.add(origin, "from", "no file matches " + pattern);
      }
    }
  }

  /** What decides the rows, besides the files. */
  String settings() {
    return name + "\n" + kind + "\n" + Blocks.name(reader.getClass()) + reader;
  }
}
