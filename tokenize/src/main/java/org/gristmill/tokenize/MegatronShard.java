package org.gristmill.tokenize;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.gristmill.core.Block;

/**
 * {@code SHARD.bin} and {@code SHARD.idx} as Megatron-LM's IndexedDataset reads them, and where the
 * documents in each sequence begin and end.
 *
 * <p>Megatron sees every packed sequence as one document of exactly the sequence length, which
 * keeps its samples aligned with our sequences. Tokens are unsigned 16-bit if the vocabulary has at
 * most 65,536 entries, else signed 32-bit; all numbers are little-endian.
 *
 * <p>The true boundaries stand in two NumPy files: the lengths of the pieces of sequence {@code i}
 * are {@code SHARD.document_lengths.npy[o[i]:o[i+1]]} (int32), {@code o} being {@code
 * SHARD.document_offsets.npy} (int64, one more than sequences). They sum to the tokens before the
 * padding.
 *
 * @see <a
 *     href="https://github.com/NVIDIA/Megatron-LM/blob/main/megatron/core/datasets/indexed_dataset.py">IndexedDataset</a>
 */
@Block(
    does =
        "Writes SHARD.bin and SHARD.idx for Megatron-LM, and where documents begin as NumPy files.",
    version = 1)
public record MegatronShard() implements ShardWriter, Serializable {
  private static final byte[] MAGIC = {'M', 'M', 'I', 'D', 'I', 'D', 'X', 0, 0};
  private static final int U16_VOCABULARY = 65_536;

  /** Code and width in bytes of Megatron's types for tokens. */
  private enum Width {
    U16(8, 2),
    I32(4, 4);

    final int code;
    final int bytes;

    Width(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }
  }

  @Override
  public String name() {
    return "megatron";
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    int sequenceTokens = ShardFormats.sequenceTokens(tokenizer, sequences);
    Width width = tokenizer.vocabularySize() <= U16_VOCABULARY ? Width.U16 : Width.I32;
    List<String> files =
        List.of(
            shard + ".bin",
            shard + ".idx",
            shard + ".document_offsets.npy",
            shard + ".document_lengths.npy");
    try (OutputStream out = create(folder.resolve(files.get(0)))) {
      writeTokens(out, width, sequences);
    }
    try (OutputStream out = create(folder.resolve(files.get(1)))) {
      writeIndex(out, width, sequences.size(), sequenceTokens);
    }
    try (OutputStream out = create(folder.resolve(files.get(2)))) {
      writeOffsets(out, sequences);
    }
    try (OutputStream out = create(folder.resolve(files.get(3)))) {
      writeLengths(out, sequences);
    }
    return files;
  }

  private static OutputStream create(Path file) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        1 << 16);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void writeTokens(OutputStream out, Width width, List<Sequence> sequences)
      throws IOException {
    ByteBuffer row = buffer(sequences.get(0).tokens().length * width.bytes);
    for (Sequence sequence : sequences) {
      row.clear();
      if (width == Width.U16) {
        for (int token : sequence.tokens()) {
          row.putShort((short) token);
        }
      } else {
        row.asIntBuffer().put(sequence.tokens());
      }
      out.write(row.array());
    }
  }

  private static void writeIndex(OutputStream out, Width width, int sequences, int sequenceTokens)
      throws IOException {
    ByteBuffer head = buffer(34).put(MAGIC).putLong(1).put((byte) width.code);
    out.write(head.putLong(sequences).putLong(sequences + 1L).array());
    byte[] length = buffer(4).putInt(sequenceTokens).array();
    for (int i = 0; i < sequences; i++) {
      out.write(length);
    }
    ByteBuffer number = buffer(8);
    for (long i = 0; i < sequences; i++) {
      out.write(number.putLong(0, i * sequenceTokens * width.bytes).array());
    }
    for (long i = 0; i <= sequences; i++) {
      out.write(number.putLong(0, i).array());
    }
  }

  private static void writeOffsets(OutputStream out, List<Sequence> sequences) throws IOException {
    writeHeader(out, "<i8", sequences.size() + 1L);
    ByteBuffer number = buffer(8);
    long offset = 0;
    out.write(number.putLong(0, offset).array());
    for (Sequence sequence : sequences) {
      offset += sequence.pieces().size();
      out.write(number.putLong(0, offset).array());
    }
  }

  private static void writeLengths(OutputStream out, List<Sequence> sequences) throws IOException {
    writeHeader(out, "<i4", sequences.stream().mapToLong(s -> s.pieces().size()).sum());
    ByteBuffer number = buffer(4);
    for (Sequence sequence : sequences) {
      for (Sequence.Piece piece : sequence.pieces()) {
        out.write(number.putInt(0, piece.length()).array());
      }
    }
  }

  /** The header of a one-dimensional .npy file, version 1.0: 128 bytes in all. */
  private static void writeHeader(OutputStream out, String type, long count) throws IOException {
    String facts =
        String.format(
            Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }", type, count);
    byte[] text = String.format(Locale.ROOT, "%-117s\n", facts).getBytes(StandardCharsets.US_ASCII);
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    out.write(buffer(10).put(magic).putShort((short) text.length).array());
    out.write(text);
  }
}
