package org.gristmill.tokenize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From texts to the bytes of shards: what training reads, in the order in which it reads it. */
class GoldenShardTest {
  private static final Tokenizer TOKENIZER = Tokenizers.BY_NAME.get("gpt2");

  @TempDir Path folder;

  private static List<Sequence> sequences() {
    List<Packer.Tokens> documents = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String text = "Document " + i + " says: " + "grind, ".repeat(i * i % 37) + "磨。";
      int[] tokens = TOKENIZER.encode(Text.of(text));
      int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
      ended[tokens.length] = TOKENIZER.endOfDocument();
      documents.add(new Packer.Tokens("doc-" + i, ended));
    }
    return new Packer(48, TOKENIZER.endOfDocument(), 1).pack(documents);
  }

  /** The first sequences, as against the whole in hashes, so that a failure can be read. */
  @Test
  void sequencesStayInTheirOrder() {
    List<String> order =
        sequences().stream()
            .limit(3)
            .map(s -> s.pieces().stream().map(p -> p.id() + "+" + p.start()).toList().toString())
            .toList();
    assertEquals(List.of("[doc-19+48, doc-14+0]", "[doc-10+0]", "[doc-2+0, doc-51+0]"), order);
  }

  /** Another hash means other shards for everybody; only a raised version may bring one. */
  @Test
  void shardsStayTheSameBytes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String format : List.of("arrow", "megatron")) {
      ShardWriter writer = ShardFormats.BY_NAME.get(format);
      for (String file : writer.write(folder, "s", TOKENIZER, sequences())) {
        hashes.put(file, Hash.sha256Hex(Files.readAllBytes(folder.resolve(file))));
      }
    }
    assertEquals(
        Map.of(
            "s.arrow", "f47f6bc92ae3f42070db8d581003f8d5bc52254f4942c8002b5b876499e5231f",
            "s.bin", "2469efb697551d4754e565b343a8c73bd56d2b3529eeb2a7514897b9cd5a89a4",
            "s.idx", "f0917c454cd878ac6694325245d4875224d2e79fc1b9518b2b5024e0942ffd0c",
            "s.document_lengths.npy",
                "bbafa44170c6aaec676cd1dda5f7204d90fb4bb28bcf2b14acfd70b645ff9283",
            "s.document_offsets.npy",
                "a1ca5a72b83dc949c505ae313f87a6ab9094b273100cf6afb34a90e1c2a5defb"),
        hashes);
  }
}
