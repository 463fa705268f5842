package org.gristmill.tokenize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.gristmill.core.Text;

/** The models of {@code src/test/compare/fixtures.py}, and what the reference libraries say. */
final class SmallModels {
  /** What a reference makes of a text by a model. */
  record Expected(String file, String pattern, Text text, int[] ids, Text decoded) {}

  static final List<String> FILES =
      List.of(
          "bpe.model",
          "bpe-rules.model",
          "unigram.model",
          "unigram-rules.model",
          "gpt2.json",
          "gpt4.json",
          "llama.json",
          "words.json",
          "bert.json",
          "unigram.json",
          "level.json",
          "vocab.txt=cased",
          "vocab.txt=uncased");

  private SmallModels() {}

  /** A file among {@link #FILES} as a tokenizer. */
  static TokenizerFile tokenizer(String file) throws IOException {
    String[] parts = file.split("=", 2);
    String end = file.endsWith(".txt") ? "[SEP]" : "</s>";
    String token = file.startsWith("vocab") ? "[SEP]" : end;
    return new TokenizerFile(
        new ModelFile(parts[0], bytes(parts[0])), parts.length > 1 ? parts[1] : "", token, "text");
  }

  static byte[] bytes(String file) throws IOException {
    try (InputStream in = SmallModels.class.getResourceAsStream("models/" + file)) {
      return in.readAllBytes();
    }
  }

  static List<Expected> expected() throws IOException {
    List<Expected> all = new ArrayList<>();
    try (InputStream in = SmallModels.class.getResourceAsStream("models/expected.jsonl.gz");
        JsonParser json = new JsonFactory().createParser(new GZIPInputStream(in))) {
      while (json.nextToken() == JsonToken.START_ARRAY) {
        String file = json.nextTextValue();
        String pattern = json.nextTextValue();
        Text text = Text.of(json.nextTextValue());
        json.nextToken();
        List<Integer> ids = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          ids.add(json.getIntValue());
        }
        Text decoded = Text.of(json.nextTextValue());
        json.nextToken();
        all.add(
            new Expected(file, pattern, text, ids.stream().mapToInt(i -> i).toArray(), decoded));
      }
    }
    return all;
  }
}
