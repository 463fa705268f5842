package org.gristmill.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.gristmill.core.Hash;
import org.gristmill.core.UserError;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;
import org.gristmill.sources.ContentHash;

/**
 * Which files make which batch: the rules by which an input file is known again.
 *
 * <ul>
 *   <li>A file is known by its address. One with a new address is new, also when a known file has
 *       the same name: it then gets a name of its own, {@code part-0.jsonl~2}.
 *   <li>It was moved, if a known file of its own name and length is gone and the content is equal,
 *       by its hash: the batch is read again from there, once, and its documents stay the same.
 *   <li>Changed in place (length or time of change): its batch is read again.
 *   <li>Gone: its documents stay, or go with {@code vanished = drop}; either way a line says so.
 *   <li>Younger than {@code minAge}: waits for the next run; a line says so.
 * </ul>
 */
final class Deliveries {
  /**
   * A file in the table.
   *
   * @param sha256 its {@link ContentHash}
   */
  record Known(InputFile file, String sha256) {
    /** A file of the rows of its parts, by where they start. */
    private static Known of(SortedMap<Long, Row> parts) {
      Row first = parts.get(parts.firstKey());
      long length = parts.values().stream().mapToLong(row -> row.getAs("offset")).sum();
      List<String> blocks = parts.values().stream().map(r -> r.<String>getAs("sha256")).toList();
      return new Known(
          new InputFile(
              first.getAs("file"),
              first.getAs("url"),
              length,
              Long.parseLong(first.getAs("modified"))),
          ContentHash.of(blocks));
    }
  }

  /** A batch and its files; frozen if it must stay as it is because files are gone. */
  record Delivery(IngestStep step, List<InputFile> files, boolean frozen) {}

  private static final int BUFFER_BYTES = 1 << 16;

  private final Tables tables;
  private final IngestStep step;
  private final SortedMap<String, InputFile> listed;
  private final SortedMap<String, Map<String, Known>> known;
  private final Map<String, InputFile> moved = new HashMap<>();
  private final long now;

  /**
   * @param known the step's batches in the table, each with its files by address
   * @param now milliseconds since 1970, to know a file's age
   */
  Deliveries(
      Tables tables,
      IngestStep step,
      SortedMap<String, InputFile> listed,
      SortedMap<String, Map<String, Known>> known,
      long now) {
    this.tables = tables;
    this.step = step;
    this.listed = new TreeMap<>(listed);
    this.known = known;
    this.now = now;
  }

  /** The files of every batch, by address, of the rows that are files. */
  static SortedMap<String, Map<String, Known>> known(Dataset<Row> rows) {
    Map<String, Map<String, SortedMap<Long, Row>>> parts = new HashMap<>();
    for (Row row :
        rows.selectExpr(
                "batch",
                "file",
                "url",
                "offset",
                "meta['modified'] AS modified",
                "meta['sha256'] AS sha256",
                "coalesce(meta['start'], '0') AS start")
            .collectAsList()) {
      parts
          .computeIfAbsent(row.getAs("batch"), batch -> new HashMap<>())
          .computeIfAbsent(row.getAs("file"), file -> new TreeMap<>())
          .put(Long.parseLong(row.getAs("start")), row);
    }
    SortedMap<String, Map<String, Known>> known = new TreeMap<>();
    parts.forEach(
        (batch, files) -> {
          Map<String, Known> its = new TreeMap<>();
          files.forEach((uri, rowsOf) -> its.put(uri, Known.of(rowsOf)));
          known.put(batch, its);
        });
    return known;
  }

