package org.gristmill.tokenize.format;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Block;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Sequences;
import org.gristmill.tokenize.ShardWriter;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;

/**
 * {@code SHARD.tar}, a plain ustar archive as WebDataset reads it: the entries of a sequence stand
 * together and share the name before the first dot, {@code SHARD-00000012}.
 *
 * <p>{@code .documents.json} is an object of {@code ids}, {@code lengths}, {@code starts} and, if
 * tokens have labels, {@code labels}, each a list with one entry for each piece. {@code
 * .input_ids.npy} has the tokens, uint16 if the vocabulary has at most 65,536 entries, else int32;
 * each track lies in {@code .TRACK.npy}. Owner and time of every entry are 0, the mode is 0644; the
 * archive ends in zeros up to a multiple of 10,240 bytes.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">ustar, in
 *     POSIX's pax</a>
 */
@Block(does = "Writes SHARD.tar for WebDataset: NumPy arrays and JSON.", version = 1)
public record WebdatasetShard() implements ShardWriter, Serializable {
  private static final int BLOCK = 512;
  private static final int RECORD = 20 * BLOCK;
  private static final int NAME = 100;
  private static final int CHECKSUM = 148;

  @Override
  public String name() {
    return "webdataset";
  }

  @Override
  public List<String> write(
      Path folder, String shard, Tokenizer tokenizer, List<Sequence> sequences) throws IOException {
    int length = Sequences.length(this, tokenizer, sequences);
    TokenWidth width = TokenWidth.of(tokenizer);
    String file = shard + ".tar";
    try (LittleEndian out = new LittleEndian(folder.resolve(file))) {
      for (int row = 0; row < sequences.size(); row++) {
        Sequence sequence = sequences.get(row);
        String key = String.format(Locale.ROOT, "%s-%08d", shard, row);
        byte[] documents = documents(sequence).getBytes(StandardCharsets.UTF_8);
        entry(out, key + ".documents.json", documents.length);
        fill(out.bytes(documents), BLOCK);
        entry(out, key + ".input_ids.npy", Npy.HEADER + length * width.bytes());
        Npy.header(out, Npy.type(width), length);
        width.write(out, sequence.tokens());
        fill(out, BLOCK);
        for (Map.Entry<Track, int[]> track : sequence.tracks().entrySet()) {
          String name = key + "." + track.getKey().column() + ".npy";
          entry(out, name, Npy.HEADER + length * track.getKey().bytes());
          Npy.header(out, Npy.type(track.getKey()), length);
          out.track(track.getKey(), track.getValue());
          fill(out, BLOCK);
        }
      }
      fill(out.zeros(2 * BLOCK), RECORD);
    }
    return List.of(file);
  }

  private static String documents(Sequence sequence) {
    List<Sequence.Piece> pieces = sequence.pieces();
    Map<String, Object> documents = new TreeMap<>();
    documents.put("ids", pieces.stream().map(Sequence.Piece::id).toList());
    documents.put("lengths", pieces.stream().map(Sequence.Piece::length).toList());
    documents.put("starts", pieces.stream().map(Sequence.Piece::start).toList());
    if (sequence.tracks().containsKey(Track.LABELS)) {
      documents.put("labels", pieces.stream().map(Sequence.Piece::label).toList());
    }
    return Json.of(documents);
  }

  private static void fill(LittleEndian out, int unit) throws IOException {
    out.zeros((int) ((unit - out.position() % unit) % unit));
  }

  /** Writes the header of a file. */
  private static void entry(LittleEndian out, String name, int bytes) throws IOException {
    byte[] header = new byte[BLOCK];
    if (name.length() >= NAME) {
      throw new IllegalArgumentException("shard: the name " + name + " is too long for ustar");
    }
    put(header, 0, name);
    put(header, NAME, "0000644\0" + "0000000\0" + "0000000\0");
    put(header, 124, String.format(Locale.ROOT, "%011o\0%011o\0", bytes, 0));
    put(header, CHECKSUM, "        0");
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, CHECKSUM, String.format(Locale.ROOT, "%06o\0 ", sum));
    out.bytes(header);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
