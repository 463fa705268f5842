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
 * {@code SHARD.bin} as nanoGPT maps it: the sequences' tokens one behind the other, unsigned 16-bit
 * little-endian, without a header, padding included. Beside it lie the bounds of documents, as
 * {@link Boundaries} says.
 *
 * <p>Nothing in such a file says how wide a token is, so a vocabulary of more than 65,536 entries
 * is refused. nanoGPT draws windows anywhere and knows no masks, so objectives that need one are
 * refused too.
 *
 * @see <a href="https://github.com/karpathy/nanoGPT/blob/master/train.py">get_batch in nanoGPT's
 *     train.py</a>
 */
@Block(does = "Writes SHARD.bin for nanoGPT: token ids of 16 bits and nothing else.", version = 1)
public record NanogptShard() implements ShardWriter, Serializable {
  @Override
  public String name() {
    return "nanogpt";
  }

  @Override
  public Set<Track> tracks() {
    return Set.of();
  }

  @Override
  public int mostTokens() {
    return TokenWidth.U16_VOCABULARY;
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    Sequences.length(this, tokenizer, sequences);
    List<String> files = new ArrayList<>(List.of(shard + ".bin"));
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(0)))) {
      for (Sequence sequence : sequences) {
        TokenWidth.U16.write(out, sequence.tokens());
      }
    }
    files.addAll(Boundaries.write(folder, shard, sequences));
    return files;
  }
}
