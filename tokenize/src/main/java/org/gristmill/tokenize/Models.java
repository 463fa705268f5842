package org.gristmill.tokenize;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.gristmill.tokenize.huggingface.HuggingFaceModel;
import org.gristmill.tokenize.model.Model;
import org.gristmill.tokenize.model.ModelError;
import org.gristmill.tokenize.sentencepiece.SentencePieceModel;

/** The models of this JVM, each made ready once, by the content of its file. */
final class Models {
  private record Key(String sha256, String pattern, boolean special) {}

  private static final Pattern RANKS = Pattern.compile("[A-Za-z0-9+/]+=* [0-9]+ *\r?\n");

  private static final Map<Key, Model> LOADED = new ConcurrentHashMap<>();

  private Models() {}

  /**
   * The model of a file.
   *
   * @throws ModelError if the file or the pattern is not supported
   */
  static Model load(ModelFile file, String pattern, boolean special) {
    Key key = new Key(file.sha256(), pattern, special);
    Model model = LOADED.get(key);
    return model != null
        ? model
        : LOADED.computeIfAbsent(key, k -> read(file.bytes(), pattern, special));
  }

  /** The content tells the format. */
  private static Model read(byte[] bytes, String pattern, boolean special) {
    String start = new String(bytes, 0, Math.min(bytes.length, 1 << 10), StandardCharsets.UTF_8);
    if (RANKS.matcher(start).lookingAt()) {
      return new RankModel(bytes, pattern, special);
    }
    if (isWordList(bytes)) {
      boolean lower = pattern.equals("uncased");
      if (!lower && !pattern.equals("cased")) {
        throw new ModelError(
            "pattern must be cased or uncased, for a vocab.txt does not say, is \""
                + pattern
                + "\"");
      }
      return HuggingFaceModel.ofBert(bytes, lower, !special);
    }
    if (!pattern.isEmpty()) {
      throw new ModelError("pattern must be empty, for the file says itself how text is cut");
    }
    if (start.stripLeading().startsWith("{")) {
      return HuggingFaceModel.ofJson(bytes, !special);
    }
    if (bytes.length == 0 || bytes[0] != '\n') {
      throw new ModelError(
          "the file is no tokenizer.json, SentencePiece model, .tiktoken or vocab.txt of BERT");
    }
    return new SentencePieceModel(bytes);
  }

  /** Whether a line is the unknown token of BERT. */
  private static boolean isWordList(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith("[UNK]")
        || (text.contains("\n[UNK]\n") || text.contains("\n[UNK]\r\n")) && !text.contains("\0");
  }
}
