package org.gristmill.jobs.cli;

import org.gristmill.core.SettingError;
import org.gristmill.core.UserError;
import org.gristmill.jobs.conf.TokenizerSetting;
import org.gristmill.tokenize.Tokenizer;
import picocli.CommandLine.Option;

/** The options of a command that needs a tokenizer. */
final class TokenizerOptions {
  @Option(
      names = "--tokenizer",
      required = true,
      paramLabel = "NAME|FILE",
      description = "one of gristmill list tokenizers, or a model's file")
  private String file;

  @Option(
      names = "--pattern",
      defaultValue = "",
      description = "how words are cut, where the file does not say: llama3, qwen, cased, ...")
  private String pattern;

  @Option(
      names = "--end-token",
      defaultValue = "",
      description = "name of the token that ends a document, where the file does not say")
  private String endToken;

  @Option(
      names = "--special-tokens",
      defaultValue = "text",
      description = "what names of special tokens in a text are: text or ids")
  private String specialTokens;

  /**
   * The tokenizer chosen.
   *
   * @throws UserError if there is none such
   */
  Tokenizer tokenizer() {
    try {
      return new TokenizerSetting(file, pattern, endToken, specialTokens).tokenizer();
    } catch (SettingError e) {
      String option =
          switch (e.setting()) {
            case "file" -> "--tokenizer";
            case "endToken" -> "--end-token";
            case "specialTokens" -> "--special-tokens";
            default -> "--" + e.setting();
          };
      throw new UserError(option + " " + e.complaint());
    }
  }
}
