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
 * {@code SHARD.npy}: an array of sequences times tokens that {@code numpy.load(file,
 * mmap_mode="r")} maps; uint16 if the vocabulary has at most 65,536 entries, else int32. Beside it
 * lies what {@link Boundaries} says.
 *
 * <p>The file has NumPy's header of 128 bytes. OLMo's files of the same extension have none: they
 * are what {@link NanogptShard} writes.
 */
@Block(
    does = "Writes SHARD.npy, a NumPy array of token ids, and where documents begin beside it.",
    version = 1)
public record NumpyShard() implements ShardWriter, Serializable {
  @Override
  public String name() {
    return "numpy";
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    int length = Sequences.length(this, tokenizer, sequences);
    TokenWidth width = TokenWidth.of(tokenizer);
    List<String> files = new ArrayList<>(List.of(shard + ".npy"));
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(0)))) {
      Npy.header(out, Npy.type(width), sequences.size(), length);
      for (Sequence sequence : sequences) {
        width.write(out, sequence.tokens());
      }
    }
    files.addAll(Boundaries.write(folder, shard, sequences));
    return files;
  }
}
