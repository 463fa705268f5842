package org.gristmill.jobs.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
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
import org.gristmill.sources.Part;
import org.gristmill.sources.Splittable;

/**
 * Parquet files with a column of text; one document a row, its offset the ordinal of the row.
 *
 * <p>Row groups are read one at a time, and only the columns that are named; the memory that takes
 * is theirs in one group, unpacked page by page. A broken group is one row from where it breaks,
 * and reading goes on at the next.
 *
 * @param text column that holds the text
 * @param url column that holds an address; empty if there is none
 * @param meta further columns of simple values to keep as facts
 */
@Block(
    does = "Reads Parquet files with a column of text, a document a row.",
    version = 2,
    libraries = "parquet")
public record Parquet(
    @Setting(does = "column that holds the text") String text,
    @Setting(does = "column that holds an address; empty if there is none") String url,
    @Setting(does = "further columns of simple values to keep as facts") List<String> meta)
    implements Splittable {
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
  public boolean splits(String name) {
    return true;
  }

  /** The rows of the groups that start in a part. The first part says if the footer is broken. */
  @Override
  public void read(Input input, Part part, Consumer<Found> out) throws IOException {
    ParquetInput file = new ParquetInput(input, part);
    ParquetFileReader opened;
    try {
      opened = ParquetFileReader.open(file, HadoopReadOptions.builder(new Configuration()).build());
    } catch (IOException | RuntimeException e) {
      MachineFailure.rise(e);
      if (part.isFirst()) {
        out.accept(unreadable(input, 0, e.getClass().getSimpleName()));
      }
      return;
    }
    file.onward();
    try (ParquetFileReader reader = opened) {
      reader.setRequestedSchema(wanted(reader));
      long ordinal = 0;
      long start = 0;
      for (int i = 0; i < reader.getRowGroups().size(); i++) {
        BlockMetaData group = reader.getRowGroups().get(i);
        // Whatever the footer says, each group starts in the file, and none before another.
        start = Math.max(start, Math.min(start(group), input.length() - 1));
        if (part.start() <= start && start < part.end()) {
          rows(reader, i, ordinal, input, out);
        }
        ordinal += Math.max(0, group.getRowCount());
      }
    }
  }

  private static long start(BlockMetaData group) {
    return group.getColumns().isEmpty() ? 0 : group.getStartingPos();
  }

  /** The columns to read; if the file has none of them, one that tells how many rows there are. */
  private MessageType wanted(ParquetFileReader reader) {
    MessageType schema = reader.getFileMetaData().getSchema();
    Set<String> names = new HashSet<>(meta);
    names.addAll(List.of(text, url));
    List<Type> wanted =
        schema.getFields().stream()
            .filter(field -> names.contains(field.getName()) && field.isPrimitive())
            .toList();
    return new MessageType(
        schema.getName(), wanted.isEmpty() ? schema.getFields().subList(0, 1) : wanted);
  }

  /** The rows of a group. What breaks the library is the group's last finding. */
  private void rows(
      ParquetFileReader reader, int group, long first, Input input, Consumer<Found> out)
      throws IOException {
    if (!isEven(reader.getRowGroups().get(group))) {
      out.accept(unreadable(input, first, "columns of different lengths"));
      return;
    }
    long end = first + reader.getRowGroups().get(group).getRowCount();
    Optional<RecordReader<Group>> rows = Optional.empty();
    boolean sound = true;
    for (long ordinal = first; sound && ordinal < end; ordinal++) {
      Found found;
      try {
        rows = Optional.of(rows.isPresent() ? rows.get() : open(reader, group));
        found = found(input, rows.get().read(), ordinal);
      } catch (IOException | RuntimeException e) {
        MachineFailure.rise(e);
        found = unreadable(input, ordinal, e.getClass().getSimpleName());
        sound = false;
      }
      out.accept(found);
    }
  }

  /** Whether every column without lists has as many values as the group has rows. */
  private static boolean isEven(BlockMetaData group) {
    return group.getColumns().stream()
        .filter(column -> column.getPath().size() == 1)
        .filter(column -> !column.getPrimitiveType().isRepetition(Type.Repetition.REPEATED))
        .allMatch(column -> column.getValueCount() == group.getRowCount());
  }

  private RecordReader<Group> open(ParquetFileReader reader, int group) throws IOException {
    MessageType wanted = wanted(reader);
    FileMetaData file = reader.getFileMetaData();
    return new ColumnIOFactory(file.getCreatedBy())
        .getColumnIO(wanted, file.getSchema())
        .getRecordReader(reader.readRowGroup(group), new GroupRecordConverter(wanted));
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

  private static Quarantined unreadable(Input input, long ordinal, String detail) {
    return quarantined(input, ordinal, Reason.INPUT_UNREADABLE, detail);
  }

  private static Quarantined quarantined(Input input, long ordinal, Reason reason, String detail) {
    return new Quarantined(input.source(), KIND, input.file(), ordinal, "", reason, detail);
  }
}
