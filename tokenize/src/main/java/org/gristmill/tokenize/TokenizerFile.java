package org.gristmill.tokenize;

import java.io.Serializable;
import java.util.OptionalInt;
import org.gristmill.core.Block;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.tokenize.model.Model;
import org.gristmill.tokenize.model.ModelError;

/**
 * A tokenizer read from a model's own file: {@code tokenizer.json} of Hugging Face, {@code .model}
 * of SentencePiece, {@code vocab.txt} of BERT, {@code .tiktoken}. The content tells which it is.
 * Ids are those of the reference libraries, without the tokens that a post-processor adds; a file
 * with a part that is not supported is refused.
 *
 * <p>The file's bytes are part of the record, so that it means the same wherever it is sent; each
 * JVM makes them ready once, and shares that among its threads.
 *
 * @param model the file
 * @param pattern how text is cut into words, where the format does not say ({@code .tiktoken})
 * @param endToken name of the token that ends a document; empty for the one that the file names
 * @param specialTokens {@code text}: the names of special tokens in a text are text; {@code ids}:
 *     they are the tokens
 */
@Block(does = "Encodes text by the vocabulary of a model's file.", version = 1, libraries = "icu")
public record TokenizerFile(
    @Setting(does = "The file, known by its content.", required = true) ModelFile model,
    @Setting(does = "How words are cut, where the format does not say: llama3 for example.")
        String pattern,
    @Setting(does = "Name of the token that ends a document; empty for the file's own.")
        String endToken,
    @Setting(does = "What names of special tokens in a text are: text or ids.")
        String specialTokens)
    implements Tokenizer, Serializable {

  /**
   * @throws SettingError if the file is broken or unsupported, or a setting does not fit it
   */
  public TokenizerFile {
    if (!specialTokens.equals("text") && !specialTokens.equals("ids")) {
      throw new SettingError("specialTokens", "must be text or ids, is " + specialTokens);
    }
    Model loaded;
    try {
      loaded = Models.load(model, pattern, specialTokens.equals("ids"));
    } catch (ModelError e) {
      throw new SettingError("model", model.name() + ": " + e.getMessage());
    }
    end(loaded, model, endToken);
  }

  /** A file with the default settings. */
  public static TokenizerFile of(String name, byte[] bytes) {
    return new TokenizerFile(new ModelFile(name, bytes), "", "", "text");
  }

  private static int end(Model loaded, ModelFile file, String endToken) {
    OptionalInt id = endToken.isEmpty() ? loaded.endOfDocument() : loaded.id(endToken);
    if (id.isEmpty()) {
      throw new SettingError(
          "endToken",
          endToken.isEmpty()
              ? "must name the token that ends a document, for "
                  + file.name()
                  + " does not say"
                  + choices(loaded)
              : "must be a token of " + file.name() + ", is " + endToken + choices(loaded));
    }
    return id.getAsInt();
  }

  private static String choices(Model loaded) {
    return loaded.controlTokens().isEmpty()
        ? ""
        : "; its control tokens are " + String.join(" ", loaded.controlTokens());
  }

  private Model loaded() {
    return Models.load(model, pattern, specialTokens.equals("ids"));
  }

  /** The file's name. */
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public int[] encode(Text text) {
    return loaded().encode(text);
  }

  @Override
  public Text decode(int[] tokens) {
    return loaded().decode(tokens);
  }

  @Override
  public OptionalInt id(String token) {
    return loaded().id(token);
  }

  @Override
  public byte[] tokenBytes(int id) {
    return loaded().tokenBytes(id);
  }

  @Override
  public boolean lossless() {
    return loaded().lossless();
  }

  @Override
  public int vocabularySize() {
    return loaded().size();
  }

  @Override
  public int endOfDocument() {
    return end(loaded(), model, endToken);
  }
}
