package org.gristmill.jobs.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.gristmill.core.Blocks;
import org.gristmill.core.Problem;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.UserError;
import org.gristmill.jobs.settings.Problems;
import org.gristmill.sources.Source;

/**
 * One source of a pipeline.
 *
 * @param name name of the source; part of every document's identity
 * @param kind kind of source, {@code web} for example
 * @param reader the source with its settings
 * @param from files, folders or globs on any Hadoop file system
 * @param intake what is taken from there, and when
 * @param origin file and line of the step in the conf
 */
public record IngestStep(
    String name, String kind, Source reader, List<String> from, Intake intake, String origin)
    implements Serializable {

  /** What becomes of documents whose input file is gone. */
  public enum Vanished {
    /** They stay: raw data is often deleted once it has been read. */
    KEEP,
    /** They go. */
    DROP
  }

  /**
   * What an ingest step takes, whatever its source.
   *
   * @param vanished what becomes of documents whose input file is gone
   * @param batchBytes a delivery larger than this is cut into several batches, at file boundaries
   * @param minAge files changed less than this ago are left for the next run
   */
  public record Intake(
      @Setting(does = "keep or drop: what becomes of documents whose input file is gone")
          Vanished vanished,
      @Setting(
              does = "a delivery larger than this is cut into several batches, between files",
              unit = "bytes",
              min = 1)
          long batchBytes,
      @Setting(
              does =
                  "files changed less than this ago may still be growing: they wait for the next"
                      + " run")
          Duration minAge)
      implements Serializable {
    /** Keeps what was read, whatever becomes of the files; waits for nothing. */
    public static final Intake DEFAULTS = new Intake(Vanished.KEEP, 16L << 30, Duration.ZERO);

    public Intake {
      if (batchBytes < 1) {
        throw new SettingError("batchBytes", "must be at least 1, is " + batchBytes);
      }
      if (minAge.isNegative()) {
        throw new SettingError("minAge", "must not be negative, is " + minAge);
      }
    }
  }

  public IngestStep {
    from = List.copyOf(from);
  }

  /**
   * The files to read, by URI.
   *
   * @throws UserError if two of them have one name
   */
  SortedMap<String, InputFile> files(Configuration hadoop) throws IOException {
    SortedMap<String, InputFile> byName = new TreeMap<>();
    SortedMap<String, InputFile> byUri = new TreeMap<>();
    for (String pattern : from) {
      for (InputFile file : InputFile.list(pattern, hadoop).values()) {
        InputFile other = byName.put(file.name(), file);
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
        byUri.put(file.uri(), file);
      }
    }
    return byUri;
  }

  /** Every pattern that matches nothing is a mistake. */
  public void findInputs(Configuration hadoop, Problems problems) throws IOException {
    for (String pattern : from) {
      if (InputFile.list(pattern, hadoop).isEmpty()) {
        problems.add(
            origin,
            "from",
            "no file matches "
                + pattern
                + (InputFile.absolute(pattern)
                    ? ""
                    : ", looked for in " + System.getProperty("user.dir")));
      }
    }
  }

  /** What decides the rows, besides the files. */
  SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>();
    Blocks.facts((Record) reader)
        .forEach((key, value) -> facts.put(kind + (key.startsWith("@") ? key : "." + key), value));
    facts.put("name", name);
    facts.putAll(Blocks.facts(IngestJob.class));
    return facts;
  }
}
