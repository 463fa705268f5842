package org.gristmill.tokenize.bpe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The pre-tokenizers by the exact text of the patterns that models are published with. */
public final class Pretokenizers {
  private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
  private static final String LINES_AND_SPACES = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /** GPT-2 and GPT-3, as tiktoken writes it since 0.9. */
  public static final String R50K =
      "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^\\s\\p{L}\\p{N}]++|\\s++$|\\s+(?!\\S)|\\s";

  /** GPT-2 as it was published. */
  public static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  /** GPT-4, as tiktoken writes it since 0.9: white space at the end of the text is one piece. */
  public static final String CL100K =
      "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+"
          + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s";

  /** Llama 3, and GPT-4 as it was published first. */
  public static final String LLAMA3 =
      CONTRACTIONS
          + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
          + LINES_AND_SPACES;

  /** Qwen to Qwen 3: every digit is a piece. */
  public static final String QWEN =
      CONTRACTIONS
          + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
          + LINES_AND_SPACES;

  /** Qwen 3.5: marks are parts of words. */
  public static final String QWEN35 =
      CONTRACTIONS
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
          + LINES_AND_SPACES;

  /** GPT-4o and later. */
  public static final String O200K =
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
          + CONTRACTIONS
          + "?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
          + CONTRACTIONS
          + "?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
          + LINES_AND_SPACES;

  private static final Map<String, Pretokenizer> BY_PATTERN = byPattern();

  private Pretokenizers() {}

  /** The pre-tokenizer of a pattern, if it is one of those here, letter for letter. */
  public static Optional<Pretokenizer> find(String pattern) {
    return Optional.ofNullable(BY_PATTERN.get(pattern));
  }

  /**
   * The pre-tokenizer of a pattern.
   *
   * @throws IllegalArgumentException if it is none of those here
   */
  public static Pretokenizer of(String pattern) {
    return find(pattern)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no pre-tokenizer is known for the pattern " + pattern));
  }

  private static Map<String, Pretokenizer> byPattern() {
    int letters = UnicodeClasses.LETTER;
    Map<String, Pretokenizer> map = new LinkedHashMap<>();
    map.put(R50K, new Gpt2Scanner());
    map.put(GPT2, new Gpt2Scanner());
    map.put(CL100K, new Cl100kScanner(letters, 3, true));
    map.put(LLAMA3, new Cl100kScanner(letters, 3, false));
    map.put(QWEN, new Cl100kScanner(letters, 1, false));
    map.put(QWEN35, new Cl100kScanner(letters | UnicodeClasses.MARK, 1, false));
    map.put(O200K, new O200kScanner());
    return map;
  }
}
