package org.gristmill.tokenize.format;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Sequences;
import org.gristmill.tokenize.ShardWriter;
import org.gristmill.tokenize.Tokenizer;

/**
 * One {@code SHARD.arrow} in Arrow's IPC file format, not compressed, so that it can be mapped.
 *
 * <p>A row is a sequence. Columns, none of them with nulls: {@code input_ids} fixed-size list of
 * int32; {@code document_lengths} list of int32, whose sum is the number of tokens before the
 * padding; {@code document_ids} list of utf8 and {@code document_starts} list of int32, the
 * document and the first token within it of each piece. Only where an objective gives them follow
 * {@code document_labels}, list of int32 with one for each piece, and the tracks, fixed-size lists:
 * {@code labels} of int32, {@code loss_mask} and {@code token_types} of uint8 (see {@link
 * org.gristmill.tokenize.Track}). The schema's metadata say {@code gristmill.format}, {@code
 * tokenizer}, {@code vocabulary_size}, {@code end_of_document} (which is also the padding) and
 * {@code sequence_tokens}.
 *
 * @param rowsPerBatch rows in every record batch but the last, from 1 to 4,096
 * @see <a href="https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format">The IPC file
 *     format</a>
 */
@Block(
    does = "Writes SHARD.arrow, an Arrow IPC file of token ids that can be mapped.",
    version = 1,
    libraries = "arrow")
public record ArrowShard(
    @Setting(
            does = "Sequences in every record batch but the last.",
            unit = "sequences",
            min = 1,
            max = 4096)
        int rowsPerBatch)
    implements ShardWriter, Serializable {
  /** What {@code gristmill.format} says; another layout gets another number. */
  public static final String FORMAT = "arrow-1";

  /** 256 rows: one to some ten MiB a batch. */
  public static final ArrowShard DEFAULT = new ArrowShard(256);

  public ArrowShard {
    Bounds.between("rowsPerBatch", rowsPerBatch, 1, 4_096);
  }

  @Override
  public String name() {
    return "arrow";
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    String file = shard + ".arrow";
    int sequenceTokens = Sequences.length(this, tokenizer, sequences);
    List<RowColumn> columns = RowColumn.of(sequences);
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root =
            VectorSchemaRoot.create(schema(tokenizer, sequenceTokens, columns), allocator);
        FileChannel channel =
            FileChannel.open(
                folder.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
      for (int from = 0; from < sequences.size(); from += rowsPerBatch) {
        int to = Math.min(sequences.size(), from + rowsPerBatch);
        fill(root, columns, sequences.subList(from, to));
        writer.writeBatch();
      }
      writer.end();
    }
    return List.of(file);
  }

  private static Schema schema(Tokenizer tokenizer, int sequenceTokens, List<RowColumn> columns) {
    List<Field> fields = new ArrayList<>();
    for (RowColumn column : columns) {
      ArrowType list =
          column.kind() == RowColumn.Kind.TOKENS
              ? new ArrowType.FixedSizeList(sequenceTokens)
              : new ArrowType.List();
      ArrowType item =
          switch (column.bytes()) {
            case 0 -> new ArrowType.Utf8();
            case 1 -> new ArrowType.Int(8, false);
            default -> new ArrowType.Int(32, true);
          };
      Field child = new Field("item", FieldType.notNullable(item), List.of());
      fields.add(new Field(column.name(), FieldType.notNullable(list), List.of(child)));
    }
    return new Schema(fields, RowColumn.metadata(tokenizer, sequenceTokens));
  }

  private static void fill(VectorSchemaRoot root, List<RowColumn> columns, List<Sequence> rows) {
    root.clear();
    for (RowColumn column : columns) {
      if (column.kind() == RowColumn.Kind.TOKENS) {
        fillTokens((FixedSizeListVector) root.getVector(column.name()), column, rows);
      } else {
        fillPieces((ListVector) root.getVector(column.name()), column, rows);
      }
    }
    root.setRowCount(rows.size());
  }

  private static void fillTokens(
      FixedSizeListVector column, RowColumn values, List<Sequence> rows) {
    BaseFixedWidthVector items = (BaseFixedWidthVector) column.getDataVector();
    int length = column.getListSize();
    int count = Math.multiplyExact(rows.size(), length);
    items.allocateNew(count);
    items.getValidityBuffer().setOne(0, (count + 7L) / 8);
    ByteBuffer bytes = ByteBuffer.allocate(values.bytes() * length).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows.size(); row++) {
      column.setNotNull(row);
      int[] numbers = values.values(rows.get(row));
      if (values.bytes() == 4) {
        bytes.asIntBuffer().put(numbers);
      } else {
        for (int i = 0; i < length; i++) {
          bytes.put(i, (byte) numbers[i]);
        }
      }
      items.getDataBuffer().setBytes((long) row * bytes.capacity(), bytes.array());
    }
  }

  private static void fillPieces(ListVector column, RowColumn values, List<Sequence> rows) {
    for (int row = 0; row < rows.size(); row++) {
      int at = column.startNewValue(row);
      List<Sequence.Piece> pieces = rows.get(row).pieces();
      int[] numbers = values.values(rows.get(row));
      for (int i = 0; i < numbers.length; i++, at++) {
        if (column.getDataVector() instanceof IntVector items) {
          items.setSafe(at, numbers[i]);
        } else {
          ((VarCharVector) column.getDataVector())
              .setSafe(at, pieces.get(i).id().getBytes(StandardCharsets.UTF_8));
        }
      }
      column.endValue(row, numbers.length);
    }
  }
}
