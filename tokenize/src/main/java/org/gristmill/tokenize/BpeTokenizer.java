package org.gristmill.tokenize;

import com.knuddels.jtokkit.Encodings;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.gristmill.core.Block;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.tokenize.bpe.BytePairEncoder;
import org.gristmill.tokenize.bpe.ControlTokens;
import org.gristmill.tokenize.bpe.Pretokenizers;
import org.gristmill.tokenize.bpe.Ranks;

/**
 * OpenAI's byte-pair encoders; ids are those of tiktoken 0.14 for every text.
 *
 * <p>The record only names its vocabulary, which each JVM loads on first use and then shares. The
 * rank files are those in jtokkit's artifact. Encoding takes time in proportion to the text's
 * length, whatever it holds.
 *
 * @param name {@code r50k_base}, {@code p50k_base}, {@code cl100k_base} or {@code o200k_base}
 * @param control the control tokens, {@code <|endoftext|>} for example, that become their id where
 *     they are written out in a text; the others are ordinary text
 * @see <a href="https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py">The
 *     vocabularies' definitions</a>
 */
@Block(
    does = "Encodes text by one of OpenAI's byte-pair vocabularies.",
    version = 1,
    libraries = "jtokkit")
public record BpeTokenizer(
    @Setting(does = "One of OpenAI's vocabularies.", required = true) String name,
    @Setting(does = "Control tokens that are not ordinary text where a text holds them.")
        List<String> control)
    implements Tokenizer, Serializable {

  private static final String END = "<|endoftext|>";
  private static final String END_OF_PROMPT = "<|endofprompt|>";

  private static final Map<String, Definition> DEFINITIONS =
      Map.of(
          "r50k_base", new Definition(Pretokenizers.R50K, 50_257, Map.of(END, 50_256)),
          "p50k_base", new Definition(Pretokenizers.R50K, 50_281, Map.of(END, 50_256)),
          "cl100k_base",
              new Definition(
                  Pretokenizers.CL100K,
                  100_277,
                  Map.of(
                      END,
                      100_257,
                      "<|fim_prefix|>",
                      100_258,
                      "<|fim_middle|>",
                      100_259,
                      "<|fim_suffix|>",
                      100_260,
                      END_OF_PROMPT,
                      100_276)),
          "o200k_base",
              new Definition(
                  Pretokenizers.O200K, 200_019, Map.of(END, 199_999, END_OF_PROMPT, 200_018)));

  /** GPT-2 and GPT-3. */
  public static final BpeTokenizer R50K_BASE = new BpeTokenizer("r50k_base", List.of());

  /** Codex and GPT-3.5 for completions. */
  public static final BpeTokenizer P50K_BASE = new BpeTokenizer("p50k_base", List.of());

  /** GPT-3.5 and GPT-4. */
  public static final BpeTokenizer CL100K_BASE = new BpeTokenizer("cl100k_base", List.of());

  /** GPT-4o and later. */
  public static final BpeTokenizer O200K_BASE = new BpeTokenizer("o200k_base", List.of());

  private static final Map<String, BytePairEncoder> LOADED = new ConcurrentHashMap<>();

  /** What tiktoken's definition says; the ids of control tokens are by their names. */
  private record Definition(String pattern, int size, Map<String, Integer> control) {}

  public BpeTokenizer {
    Definition definition = DEFINITIONS.get(name);
    if (definition == null) {
      String names = String.join(", ", new TreeMap<>(DEFINITIONS).keySet());
      throw new SettingError("name", "must be one of " + names + ", is " + name);
    }
    control = List.copyOf(control);
    for (String token : control) {
      if (!definition.control().containsKey(token)) {
        throw new SettingError(
            "control",
            "must be among "
                + new TreeMap<>(definition.control()).keySet()
                + " of "
                + name
                + ", is "
                + token);
      }
    }
  }

  @Override
  public int vocabularySize() {
    return definition().size();
  }

  @Override
  public int endOfDocument() {
    return definition().control().get(END);
  }

  @Override
  public OptionalInt id(String token) {
    Integer id = definition().control().get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public int[] encode(Text text) {
    if (control.isEmpty()) {
      return encoder().encode(text.bytes());
    }
    SortedMap<String, Integer> allowed = new TreeMap<>(definition().control());
    allowed.keySet().retainAll(control);
    return ControlTokens.of(allowed).encode(encoder(), text.bytes());
  }

  @Override
  public Text decode(int[] tokens) {
    return Text.of(ControlTokens.of(definition().control()).decode(encoder(), tokens));
  }

  private Definition definition() {
    return DEFINITIONS.get(name);
  }

  private BytePairEncoder encoder() {
    return LOADED.computeIfAbsent(name, BpeTokenizer::load);
  }

  private static BytePairEncoder load(String name) {
    try (InputStream in = Encodings.class.getResourceAsStream(name + ".tiktoken")) {
      return BytePairEncoder.ofRanks(
          Ranks.read(in.readAllBytes()), Pretokenizers.of(DEFINITIONS.get(name).pattern()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
