package org.gristmill.tokenize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes sequences in one format. The same sequences give the same bytes. Every implementation is a
 * record, so that {@code Blocks.facts} tells what decides them.
 */
public interface ShardWriter {
  /** The name in pipelines. */
  String name();

  /** What the format can hold beside tokens; sequences with another track are refused. */
  default Set<Track> tracks() {
    return EnumSet.allOf(Track.class);
  }

  /** Largest vocabulary whose ids fit; larger ones are refused. */
  default int mostTokens() {
    return Integer.MAX_VALUE;
  }

  /**
   * Writes all files of one shard into a local folder.
   *
   * @param folder exists; no file of this shard is there yet
   * @param shard file name without extension
   * @param tokenizer whose ids these are: decides the width of a token on disk
   * @param sequences all of one length, at least one
   * @return names of the files written, relative to the folder, in a fixed order; each begins with
   *     the shard's name
   * @throws IllegalArgumentException if the format cannot hold them: see {@link Sequences}
   */
  List<String> write(Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences)
      throws IOException;
}
