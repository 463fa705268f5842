package org.gristmill.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.core.Text;
import org.gristmill.sources.Input;
import org.gristmill.sources.Source;

/**
 * Parquet files with a column of text; one document a row, its offset the ordinal of the row.
 *
 * @param text column that holds the text
 * @param url column that holds an address; empty if there is none
 * @param meta further columns of simple values to keep as facts
 */
public record Parquet(String text, String url, List<String> meta) implements Source {
  /** Column {@code text}, nothing else. */
  public static final Parquet DEFAULTS = new Parquet("text", "", List.of());

  private static final String KIND = "parquet";

  public Parquet {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("text must name a column");
    }
    meta = List.copyOf(meta);
  }

  @Override
  public void read(Input input, Consumer<Found> out) throws IOException {
    Configuration hadoop = input instanceof HadoopInput h ? h.hadoop() : new Configuration();
    long row = 0;
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), new Path(input.file()))
            .withConf(hadoop)
            .build()) {
      for (Group group = reader.read(); group != null; group = reader.read()) {
        out.accept(found(input, group, row));
        row++;
      }
    } catch (RuntimeException e) {
      // Not Parquet, or broken from here on: the library knows no other way to say so.
      out.accept(quarantined(input, row, Reason.INPUT_UNREADABLE, String.valueOf(e.getMessage())));
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
