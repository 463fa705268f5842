package org.gristmill.tokenize.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.gristmill.core.Block;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Sequences;
import org.gristmill.tokenize.ShardWriter;
import org.gristmill.tokenize.Tokenizer;

/**
 * {@code SHARD.parquet}: the columns of {@link ArrowShard} as Parquet lists without nulls, plain
 * and not compressed.
 *
 * <p>A row is a sequence. Row groups have at most 1,024 rows and about 4 million tokens, and a
 * column of one has a single page (version 1): repetition levels (0 at a row's first value, else
 * 1), definition levels (all 1), both as runs behind their length in bytes, then the values: int32,
 * or strings behind their length. Tracks of a byte are int32 annotated as UINT_8. The key-value
 * metadata are those of {@code SHARD.arrow}.
 *
 * @see <a href="https://github.com/apache/parquet-format/blob/master/README.md">The format</a>
 */
@Block(does = "Writes SHARD.parquet, a Parquet file of token ids.", version = 1)
public record ParquetShard() implements ShardWriter, Serializable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_ROWS = 1_024;
  private static final int MOST_TOKENS = 1 << 22;

  private static final int INT32 = 1;
  private static final int BYTE_ARRAY = 6;
  private static final int REQUIRED = 0;
  private static final int REPEATED = 2;
  private static final int UTF8 = 0;
  private static final int LIST = 3;
  private static final int UINT_8 = 11;
  private static final int PLAIN = 0;
  private static final int RLE = 3;

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    int length = Sequences.length(this, tokenizer, sequences);
    List<RowColumn> columns = RowColumn.of(sequences);
    int rows = Math.max(1, Math.min(MOST_ROWS, MOST_TOKENS / length));
    String file = shard + ".parquet";
    try (LittleEndian out = new LittleEndian(folder.resolve(file))) {
      out.bytes(MAGIC);
      List<ThriftCompact> groups = new ArrayList<>();
      for (int from = 0; from < sequences.size(); from += rows) {
        int to = Math.min(sequences.size(), from + rows);
        groups.add(group(out, columns, sequences.subList(from, to)));
      }
      byte[] footer =
          new ThriftCompact()
              .i32(1, 1)
              .structs(2, schema(columns))
              .i64(3, sequences.size())
              .structs(4, groups)
              .structs(5, metadata(RowColumn.metadata(tokenizer, length)))
              .string(6, "gristmill")
              .bytes();
      out.bytes(footer).i32(footer.length).bytes(MAGIC);
    }
    return List.of(file);
  }

  private static List<ThriftCompact> metadata(SortedMap<String, String> metadata) {
    List<ThriftCompact> pairs = new ArrayList<>();
    metadata.forEach(
        (key, value) -> pairs.add(new ThriftCompact().string(1, key).string(2, value)));
    return pairs;
  }

  private static List<ThriftCompact> schema(List<RowColumn> columns) {
    List<ThriftCompact> schema = new ArrayList<>();
    schema.add(new ThriftCompact().string(4, "schema").i32(5, columns.size()));
    for (RowColumn column : columns) {
      schema.add(
          new ThriftCompact().i32(3, REQUIRED).string(4, column.name()).i32(5, 1).i32(6, LIST));
      schema.add(new ThriftCompact().i32(3, REPEATED).string(4, "list").i32(5, 1));
      ThriftCompact element = new ThriftCompact().i32(1, type(column)).i32(3, REQUIRED);
      element.string(4, "element");
      if (column.kind() == RowColumn.Kind.TEXTS) {
        element.i32(6, UTF8);
      } else if (column.bytes() == 1) {
        element.i32(6, UINT_8);
      }
      schema.add(element);
    }
    return schema;
  }

  private static int type(RowColumn column) {
    return column.kind() == RowColumn.Kind.TEXTS ? BYTE_ARRAY : INT32;
  }

  private static ThriftCompact group(LittleEndian out, List<RowColumn> columns, List<Sequence> rows)
      throws IOException {
    List<ThriftCompact> chunks = new ArrayList<>();
    long start = out.position();
    for (RowColumn column : columns) {
      long at = out.position();
      int values = page(out, column, rows);
      long bytes = out.position() - at;
      ThriftCompact about =
          new ThriftCompact()
              .i32(1, type(column))
              .i32s(2, List.of(PLAIN, RLE))
              .strings(3, List.of(column.name(), "list", "element"))
              .i32(4, 0)
              .i64(5, values)
              .i64(6, bytes)
              .i64(7, bytes)
              .i64(9, at);
      chunks.add(new ThriftCompact().i64(2, at).struct(3, about));
    }
    return new ThriftCompact()
        .structs(1, chunks)
        .i64(2, out.position() - start)
        .i64(3, rows.size());
  }

  /** Writes the page of a column; returns how many values it has. */
  private static int page(LittleEndian out, RowColumn column, List<Sequence> rows)
      throws IOException {
    ByteArrayOutputStream repetitions = new ByteArrayOutputStream();
    int values = 0;
    int bytes = 0;
    for (Sequence row : rows) {
      int count = column.count(row);
      run(repetitions, 1, 0);
      run(repetitions, count - 1, 1);
      values += count;
      bytes += 4 * count;
      if (column.kind() == RowColumn.Kind.TEXTS) {
        for (Sequence.Piece piece : row.pieces()) {
          bytes += piece.id().getBytes(StandardCharsets.UTF_8).length;
        }
      }
    }
    ByteArrayOutputStream definitions = new ByteArrayOutputStream();
    run(definitions, values, 1);
    int size = 8 + repetitions.size() + definitions.size() + bytes;
    ThriftCompact page = new ThriftCompact().i32(1, values).i32(2, PLAIN).i32(3, RLE).i32(4, RLE);
    out.bytes(new ThriftCompact().i32(1, 0).i32(2, size).i32(3, size).struct(5, page).bytes());
    out.i32(repetitions.size()).bytes(repetitions.toByteArray());
    out.i32(definitions.size()).bytes(definitions.toByteArray());
    for (Sequence row : rows) {
      if (column.kind() == RowColumn.Kind.TEXTS) {
        for (Sequence.Piece piece : row.pieces()) {
          byte[] text = piece.id().getBytes(StandardCharsets.UTF_8);
          out.i32(text.length).bytes(text);
        }
      } else {
        out.ints(column.values(row));
      }
    }
    return values;
  }

  /** A run of one level of a single bit: its length, and the level. */
  private static void run(ByteArrayOutputStream out, int count, int level) {
    if (count == 0) {
      return;
    }
    long rest = (long) count << 1;
    for (; rest > 0x7F; rest >>>= 7) {
      out.write((int) (rest & 0x7F | 0x80));
    }
    out.write((int) rest);
    out.write(level);
  }
}
