package org.gristmill.tokenize.format;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Track;

/** Reads what {@link ArrowShard} wrote, for people who look and for lineage; trainers map it. */
public final class ArrowRows {
  /**
   * A packed sequence.
   *
   * @param number of the row in the shard, from 0
   * @param tokens all of them, padding included
   * @param pieces the documents in it, in their order
   * @param tracks what is said of each token; empty if nothing is
   */
  public record Row(
      long number, int[] tokens, List<Sequence.Piece> pieces, SortedMap<Track, int[]> tracks) {}

  private ArrowRows() {}

  /**
   * Hands over every row in its order.
   *
   * @return what the file's schema says of it: {@code tokenizer}, {@code end_of_document}, ...
   * @throws IOException if the file cannot be read or is no shard of this format
   */
  public static SortedMap<String, String> read(Path file, Consumer<Row> out) throws IOException {
    try (FileChannel channel = FileChannel.open(file);
        BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      Map<String, String> metadata = root.getSchema().getCustomMetadata();
      if (!ArrowShard.FORMAT.equals(metadata.get("gristmill.format"))) {
        throw new IOException(file + " is no shard of format " + ArrowShard.FORMAT);
      }
      long number = 0;
      while (reader.loadNextBatch()) {
        for (int row = 0; row < root.getRowCount(); row++) {
          out.accept(row(root, row, number++));
        }
      }
      return new TreeMap<>(metadata);
    }
  }

  private static Row row(VectorSchemaRoot root, int row, long number) {
    ListVector lengths = (ListVector) root.getVector("document_lengths");
    IntVector length = (IntVector) lengths.getDataVector();
    IntVector start = (IntVector) ((ListVector) root.getVector("document_starts")).getDataVector();
    VarCharVector id =
        (VarCharVector) ((ListVector) root.getVector("document_ids")).getDataVector();
    boolean labelled = root.getVector("document_labels") != null;
    List<Sequence.Piece> pieces = new ArrayList<>();
    for (int i = lengths.getElementStartIndex(row); i < lengths.getElementEndIndex(row); i++) {
      int label = Track.IGNORED;
      if (labelled) {
        ListVector labels = (ListVector) root.getVector("document_labels");
        label = ((IntVector) labels.getDataVector()).get(i);
      }
      pieces.add(
          new Sequence.Piece(id.getObject(i).toString(), start.get(i), length.get(i), label));
    }
    SortedMap<Track, int[]> tracks = new TreeMap<>();
    for (Track track : Track.values()) {
      if (root.getVector(track.column()) != null) {
        tracks.put(track, numbers(root, track.column(), row));
      }
    }
    return new Row(number, numbers(root, "input_ids", row), pieces, tracks);
  }

  /** The numbers of a row's tokens in a column. */
  private static int[] numbers(VectorSchemaRoot root, String column, int row) {
    FixedSizeListVector list = (FixedSizeListVector) root.getVector(column);
    int[] numbers = new int[list.getListSize()];
    int from = row * numbers.length;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          list.getDataVector() instanceof IntVector ints
              ? ints.get(from + i)
              : ((UInt1Vector) list.getDataVector()).get(from + i) & 0xFF;
    }
    return numbers;
  }
}
