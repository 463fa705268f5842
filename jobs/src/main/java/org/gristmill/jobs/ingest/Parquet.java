package org.gristmill.jobs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.gristmill.core.Block;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.sources.Input;
import org.gristmill.sources.MachineFailure;
import org.gristmill.sources.Source;

/**
 * Parquet files with a column of text; one document a row, its offset the ordinal of the row.
 *
 * @param text column that holds the text
 * @param url column that holds an address; empty if there is none
 * @param meta further columns of simple values to keep as facts
 */
@Block(does = "Reads Parquet files with a column of text, a document a row.", libraries = "parquet")
public record Parquet(
    @Setting(does = "column that holds the text") String text,
    @Setting(does = "column that holds an address; empty if there is none") String url,
    @Setting(does = "further columns of simple values to keep as facts") List<String> meta)
    implements Source {
  /** Column {@code text}, nothing else. */
  public static final Parquet DEFAULTS = new Parquet("text", "", List.of());

  private static final String KIND = "parquet";

  public Parquet {
    if (text.isEmpty()) {
      throw new SettingError("text", "must name a column");
    }
    meta = List.copyOf(meta);
  }

  @Override
  public void read(Input input, Consumer<Found> out) throws IOException {
    java.nio.file.Path copy = Files.createTempFile("gristmill", ".parquet");
    try {
      // Parquet is read from its end: on a local copy all that fails from here on is the data's.
      try (InputStream in = input.open()) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      rows(input, copy, out);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private void rows(Input input, java.nio.file.Path copy, Consumer<Found> out) throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new Path(copy.toUri()))
            .withConf(new Configuration())
            .build()) {
      long ordinal = 0;
      for (Optional<Found> found = next(reader, input, ordinal); found.isPresent(); ) {
        out.accept(found.get());
        boolean last =
            found.get() instanceof Quarantined q && q.reason() == Reason.INPUT_UNREADABLE;
        ordinal++;
        found = last ? Optional.empty() : next(reader, input, ordinal);
      }
    }
  }

  /** The next row; empty behind the last. What breaks the library is the file's last finding. */
  private Optional<Found> next(ParquetReader<Group> reader, Input input, long ordinal)
      throws IOException {
    try {
      Group row = reader.read();
      return row == null ? Optional.empty() : Optional.of(found(input, row, ordinal));
    } catch (IOException | RuntimeException e) {
      MachineFailure.rise(e);
      return Optional.of(
          quarantined(input, ordinal, Reason.INPUT_UNREADABLE, e.getClass().getSimpleName()));
    }
  }

  private Found found(Input input, Group row, long ordinal) {
    List<String> value = values(row, text);
    if (value.isEmpty()) {
      return quarantined(input, ordinal, Reason.MISSING_FIELD, "no value in column " + text);
    }
    TreeMap<String, String> facts = new TreeMap<>();
    for (String column : meta) {
      values(row, column).forEach(v -> facts.put(column, v));
    }
    String address = url.isEmpty() ? "" : String.join("", values(row, url));
    return Document.create(
        input.source(),
        KIND,
        input.file(),
        input.name(),
        ordinal,
        address,
        Text.of(value.get(0)),
        facts);
  }

  private static List<String> values(Group row, String column) {
    List<String> values = new ArrayList<>();
    if (row.getType().containsField(column)
        && row.getType().getType(column).isPrimitive()
        && row.getFieldRepetitionCount(column) > 0) {
      values.add(row.getValueToString(row.getType().getFieldIndex(column), 0));
    }
    return values;
  }

  private static Quarantined quarantined(Input input, long ordinal, Reason reason, String detail) {
    return new Quarantined(input.source(), KIND, input.file(), ordinal, "", reason, detail);
  }
}
