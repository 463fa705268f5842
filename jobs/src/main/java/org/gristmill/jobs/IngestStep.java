package org.gristmill.jobs;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.gristmill.core.Blocks;
import org.gristmill.core.Problem;
import org.gristmill.core.UserError;
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

  /**
   * The files to read, by name.
   *
   * @throws UserError if two of them have one name
   */
  SortedMap<String, InputFile> files(Configuration hadoop) throws IOException {
    SortedMap<String, InputFile> files = new TreeMap<>();
    for (String pattern : from) {
      for (InputFile file : InputFile.list(pattern, hadoop).values()) {
        InputFile other = files.put(file.name(), file);
        if (other != null && !other.uri().equals(file.uri())) {
          throw new UserError(
              List.of(
                  new Problem(
                      origin,
                      "from",
                      "two files are called "
                          + file.name()
                          + ": "
                          + other.uri()
                          + " and "
                          + file.uri()
                          + "; give each folder an ingest step with a name of its own")));
        }
      }
    }
    return files;
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
