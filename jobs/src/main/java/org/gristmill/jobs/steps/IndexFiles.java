package org.gristmill.jobs.steps;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.gristmill.dedup.index.KeyFileWriter;
import org.gristmill.dedup.index.RecordFileWriter;
import org.gristmill.jobs.table.Rows;

/**
 * Writes the files of an index.
 *
 * @param layout which task writes what
 * @param bits bits of a probe, by generation
 * @param folder of all generations
 * @param hadoop settings of the file system
 */
record IndexFiles(
    Layout layout, SortedMap<String, Integer> bits, String folder, SerializableConfiguration hadoop)
    implements Serializable {
  /** Writes the sorted rows of a partition as one file; a row for it, none for no rows. */
  List<Row> write(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return List.of();
    }
    Row first = rows.next();
    Layout.Part file = layout.parts().get(first.<Integer>getAs("task"));
    String kind = first.getAs("kind");
    try {
      Path local = Files.createTempDirectory("gristmill-index");
      SortedMap<String, Long> sources = new TreeMap<>();
      try {
        Path written = local.resolve("file");
        long entries =
            kind.equals(IndexJob.KEYS)
                ? keys(first, rows, written, bits.get(file.generation()))
                : records(first, rows, written, sources);
        String sha256 = Uploads.sha256(written);
        String name =
            String.format(
                Locale.ROOT,
                "%s/%s-%05d-of-%05d-%s",
                file.generation(),
                kind,
                file.part(),
                file.of(),
                sha256.substring(0, 8));
        Uploads.put(written, folder + "/" + name, hadoop.value());
        return List.of(
            RowFactory.create(
                file.generation(),
                kind,
                file.part(),
                file.of(),
                Rows.map(sources),
                name,
                sha256,
                Files.size(written),
                entries,
                file.number(),
                Rows.map(file.madeOf())));
      } finally {
        Uploads.delete(local);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long keys(Row first, Iterator<Row> rows, Path file, int probeBits)
      throws IOException {
    long entries = 0;
    try (OutputStream out = Files.newOutputStream(file);
        KeyFileWriter writer = new KeyFileWriter(out, probeBits, file.getParent())) {
      for (Row row = first; row != null; row = rows.hasNext() ? rows.next() : null) {
        PartitionKeys.check(first.<Integer>getAs("task"), row.<Integer>getAs("task"));
        writer.add(row.<Long>getAs("key"), row.getAs("id"));
        entries++;
      }
      writer.finish();
    }
    return entries;
  }

  private static long records(
      Row first, Iterator<Row> rows, Path file, SortedMap<String, Long> sources)
      throws IOException {
    long entries = 0;
    try (OutputStream out = Files.newOutputStream(file);
        RecordFileWriter writer = new RecordFileWriter(out)) {
      for (Row row = first; row != null; row = rows.hasNext() ? rows.next() : null) {
        PartitionKeys.check(first.<Integer>getAs("task"), row.<Integer>getAs("task"));
        byte[] payload = row.getAs("payload");
        writer.add(row.getAs("id"), payload);
        sources.merge(RecordLayout.Fields.of(payload).source(), 1L, Long::sum);
        entries++;
      }
      writer.finish();
    }
    return entries;
  }
}
