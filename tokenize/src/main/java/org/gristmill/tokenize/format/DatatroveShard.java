package org.gristmill.tokenize.format;

import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
 * Files of tokens as datatrove writes them and Nanotron's Nanoset reads them.
 *
 * <p>{@code SHARD.ds} is the sequences' tokens one behind the other, unsigned and little-endian, of
 * 16 bits if the vocabulary has at most 65,536 entries, else 32. {@code SHARD.ds.index} is u64: the
 * end of every piece in tokens, and that of a sequence which ends in padding. {@code SHARD.ds.loss}
 * has a byte for every token, where an objective has a loss mask. {@code SHARD.ds.metadata} is
 * three lines: {@code TOKENIZER|BYTES}, the number of tokens, and that number for people.
 *
 * <p>The reader takes windows of {@code seq_len + 1} tokens that do not overlap: with {@code
 * seq_len} one less than the sequence length, window {@code i} is sequence {@code i}.
 *
 * @see <a
 *     href="https://github.com/huggingface/datatrove/blob/main/src/datatrove/pipeline/tokens/tokenizer.py">TokenizedFile</a>
 */
@Block(does = "Writes SHARD.ds, its index and metadata, for datatrove and Nanotron.", version = 1)
public record DatatroveShard() implements ShardWriter, Serializable {
  private static final List<String> PREFIXES = List.of("", "k", "M", "G", "T");

  @Override
  public String name() {
    return "datatrove";
  }

  @Override
  public Set<Track> tracks() {
    return Set.of(Track.LOSS_MASK);
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    int length = Sequences.length(this, tokenizer, sequences);
    TokenWidth width = TokenWidth.of(tokenizer);
    String file = shard + ".ds";
    List<String> files = new ArrayList<>(List.of(file, file + ".index", file + ".metadata"));
    try (LittleEndian out = new LittleEndian(folder.resolve(file))) {
      for (Sequence sequence : sequences) {
        width.write(out, sequence.tokens());
      }
    }
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(1)))) {
      writeEnds(out, length, sequences);
    }
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(2)))) {
      long tokens = (long) length * sequences.size();
      out.text(tokenizer.name() + "|" + width.bytes() + "\n" + tokens + "\n" + metric(tokens));
    }
    if (sequences.get(0).tracks().containsKey(Track.LOSS_MASK)) {
      files.add(file + ".loss");
      try (LittleEndian out = new LittleEndian(folder.resolve(files.get(3)))) {
        for (Sequence sequence : sequences) {
          out.track(Track.LOSS_MASK, sequence.tracks().get(Track.LOSS_MASK));
        }
      }
    }
    return files;
  }

  private static void writeEnds(LittleEndian out, int length, List<Sequence> sequences)
      throws IOException {
    long start = 0;
    for (Sequence sequence : sequences) {
      long end = start;
      for (Sequence.Piece piece : sequence.pieces()) {
        end += piece.length();
        out.i64(end);
      }
      start += length;
      if (end < start) {
        out.i64(start);
      }
    }
  }

  /** A number of tokens to three digits, with the prefix of its thousands. */
  private static String metric(long tokens) {
    int digits = Long.toString(tokens).length() - 1;
    BigDecimal scaled = BigDecimal.valueOf(tokens).movePointLeft(digits / 3 * 3);
    return scaled.setScale(2 - digits % 3, RoundingMode.HALF_EVEN)
        + " "
        + PREFIXES.get(digits / 3)
        + "T";
  }
}
