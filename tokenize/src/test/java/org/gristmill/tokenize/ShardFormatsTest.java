package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.gristmill.tokenize.format.ArrowShard;
import org.gristmill.tokenize.format.LlmcShard;
import org.gristmill.tokenize.format.MegatronShard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardFormatsTest {
  private static final int LENGTH = 64;
  private static final Tokenizer SMALL = BpeTokenizer.R50K_BASE;
  private static final Tokenizer LARGE = BpeTokenizer.CL100K_BASE;

  @TempDir Path folder;

  private final List<Sequence> sequences =
      new Packer(LENGTH, SMALL.endOfDocument(), 5).pack(PackerTest.documents(600, 90));

  @Test
  void namesAreThoseOfTheWriters() {
    assertEquals(
        Set.of(
            "arrow",
            "datatrove",
            "llmc",
            "mds",
            "megatron",
            "nanogpt",
            "numpy",
            "parquet",
            "webdataset"),
        ShardFormats.BY_NAME.keySet());
    ShardFormats.BY_NAME.forEach((name, writer) -> assertEquals(name, writer.name()));
  }

  static Set<String> formats() {
    return ShardFormats.BY_NAME.keySet();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void sameSequencesSameBytes(String format) throws IOException {
    ShardWriter writer = ShardFormats.BY_NAME.get(format);
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    List<String> files = writer.write(one, "s", SMALL, sequences);
    assertEquals(files, writer.write(two, "s", SMALL, sequences));
    assertFalse(files.isEmpty());
    for (String file : files) {
      assertEquals(-1, Files.mismatch(one.resolve(file), two.resolve(file)), file);
    }
    assertThrows(FileAlreadyExistsException.class, () -> writer.write(one, "s", SMALL, sequences));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void refusesWhatWouldBeMisread(String format) throws IOException {
    ShardWriter writer = ShardFormats.BY_NAME.get(format);
    refused(writer, List.of());
    refused(writer, List.of(sequence(8, 50_257)));
    refused(writer, List.of(sequence(8, -1)));
    refused(writer, List.of(sequence(8, 1), sequence(9, 1)));
    List<Sequence.Piece> tooLong = List.of(new Sequence.Piece("a", 0, 9));
    refused(writer, List.of(new Sequence(new int[8], tooLong)));
    List<Sequence.Piece> empty = List.of(new Sequence.Piece("a", 0, 0));
    refused(writer, List.of(new Sequence(new int[8], empty)));
    refused(writer, List.of(marked(Track.LOSS_MASK, 2)));
    refused(writer, List.of(marked(Track.LOSS_MASK, -1)));
    refused(writer, List.of(marked(Track.TOKEN_TYPES, 256)));
    refused(writer, List.of(marked(Track.LABELS, 50_257)));
    refused(writer, List.of(marked(Track.LABELS, -1)));
    refused(writer, List.of(marked(Track.LOSS_MASK, 1), sequence(8, 1)));
    refused(writer, List.of(sequence(8, 1), marked(Track.LOSS_MASK, 1)));
    for (Track track : Track.values()) {
      if (!writer.tracks().contains(track)) {
        refused(writer, List.of(marked(track, 1)));
      }
    }
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 256, 1_000})
  void arrowReadsBack(int rowsPerBatch) throws IOException {
    String file = new ArrowShard(rowsPerBatch).write(folder, "s", LARGE, sequences).get(0);
    int row = 0;
    try (BufferAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(folder.resolve(file));
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertEquals(
          Map.of(
              "gristmill.format", "arrow-1",
              "tokenizer", "cl100k_base",
              "vocabulary_size", "100277",
              "end_of_document", "100257",
              "sequence_tokens", "64"),
          root.getSchema().getCustomMetadata());
      while (reader.loadNextBatch()) {
        assertEquals(Math.min(rowsPerBatch, sequences.size() - row), root.getRowCount());
        for (int i = 0; i < root.getRowCount(); i++, row++) {
          Sequence sequence = sequences.get(row);
          List<Sequence.Piece> pieces = sequence.pieces();
          assertEquals(list(sequence.tokens()), strings(root, "input_ids", i));
          assertEquals(texts(pieces, 0), strings(root, "document_ids", i));
          assertEquals(texts(pieces, 1), strings(root, "document_starts", i));
          assertEquals(texts(pieces, 2), strings(root, "document_lengths", i));
        }
      }
    }
    assertEquals(sequences.size(), row);
  }

  @Test
  void arrowBatchesAreBounded() {
    assertThrows(IllegalArgumentException.class, () -> new ArrowShard(0));
    assertThrows(IllegalArgumentException.class, () -> new ArrowShard(4_097));
  }

  @ParameterizedTest
  @ValueSource(strings = {"r50k_base", "cl100k_base"})
  void megatronReadsBack(String name) throws IOException {
    boolean small = name.equals("r50k_base");
    new MegatronShard().write(folder, "s", Tokenizers.BY_NAME.get(name), sequences);
    int n = sequences.size();
    int width = small ? 2 : 4;
    ByteBuffer idx = read("s.idx");
    ByteBuffer bin = read("s.bin");
    assertEquals(34 + 4 * n + 8 * n + 8 * (n + 1), idx.remaining());
    byte[] magic = new byte[9];
    idx.get(magic);
    assertArrayEquals("MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII), magic);
    assertEquals(1, idx.getLong());
    assertEquals(small ? 8 : 4, idx.get());
    assertEquals(n, idx.getLong());
    assertEquals(n + 1, idx.getLong());
    assertEquals((long) n * LENGTH * width, bin.remaining());
    for (int i = 0; i < n; i++) {
      assertEquals(LENGTH, idx.getInt(34 + 4 * i));
      long offset = idx.getLong(34 + 4 * n + 8 * i);
      assertEquals(i, idx.getLong(34 + 12 * n + 8 * i));
      bin.position(Math.toIntExact(offset));
      for (int token : sequences.get(i).tokens()) {
        assertEquals(token, small ? bin.getShort() & 0xFFFF : bin.getInt());
      }
    }
    assertEquals(n, idx.getLong(34 + 20 * n));
  }

  @Test
  void megatronBoundariesAreNumPyArrays() throws IOException {
    new MegatronShard().write(folder, "s", SMALL, sequences);
    int pieces = sequences.stream().mapToInt(s -> s.pieces().size()).sum();
    ByteBuffer offsets = array("s.document_offsets.npy", "<i8", sequences.size() + 1);
    ByteBuffer lengths = array("s.document_lengths.npy", "<i4", pieces);
    long before = offsets.getLong();
    assertEquals(0, before);
    for (Sequence sequence : sequences) {
      long end = offsets.getLong();
      assertEquals(sequence.pieces().size(), end - before);
      before = end;
      for (Sequence.Piece piece : sequence.pieces()) {
        assertEquals(piece.length(), lengths.getInt());
      }
    }
    assertEquals(0, offsets.remaining() + lengths.remaining());
  }

  private void refused(ShardWriter writer, List<Sequence> bad) {
    assertThrows(IllegalArgumentException.class, () -> writer.write(folder, "bad", SMALL, bad));
  }

  /** What a file cannot say how wide it is, or a loader cannot reach, is not written. */
  @Test
  void refusesWhatTheFormatCannotHold() {
    ShardWriter nanogpt = ShardFormats.BY_NAME.get("nanogpt");
    List<Sequence> one = List.of(sequence(8, 1));
    assertThrows(IllegalArgumentException.class, () -> nanogpt.write(folder, "bad", LARGE, one));
    List<Sequence> huge = Collections.nCopies(1 << 15, sequence(1 << 14, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new LlmcShard().write(folder, "bad", LARGE, huge));
    Sequence labelled = new Sequence(new int[8], List.of(new Sequence.Piece("a", 0, 8, 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> nanogpt.write(folder, "bad", SMALL, List.of(labelled)));
  }

  private static Sequence marked(Track track, int value) {
    int[] values = new int[8];
    values[3] = value;
    List<Sequence.Piece> pieces = List.of(new Sequence.Piece("a", 0, 8));
    return new Sequence(new int[8], pieces, new TreeMap<>(Map.of(track, values)));
  }

  private static Sequence sequence(int length, int token) {
    int[] tokens = new int[length];
    tokens[length - 1] = token;
    return new Sequence(tokens, List.of(new Sequence.Piece("a", 0, length)));
  }

  private ByteBuffer read(String file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer array(String file, String type, int count) throws IOException {
    ByteBuffer bytes = read(file);
    byte[] header = new byte[128];
    bytes.get(header);
    assertEquals((byte) 0x93, header[0]);
    assertEquals("NUMPY\1\0v\0", new String(header, 1, 9, StandardCharsets.ISO_8859_1));
    String facts = "{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }";
    String rest = new String(header, 10, 118, StandardCharsets.ISO_8859_1);
    assertEquals(facts.formatted(type, count), rest.strip());
    assertEquals('\n', header[127]);
    return bytes;
  }

  private static List<String> strings(VectorSchemaRoot root, String column, int row) {
    return ((List<?>) root.getVector(column).getObject(row))
        .stream().map(Object::toString).toList();
  }

  private static List<String> list(int[] values) {
    List<String> list = new ArrayList<>();
    for (int value : values) {
      list.add(Integer.toString(value));
    }
    return list;
  }

  private static List<String> texts(List<Sequence.Piece> pieces, int component) {
    return pieces.stream()
        .map(p -> List.of(p.id(), p.start() + "", p.length() + "").get(component))
        .toList();
  }
}
