package org.gristmill.tokenize;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
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

/**
 * One {@code SHARD.arrow} in Arrow's IPC file format, not compressed, so that it can be mapped.
 *
 * <p>A row is a sequence. Columns, none of them with nulls: {@code input_ids} fixed-size list of
 * int32; {@code document_lengths} list of int32, whose sum is the number of tokens before the
 * padding; {@code document_ids} list of utf8 and {@code document_starts} list of int32, the
 * document and the first token within it of each piece. The schema's metadata say {@code
 * gristmill.format}, {@code tokenizer}, {@code vocabulary_size}, {@code end_of_document} (which is
 * also the padding) and {@code sequence_tokens}.
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
    int sequenceTokens = ShardFormats.sequenceTokens(tokenizer, sequences);
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root =
            VectorSchemaRoot.create(schema(tokenizer, sequenceTokens), allocator);
        FileChannel channel =
            FileChannel.open(
                folder.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ArrowFileWriter writer = new ArrowFileWriter(root, null, channel)) {
      for (int from = 0; from < sequences.size(); from += rowsPerBatch) {
        int to = Math.min(sequences.size(), from + rowsPerBatch);
        fill(root, sequences.subList(from, to), sequenceTokens);
        writer.writeBatch();
      }
      writer.end();
    }
    return List.of(file);
  }

  private static Schema schema(Tokenizer tokenizer, int sequenceTokens) {
    ArrowType int32 = new ArrowType.Int(32, true);
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("gristmill.format", FORMAT);
    metadata.put("tokenizer", tokenizer.name());
    metadata.put("vocabulary_size", Integer.toString(tokenizer.vocabularySize()));
    metadata.put("end_of_document", Integer.toString(tokenizer.endOfDocument()));
    metadata.put("sequence_tokens", Integer.toString(sequenceTokens));
    return new Schema(
        List.of(
            column("input_ids", new ArrowType.FixedSizeList(sequenceTokens), int32),
            column("document_lengths", new ArrowType.List(), int32),
            column("document_ids", new ArrowType.List(), new ArrowType.Utf8()),
            column("document_starts", new ArrowType.List(), int32)),
        metadata);
  }

  private static Field column(String name, ArrowType list, ArrowType item) {
    Field child = new Field("item", FieldType.notNullable(item), List.of());
    return new Field(name, FieldType.notNullable(list), List.of(child));
  }

  private static void fill(VectorSchemaRoot root, List<Sequence> rows, int sequenceTokens) {
    root.clear();
    fillTokens((FixedSizeListVector) root.getVector("input_ids"), rows, sequenceTokens);
    ListVector lengths = (ListVector) root.getVector("document_lengths");
    fillInts(lengths, rows, Sequence.Piece::length);
    ListVector starts = (ListVector) root.getVector("document_starts");
    fillInts(starts, rows, Sequence.Piece::start);
    fillIds((ListVector) root.getVector("document_ids"), rows);
    root.setRowCount(rows.size());
  }

  private static void fillTokens(FixedSizeListVector column, List<Sequence> rows, int length) {
    IntVector items = (IntVector) column.getDataVector();
    int count = Math.multiplyExact(rows.size(), length);
    items.allocateNew(count);
    items.getValidityBuffer().setOne(0, (count + 7L) / 8);
    ByteBuffer bytes = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows.size(); row++) {
      column.setNotNull(row);
      bytes.asIntBuffer().put(rows.get(row).tokens());
      items.getDataBuffer().setBytes((long) row * bytes.capacity(), bytes.array());
    }
  }

  private static void fillInts(
      ListVector column, List<Sequence> rows, ToIntFunction<Sequence.Piece> value) {
    IntVector items = (IntVector) column.getDataVector();
    for (int row = 0; row < rows.size(); row++) {
      int at = column.startNewValue(row);
      for (Sequence.Piece piece : rows.get(row).pieces()) {
        items.setSafe(at++, value.applyAsInt(piece));
      }
      column.endValue(row, rows.get(row).pieces().size());
    }
  }

  private static void fillIds(ListVector column, List<Sequence> rows) {
    VarCharVector items = (VarCharVector) column.getDataVector();
    for (int row = 0; row < rows.size(); row++) {
      int at = column.startNewValue(row);
      for (Sequence.Piece piece : rows.get(row).pieces()) {
        items.setSafe(at++, piece.id().getBytes(StandardCharsets.UTF_8));
      }
      column.endValue(row, rows.get(row).pieces().size());
    }
  }
}
