package org.gristmill.tokenize;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.core.Text;
import org.gristmill.tokenize.bpe.BytePairEncoder;
import org.gristmill.tokenize.bpe.ControlTokens;
import org.gristmill.tokenize.bpe.Pretokenizers;
import org.gristmill.tokenize.bpe.Ranks;
import org.gristmill.tokenize.bpe.Vocabulary;
import org.gristmill.tokenize.model.Model;
import org.gristmill.tokenize.model.ModelError;

/**
 * A rank file of tiktoken. It holds neither the pattern that cuts words nor the control tokens;
 * both belong to a name that the user gives.
 */
final class RankModel implements Model {
  /** A pattern, and the control tokens that are used with it, if the file does not hold them. */
  private record Kind(String pattern, Map<String, Integer> control) {}

  private static final String END = "<|endoftext|>";

  private static final Map<String, Kind> KINDS =
      new TreeMap<>(
          Map.of(
              "r50k", new Kind(Pretokenizers.R50K, Map.of(END, 50_256)),
              "cl100k", new Kind(Pretokenizers.CL100K, Map.of(END, 100_257)),
              "o200k", new Kind(Pretokenizers.O200K, Map.of(END, 199_999)),
              "llama3",
                  new Kind(
                      Pretokenizers.LLAMA3,
                      Map.of("<|begin_of_text|>", 128_000, "<|end_of_text|>", 128_001)),
              "qwen",
                  new Kind(
                      Pretokenizers.QWEN,
                      Map.of(END, 151_643, "<|im_start|>", 151_644, "<|im_end|>", 151_645)),
              "qwen35", new Kind(Pretokenizers.QWEN35, Map.of())));

  private final BytePairEncoder encoder;
  private final Map<String, Integer> control = new TreeMap<>();
  private final ControlTokens names;
  private final boolean special;

  /**
   * @param name of the pattern
   * @param special whether control tokens written out in a text are tokens
   */
  RankModel(byte[] file, String name, boolean special) {
    Kind kind = KINDS.get(name);
    if (kind == null) {
      throw new ModelError(
          "pattern must be one of "
              + String.join(", ", KINDS.keySet())
              + ", is "
              + (name.isEmpty() ? "empty; a rank file does not say how words are cut" : name));
    }
    try {
      Vocabulary vocabulary = Ranks.read(file);
      encoder = BytePairEncoder.ofRanks(vocabulary, Pretokenizers.of(kind.pattern()));
      kind.control()
          .forEach(
              (token, id) -> {
                if (vocabulary.find(utf8(token), 0, utf8(token).length) < 0
                    && (id >= vocabulary.bound() || vocabulary.token(id) == null)) {
                  control.put(token, id);
                }
              });
    } catch (IllegalArgumentException e) {
      throw new ModelError(e.getMessage());
    }
    names = ControlTokens.of(control);
    this.special = special;
  }

  private static byte[] utf8(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int[] encode(Text text) {
    return special ? names.encode(encoder, text.bytes()) : encoder.encode(text.bytes());
  }

  @Override
  public Text decode(int[] tokens) {
    return Text.of(names.decode(encoder, tokens));
  }

  @Override
  public byte[] tokenBytes(int id) {
    for (Map.Entry<String, Integer> token : control.entrySet()) {
      if (token.getValue() == id) {
        return utf8(token.getKey());
      }
    }
    byte[] bytes = id < encoder.vocabulary().bound() ? encoder.vocabulary().token(id) : null;
    return bytes == null ? new byte[0] : bytes;
  }

  @Override
  public int size() {
    int size = encoder.vocabulary().bound();
    for (int id : control.values()) {
      size = Math.max(size, id + 1);
    }
    return size;
  }

  @Override
  public OptionalInt id(String token) {
    Integer id = control.get(token);
    int inFile = encoder.vocabulary().find(utf8(token), 0, utf8(token).length);
    return id != null
        ? OptionalInt.of(id)
        : inFile >= 0 ? OptionalInt.of(inFile) : OptionalInt.empty();
  }

  @Override
  public OptionalInt endOfDocument() {
    OptionalInt end = id(END);
    return end.isPresent() ? end : id("<|end_of_text|>");
  }

  @Override
  public List<String> controlTokens() {
    return List.copyOf(new TreeSet<>(control.keySet()));
  }

  @Override
  public boolean lossless() {
    return true;
  }
}
