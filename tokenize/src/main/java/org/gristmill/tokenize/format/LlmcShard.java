package org.gristmill.tokenize.format;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gristmill.core.Block;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Sequences;
import org.gristmill.tokenize.ShardWriter;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * {@code SHARD.bin} as llm.c and modded-nanogpt read it: 256 int32 (magic, version, number of
 * tokens, zeros), then the tokens. The magic is 20240520, the version 1, and a token 16 bits if the
 * vocabulary has at most 65,536 entries; else 20240801, 7 and 32 bits.
 *
 * <p>The first token is an end of document, and the sequences follow. So every document begins
 * behind one, as these trainers expect; and with a window of the sequence length, the targets of
 * row {@code i} are exactly sequence {@code i}, and no token is left over. Beside it lie the bounds
 * of documents, as {@link Boundaries} says.
 *
 * <p>The loader in C seeks by a signed 32-bit offset: a larger file is refused.
 *
 * @see <a
 *     href="https://github.com/karpathy/llm.c/blob/master/dev/data/data_common.py">write_datafile
 *     in llm.c</a>
 */
@Block(does = "Writes SHARD.bin for llm.c and modded-nanogpt.", version = 1)
public record LlmcShard() implements ShardWriter, Serializable {
  private static final int HEADER = 256;

  @Override
  public String name() {
    return "llmc";
  }

  @Override
  public Set<Track> tracks() {
    return Set.of();
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    int length = Sequences.length(this, tokenizer, sequences);
    TokenWidth width = TokenWidth.of(tokenizer);
    long tokens = 1 + (long) length * sequences.size();
    long bytes = 4L * HEADER + tokens * width.bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "sequences: a file of %d bytes, llm.c reads at most %d: make shards smaller"
              .formatted(bytes, Integer.MAX_VALUE));
    }
    List<String> files = new ArrayList<>(List.of(shard + ".bin"));
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(0)))) {
      int[] header = new int[HEADER];
      header[0] = width == TokenWidth.U16 ? 20_240_520 : 20_240_801;
      header[1] = width == TokenWidth.U16 ? 1 : 7;
      header[2] = (int) tokens;
      out.ints(header);
      width.write(out, new int[] {tokenizer.endOfDocument()});
      for (Sequence sequence : sequences) {
        width.write(out, sequence.tokens());
      }
    }
    files.addAll(Boundaries.write(folder, shard, sequences));
    return files;
  }
}