  /** Every batch that the table should have of this step. */
  SortedMap<String, Delivery> all() {
    Set<String> addresses = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Map<String, Known> files : known.values()) {
      addresses.addAll(files.keySet());
      files.values().forEach(f -> names.add(f.file().name()));
    }
    List<InputFile> fresh =
        new ArrayList<>(
            listed.values().stream().filter(f -> !addresses.contains(f.uri())).toList());
    fresh.removeIf(this::young);
    fresh.removeIf(this::knownElsewhere);
    fresh.replaceAll(f -> f.withName(free(f.name(), names)));
    SortedMap<String, Delivery> deliveries = new TreeMap<>();
    known.forEach(
        (batch, files) -> {
          Delivery again = again(batch, files);
          if (!again.files().isEmpty()) {
            deliveries.put(batch, again);
          }
        });
    fresh.sort(java.util.Comparator.comparing(InputFile::name));
    for (List<InputFile> files : cut(fresh, InputFile::length, step.intake().batchBytes())) {
      deliveries.put(batch(files), new Delivery(step, files, false));
    }
    return deliveries;
  }

  private boolean young(InputFile file) {
    long least = step.intake().minAge().toMillis();
    if (least == 0 || now - file.modified() >= least) {
      return false;
    }
    tables.note(
        "source "
            + step.name()
            + ": "
            + file.uri()
            + " is younger than minAge; the next run takes it");
    return true;
  }

  /** A name that no known file has. */
  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "~" + i;
    }
    return free;
  }

  /** Whether a file with a new address is one that lay elsewhere before. */
  private boolean knownElsewhere(InputFile file) {
    for (Map<String, Known> files : known.values()) {
      for (Known old : files.values()) {
        if (plain(old.file()).equals(plain(file))
            && old.file().length() == file.length()
            && !listed.containsKey(old.file().uri())
            && !moved.containsKey(old.file().uri())
            && old.sha256().equals(sha256(file))) {
          moved.put(old.file().uri(), file.withName(old.file().name()));
          return true;
        }
      }
    }
    return false;
  }

  /** The file's own name, without its folders. */
  private static String plain(InputFile file) {
    return new Path(file.uri()).getName();
  }

  private String sha256(InputFile file) {
    try {
      Configuration hadoop = tables.hadoop();
      ContentHash hash = new ContentHash(InputFile.partBytes(hadoop));
      Path path = new Path(file.uri());
      try (InputStream in = path.getFileSystem(hadoop).open(path)) {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          hash.update(buffer, 0, read);
        }
      }
      return hash.hex();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A batch that is in the table already. */
  private Delivery again(String batch, Map<String, Known> files) {
    List<InputFile> present = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (Known old : files.values()) {
      String uri = old.file().uri();
      InputFile there = listed.get(uri);
      if (there != null) {
        present.add(there.withName(old.file().name()));
        if (!there.unchanged(old.file())) {
          changed.add(uri);
        }
      } else if (moved.containsKey(uri)) {
        present.add(moved.get(uri));
        changed.add(uri + " (moved to " + moved.get(uri).uri() + ")");
      } else {
        gone.add(uri);
      }
    }
    present.sort(java.util.Comparator.comparing(InputFile::name));
    String source = "source " + step.name() + ": ";
    if (!changed.isEmpty()) {
      tables.note(source + "input files changed or moved, read again: " + some(changed));
    }
    if (gone.isEmpty()) {
      return new Delivery(step, present, false);
    }
    if (step.intake().vanished() == IngestStep.Vanished.DROP) {
      tables.note(source + "input files are gone, their documents went with them: " + some(gone));
      return new Delivery(step, present, false);
    }
    if (!changed.isEmpty()) {
      throw new UserError(
          "batch "
              + batch
              + " must be read again because some of its files have changed: "
              + some(changed)
              + "; but others are gone: "
              + some(gone)
              + "; bring them back, or set vanished = drop in the ingest step to drop their"
              + " documents");
    }
    tables.note(
        source
            + "input files are gone, their documents stay as they were made (vanished = drop would"
            + " drop them): "
            + some(gone));
    return new Delivery(step, files.values().stream().map(Known::file).toList(), true);
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(5, names.size())))
        + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "");
  }

  /** Cuts things that have a length, in their order, into runs of at most some bytes. */
  static <T> List<List<T>> cut(List<T> things, ToLongFunction<T> length, long bytes) {
    List<List<T>> runs = new ArrayList<>();
    long used = 0;
    for (T thing : things) {
      if (runs.isEmpty() || used + length.applyAsLong(thing) > bytes) {
        runs.add(new ArrayList<>());
        used = 0;
      }
      runs.get(runs.size() - 1).add(thing);
      used += length.applyAsLong(thing);
    }
    return runs;
  }

  private String batch(List<InputFile> files) {
    String names = files.stream().map(InputFile::name).collect(Collectors.joining("\n"));
    return step.name() + "-" + Hash.sha256Hex(names).substring(0, 12);
  }

  /** What a batch is made from: the files as they can be seen without reading them. */
  static Made made(Delivery delivery) {
    return Made.of(delivery.step().facts(), inputs(delivery));
  }

  /** What a batch was made from that stays as it is, though it could not be made again. */
  static Made frozen(Delivery delivery, String id) {
    return new Made(delivery.step().facts(), inputs(delivery), id);
  }

  private static SortedMap<String, String> inputs(Delivery delivery) {
    SortedMap<String, String> inputs = new TreeMap<>();
    for (InputFile file : delivery.files()) {
      inputs.put(file.name(), file.seen());
    }
    return inputs;
  }
}
