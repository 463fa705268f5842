package org.gristmill.tokenize.format;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Sequences;
import org.gristmill.tokenize.ShardWriter;
import org.gristmill.tokenize.Tokenizer;

/**
 * {@code SHARD.bin} and {@code SHARD.idx} as Megatron-LM's IndexedDataset reads them, and where the
 * documents in each sequence begin and end, as {@link Boundaries} says.
 *
 * <p>Megatron sees every packed sequence as one document of exactly the sequence length, which
 * keeps its samples aligned with our sequences. Tokens are unsigned 16-bit if the vocabulary has at
 * most 65,536 entries, else signed 32-bit; all numbers are little-endian.
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

  /** Megatron's codes of types. */
  private static final int I32 = 4;

  private static final int U16 = 8;

  @Override
  public String name() {
    return "megatron";
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    int length = Sequences.length(this, tokenizer, sequences);
    TokenWidth width = TokenWidth.of(tokenizer);
    List<String> files = new ArrayList<>(List.of(shard + ".bin", shard + ".idx"));
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(0)))) {
      for (Sequence sequence : sequences) {
        width.write(out, sequence.tokens());
      }
    }
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(1)))) {
      writeIndex(out, width, sequences.size(), length);
    }
    files.addAll(Boundaries.write(folder, shard, sequences));
    return files;
  }

  private static void writeIndex(LittleEndian out, TokenWidth width, int sequences, int length)
      throws IOException {
    out.bytes(MAGIC).i64(1).u8(width == TokenWidth.U16 ? U16 : I32);
    out.i64(sequences).i64(sequences + 1L);
    for (int i = 0; i < sequences; i++) {
      out.i32(length);
    }
    for (long i = 0; i < sequences; i++) {
      out.i64(i * length * width.bytes());
    }
    for (long i = 0; i <= sequences; i++) {
      out.i64(i);
    }
  }
}
