package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gristmill.core.Hash;
import org.gristmill.core.laws.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small shards in every format, byte for byte as they lie in {@code handoff/tests/formats}, where
 * the Python tests read them by readers of their own. The property {@link Golden#WRITE} writes them
 * anew; a change of theirs needs another version of the format.
 */
class FormatFilesTest {
  private static final Path GOLDEN = Path.of("..", "handoff", "tests", "formats");
  private static final int LENGTH = 20;

  @TempDir Path folder;

  /** Few and many ids in a vocabulary, and sequences with all that an objective may add. */
  @Test
  void everyFormatWritesTheFilesThatPythonReads() throws IOException {
    for (ShardWriter writer : ShardFormats.BY_NAME.values()) {
      write("small", writer, BpeTokenizer.R50K_BASE, sequences(50_257, false));
      if (writer.mostTokens() >= BpeTokenizer.O200K_BASE.vocabularySize()) {
        write("large", writer, BpeTokenizer.O200K_BASE, sequences(200_019, false));
      }
      if (writer.tracks().size() == Track.values().length) {
        write("marked", writer, BpeTokenizer.R50K_BASE, sequences(50_257, true));
      }
    }
    write("loss", ShardFormats.BY_NAME.get("arrow"), BpeTokenizer.R50K_BASE, lossOnly());
    write("loss", ShardFormats.BY_NAME.get("datatrove"), BpeTokenizer.R50K_BASE, lossOnly());
    assertEquals(files(GOLDEN), files(folder));
    for (String file : files(folder)) {
      assertArrayEquals(
          Files.readAllBytes(GOLDEN.resolve(file)), Files.readAllBytes(folder.resolve(file)), file);
    }
  }

  private void write(String name, ShardWriter writer, Tokenizer tokenizer, List<Sequence> sequences)
      throws IOException {
    List<Path> targets = new ArrayList<>(List.of(folder));
    if (Boolean.getBoolean(Golden.WRITE)) {
      targets.add(GOLDEN);
    }
    for (Path target : targets) {
      Path of = Files.createDirectories(target.resolve(name).resolve(writer.name()));
      if (target.equals(GOLDEN)) {
        for (String file : files(of)) {
          Files.delete(of.resolve(file));
        }
      }
      writer.write(of, "shard-00000-of-00001", tokenizer, sequences);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** Full and padded ones, with names that JSON must escape. */
  private static List<Sequence> sequences(int vocabulary, boolean marked) {
    List<Sequence> sequences = new ArrayList<>();
    for (int row = 0; row < 5; row++) {
      int[] tokens = new int[LENGTH];
      List<Sequence.Piece> pieces = new ArrayList<>();
      int used = 0;
      for (int piece = 0; piece <= row % 3; piece++) {
        int length = row == 0 ? LENGTH : 1 + (row * 5 + piece) % 7;
        String id = row == 1 ? "磨\"\\" + piece : Hash.sha256Hex(row + "." + piece).substring(0, 8);
        int label = marked ? (row + piece) % 2 : Track.IGNORED;
        pieces.add(new Sequence.Piece(id, row * LENGTH, length, label));
        used += length;
      }
      for (int i = 0; i < LENGTH; i++) {
        long chance = Hash.mix(row * LENGTH + i);
        tokens[i] = i < used ? (int) Long.remainderUnsigned(chance, vocabulary) : vocabulary - 1;
      }
      sequences.add(new Sequence(tokens, pieces, marked ? tracks(tokens, used) : new TreeMap<>()));
    }
    return sequences;
  }

  private static SortedMap<Track, int[]> tracks(int[] tokens, int used) {
    SortedMap<Track, int[]> tracks = new TreeMap<>();
    for (Track track : Track.values()) {
      int[] values = new int[LENGTH];
      Arrays.fill(values, track.padding());
      for (int i = 0; i < used; i++) {
        values[i] =
            switch (track) {
              case LABELS -> i % 3 == 0 ? tokens[LENGTH - 1 - i] : Track.IGNORED;
              case LOSS_MASK -> tokens[i] % 2;
              case TOKEN_TYPES -> i * 50 % 256;
            };
      }
      tracks.put(track, values);
    }
    return tracks;
  }

  private static List<Sequence> lossOnly() {
    return sequences(50_257, true).stream()
        .map(
            s ->
                new Sequence(
                    s.tokens(),
                    s.pieces().stream()
                        .map(p -> new Sequence.Piece(p.id(), p.start(), p.length()))
                        .toList(),
                    new TreeMap<>(Map.of(Track.LOSS_MASK, s.tracks().get(Track.LOSS_MASK)))))
        .toList();
  }
}
