package org.gristmill.tokenize.format;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.gristmill.core.Block;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Sequences;
import org.gristmill.tokenize.ShardWriter;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * A folder {@code SHARD} with {@code shard.00000.mds} and {@code index.json}, version 2 of
 * MosaicML's MDS, which {@code StreamingDataset} opens alone or as one of its streams.
 *
 * <p>The file: number n of sequences and n + 1 offsets from the file's start, all u32; the columns
 * as JSON; then the sequences. A sequence: u32 size of each column that varies, then the columns,
 * by name. {@code tokens} is {@code ndarray:int32:LENGTH}, the bare values; so are the tracks, of
 * one or four bytes. {@code document_lengths}, {@code document_starts} and, if tokens have labels,
 * {@code document_labels} are {@code ndarray:int32}: a byte for the axes and the width of their
 * lengths, the length, the values. {@code document_ids} is {@code json}, a list of strings.
 *
 * <p>Offsets are 32 bits wide: a file of more than 4 GiB is refused.
 *
 * @see <a
 *     href="https://github.com/mosaicml/streaming/blob/main/streaming/base/format/mds/writer.py">MDSWriter</a>
 */
@Block(
    does = "Writes SHARD/shard.00000.mds and its index.json for mosaicml-streaming.",
    version = 1)
public record MdsShard() implements ShardWriter, Serializable {
  private static final String FILE = "shard.00000.mds";

  /** One axis, whose length takes 1, 2 or 4 bytes. */
  private static final int AXES = 1 << 2;

  @Override
  public String name() {
    return "mds";
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    int length = Sequences.length(this, tokenizer, sequences);
    boolean labelled = sequences.get(0).tracks().containsKey(Track.LABELS);
    Columns columns = new Columns(length, sequences.get(0).tracks().keySet(), labelled);
    byte[] config = Json.of(columns.config()).getBytes(StandardCharsets.UTF_8);
    long[] ends = new long[sequences.size() + 1];
    ends[0] = 4 + 4L * ends.length + config.length;
    for (int i = 0; i < sequences.size(); i++) {
      ends[i + 1] = ends[i] + columns.bytes(sequences.get(i));
    }
    long bytes = ends[sequences.size()];
    if (bytes >= 1L << 32) {
      throw new IllegalArgumentException(
          "sequences: a file of %d bytes, MDS holds less than 2^32: make shards smaller"
              .formatted(bytes));
    }
    List<String> files = List.of(shard + "/" + FILE, shard + "/index.json");
    Files.createDirectories(folder.resolve(shard));
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(0)))) {
      out.i32(sequences.size());
      for (long end : ends) {
        out.i32((int) end);
      }
      out.bytes(config);
      for (Sequence sequence : sequences) {
        columns.write(out, sequence);
      }
    }
    try (LittleEndian out = new LittleEndian(folder.resolve(files.get(1)))) {
      out.text(Json.of(index(columns, bytes, sequences.size())));
    }
    return files;
  }

  private static Map<String, Object> index(Columns columns, long bytes, int samples) {
    SortedMap<String, Object> entry = new TreeMap<>(columns.config());
    entry.put(
        "raw_data",
        new TreeMap<String, Object>(Map.of("basename", FILE, "bytes", bytes, "hashes", Map.of())));
    entry.put("samples", samples);
    entry.put("zip_data", Json.NULL);
    return new TreeMap<>(Map.of("shards", List.of(entry), "version", 2));
  }

  /** The columns of a shard: those of fixed size with their bytes, the others with 0. */
  private record Columns(int length, SortedMap<String, Integer> sizes, boolean labelled) {
    Columns(int length, Iterable<Track> tracks, boolean labelled) {
      this(length, new TreeMap<>(), labelled);
      for (String name : List.of("document_ids", "document_lengths", "document_starts")) {
        sizes.put(name, 0);
      }
      if (labelled) {
        sizes.put("document_labels", 0);
      }
      sizes.put("tokens", 4 * length);
      tracks.forEach(track -> sizes.put(track.column(), track.bytes() * length));
    }

    SortedMap<String, Object> config() {
      List<String> encodings = new ArrayList<>();
      sizes.forEach((name, size) -> encodings.add(encoding(name, size)));
      SortedMap<String, Object> config = new TreeMap<>();
      config.put("column_encodings", encodings);
      config.put("column_names", List.copyOf(sizes.keySet()));
      config.put(
          "column_sizes",
          sizes.values().stream().map(s -> s > 0 ? (Object) s : Json.NULL).toList());
      config.put("compression", Json.NULL);
      config.put("format", "mds");
      config.put("hashes", List.of());
      config.put("size_limit", Json.NULL);
      config.put("version", 2);
      return config;
    }

    private String encoding(String name, int size) {
      if (size > 0) {
        return (size == length ? "ndarray:uint8:" : "ndarray:int32:") + length;
      }
      return name.equals("document_ids") ? "json" : "ndarray:int32";
    }

    long bytes(Sequence sequence) {
      long bytes = 0;
      for (Map.Entry<String, Integer> column : sizes.entrySet()) {
        bytes +=
            column.getValue() > 0
                ? column.getValue()
                : 4 + varying(column.getKey(), sequence).length;
      }
      return bytes;
    }

    void write(LittleEndian out, Sequence sequence) throws IOException {
      Map<String, byte[]> varying = new TreeMap<>();
      for (Map.Entry<String, Integer> column : sizes.entrySet()) {
        if (column.getValue() == 0) {
          byte[] bytes = varying(column.getKey(), sequence);
          varying.put(column.getKey(), bytes);
          out.i32(bytes.length);
        }
      }
      for (String column : sizes.keySet()) {
        if (varying.containsKey(column)) {
          out.bytes(varying.get(column));
        } else if (column.equals("tokens")) {
          out.ints(sequence.tokens());
        } else {
          Track track = Track.valueOf(column.toUpperCase(java.util.Locale.ROOT));
          out.track(track, sequence.tracks().get(track));
        }
      }
    }

    private static byte[] varying(String column, Sequence sequence) {
      return switch (column) {
        case "document_lengths" -> array(sequence, Sequence.Piece::length);
        case "document_starts" -> array(sequence, Sequence.Piece::start);
        case "document_labels" -> array(sequence, Sequence.Piece::label);
        default ->
            Json.of(sequence.pieces().stream().map(Sequence.Piece::id).toList())
                .getBytes(StandardCharsets.UTF_8);
      };
    }

    private static byte[] array(Sequence sequence, ToIntFunction<Sequence.Piece> value) {
      int count = sequence.pieces().size();
      int width = count < 1 << 8 ? 0 : count < 1 << 16 ? 1 : 2;
      ByteBuffer bytes =
          ByteBuffer.allocate(1 + (1 << width) + 4 * count).order(ByteOrder.LITTLE_ENDIAN);
      bytes.put((byte) (AXES | width));
      switch (width) {
        case 0 -> bytes.put((byte) count);
        case 1 -> bytes.putShort((short) count);
        default -> bytes.putInt(count);
      }
      for (Sequence.Piece piece : sequence.pieces()) {
        bytes.putInt(value.applyAsInt(piece));
      }
      return bytes.array();
    }
  }
}
