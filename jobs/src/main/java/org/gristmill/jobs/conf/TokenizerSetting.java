package org.gristmill.jobs.conf;

import java.io.IOException;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.tokenize.ModelFile;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.TokenizerFile;
import org.gristmill.tokenize.Tokenizers;

/**
 * What a pipeline says of its tokenizer, when it says more than a name.
 *
 * @param file name of a known tokenizer, or a model's file: a path below the working directory, or
 *     an address of any Hadoop file system
 * @param pattern see {@link TokenizerFile}
 * @param endToken see {@link TokenizerFile}
 * @param specialTokens see {@link TokenizerFile}
 */
public record TokenizerSetting(
    @Setting(does = "a model's file: tokenizer.json, .model, vocab.txt, .tiktoken", required = true)
        String file,
    @Setting(does = "how words are cut where the file does not say: llama3, qwen, cased, uncased")
        String pattern,
    @Setting(does = "name of the token that ends a document, where the file does not say")
        String endToken,
    @Setting(does = "what names of special tokens in a text are: text or ids")
        String specialTokens) {
  public static final TokenizerSetting DEFAULT = new TokenizerSetting("", "", "", "text");

  /**
   * The tokenizer that this names.
   *
   * @throws SettingError if there is none, or the settings do not fit the file
   */
  public Tokenizer tokenizer() {
    Tokenizer known = Tokenizers.BY_NAME.get(file);
    if (known != null) {
      if (!equals(new TokenizerSetting(file, "", "", "text"))) {
        throw new SettingError("file", file + " is no file and has no further settings");
      }
      return known;
    }
    try {
      return new TokenizerFile(read(), pattern, endToken, specialTokens);
    } catch (SettingError e) {
      throw e.setting().equals("model") ? new SettingError("file", e.complaint()) : e;
    }
  }

  private ModelFile read() {
    try {
      NamedFile read = NamedFile.read(file);
      return new ModelFile(read.name(), read.bytes());
    } catch (IOException e) {
      throw new SettingError(
          "file",
          "must be one of "
              + String.join(", ", Tokenizers.BY_NAME.keySet())
              + ", or a model's file; "
              + file
              + " cannot be read: "
              + e.getMessage());
    }
  }
}
