package org.gristmill.tokenize;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gristmill.tokenize.model.Model;
import org.gristmill.tokenize.model.ModelError;
import org.gristmill.tokenize.sentencepiece.SentencePieceModel;

/** The models of this JVM, each made ready once, by the content of its file. */
final class Models {
  private record Key(String sha256, String pattern, boolean special) {}

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

  private static Model read(byte[] bytes, String pattern, boolean special) {
    return new SentencePieceModel(bytes);
  }
}
