package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.core.laws.Golden;
import org.gristmill.tokenize.objective.Objective;
import org.gristmill.tokenize.objective.ObjectiveOutput;
import org.gristmill.tokenize.objective.Objectives;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What blocks make of fixed input belongs to their versions; {@link Golden} says what to do. */
class GoldenTest {
  @TempDir Path folder;

  @Test
  void everyBlockPutsOutWhatItsVersionDoes() throws IOException {
    Golden golden = Golden.of(GoldenTest.class);
    for (Map.Entry<String, Tokenizer> named : Tokenizers.BY_NAME.entrySet()) {
      golden.add(named.getKey(), named.getValue().getClass(), tokens(named.getValue()));
    }
    golden.add("tokenizer-file", TokenizerFile.class, files());
    golden.add("packer", Packer.class, packed());
    for (Map.Entry<String, ShardWriter> named : ShardFormats.BY_NAME.entrySet()) {
      golden.add(named.getKey(), named.getValue().getClass(), shards(named.getValue()));
    }
    for (Map.Entry<String, Objective> named : Objectives.BY_NAME.entrySet()) {
      String output = ObjectiveOutput.of(named.getValue());
      golden.add("objective " + named.getKey(), named.getValue().getClass(), output);
    }
    assertEquals(List.of(), golden.broken());
  }

  private static String tokens(Tokenizer tokenizer) {
    StringBuilder output = new StringBuilder();
    output.append(tokenizer.vocabularySize()).append(' ').append(tokenizer.endOfDocument());
    for (String text : BpeTokenizerTest.nasty()) {
      output.append(Arrays.toString(tokenizer.encode(Text.of(text)))).append('\n');
    }
    return output.toString();
  }

  private static String files() throws IOException {
    StringBuilder output = new StringBuilder();
    for (String file : SmallModels.FILES) {
      output.append(tokens(SmallModels.tokenizer(file)));
    }
    return output.toString();
  }

  private static String packed() {
    StringBuilder output = new StringBuilder();
    for (Packer packer : List.of(new Packer(64, 50_256, 5), new Packer(100, 3, -1))) {
      for (Sequence sequence : packer.pack(PackerTest.documents(400, 150))) {
        output.append(Arrays.toString(sequence.tokens()));
        for (Sequence.Piece piece : sequence.pieces()) {
          output.append(' ').append(piece.id()).append(' ').append(piece.start());
          output.append(' ').append(piece.length());
        }
        output.append('\n');
      }
    }
    return output.toString();
  }

  /** Files for a small and a large vocabulary; the sequences are no packer's. */
  private String shards(ShardWriter writer) throws IOException {
    StringBuilder output = new StringBuilder();
    for (String name : List.of("r50k_base", "cl100k_base")) {
      Tokenizer tokenizer = Tokenizers.BY_NAME.get(name);
      if (tokenizer.vocabularySize() > writer.mostTokens()) {
        continue;
      }
      Path written = Files.createDirectories(folder.resolve(writer.name()));
      for (String file : writer.write(written, name, tokenizer, sequences())) {
        output.append(file).append(' ');
        output.append(Hash.sha256Hex(Files.readAllBytes(written.resolve(file)))).append('\n');
      }
    }
    return output.toString();
  }

  private static List<Sequence> sequences() {
    List<Sequence> sequences = new ArrayList<>();
    for (int row = 0; row < 600; row++) {
      int[] tokens = new int[24];
      List<Sequence.Piece> pieces = new ArrayList<>();
      int used = 0;
      for (int piece = 0; piece <= row % 4; piece++) {
        int length = 1 + (row + piece) % 6;
        pieces.add(new Sequence.Piece("文-" + row + "." + piece, piece * 7, length));
        used += length;
      }
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = i < used ? (int) Long.remainderUnsigned(Hash.mix(row * 24L + i), 50_257) : 7;
      }
      sequences.add(new Sequence(tokens, pieces));
    }
    return sequences;
  }
}
