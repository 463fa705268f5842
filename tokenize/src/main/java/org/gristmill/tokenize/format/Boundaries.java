package org.gristmill.tokenize.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Track;

/**
 * NumPy files beside the tokens, for formats that have no place for what else is known of a
 * sequence.
 *
 * <p>The lengths of the pieces of sequence {@code i} are {@code
 * SHARD.document_lengths.npy[o[i]:o[i+1]]} (int32), {@code o} being {@code
 * SHARD.document_offsets.npy} (int64, one more than sequences); they sum to the tokens before the
 * padding. Labels of pieces, if tokens have labels, lie alike in {@code SHARD.document_labels.npy}.
 * Each track is an array of sequences times tokens, {@code SHARD.TRACK.npy}.
 */
final class Boundaries {
  private Boundaries() {}

  /** Writes them; returns their names. */
  static List<String> write(Path folder, String shard, List<Sequence> sequences)
      throws IOException {
    List<String> files = new ArrayList<>();
    files.add(shard + ".document_offsets.npy");
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(0)))) {
      Npy.header(out, "<i8", sequences.size() + 1L);
      long offset = 0;
      out.i64(offset);
      for (Sequence sequence : sequences) {
        offset += sequence.pieces().size();
        out.i64(offset);
      }
    }
    files.add(shard + ".document_lengths.npy");
    try (LittleEndian out = pieces(folder.resolve(files.get(1)), sequences)) {
      for (Sequence sequence : sequences) {
        for (Sequence.Piece piece : sequence.pieces()) {
          out.i32(piece.length());
        }
      }
    }
    if (sequences.get(0).tracks().containsKey(Track.LABELS)) {
      files.add(shard + ".document_labels.npy");
      try (LittleEndian out = pieces(folder.resolve(files.get(2)), sequences)) {
        for (Sequence sequence : sequences) {
          for (Sequence.Piece piece : sequence.pieces()) {
            out.i32(piece.label());
          }
        }
      }
    }
    for (Track track : sequences.get(0).tracks().keySet()) {
      String file = shard + "." + track.column() + ".npy";
      Npy.track(folder.resolve(file), track, sequences);
      files.add(file);
    }
    return files;
  }

  /** A file of one int32 for each piece. */
  private static LittleEndian pieces(Path file, List<Sequence> sequences) throws IOException {
    LittleEndian out = new LittleEndian(file);
    Npy.header(out, "<i4", sequences.stream().mapToLong(s -> s.pieces().size()).sum());
    return out;
  }
}
