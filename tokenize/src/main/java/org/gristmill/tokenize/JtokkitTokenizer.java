package org.gristmill.tokenize;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.Serializable;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;

/**
 * OpenAI's byte-pair encoders, run by jtokkit.
 *
 * <p>The record only names its vocabulary, which each JVM loads on first use and then shares. Ids
 * are those of tiktoken, except that Java 17 does not know the letters and digits that Unicode 14
 * and later added; a run of n characters without a break takes time in O(n log n).
 *
 * @param name one of jtokkit's encodings, {@code cl100k_base} for example
 * @param vocabularySize one more than the largest id, control tokens included
 * @param endOfDocument id of {@code <|endoftext|>}, below {@code vocabularySize}
 * @see <a href="https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py">The
 *     vocabularies' definitions</a>
 */
@Block(
    does = "Encodes text by one of OpenAI's byte-pair vocabularies.",
    version = 1,
    libraries = "jtokkit")
public record JtokkitTokenizer(
    @Setting(does = "One of jtokkit's encodings.", required = true) String name,
    @Setting(does = "One more than the largest token.", unit = "tokens", min = 1, required = true)
        int vocabularySize,
    @Setting(
            does = "The token that ends a document, below vocabularySize.",
            min = 0,
            max = Integer.MAX_VALUE - 1,
            required = true)
        int endOfDocument)
    implements Tokenizer, Serializable {

  /** GPT-2 and GPT-3. */
  public static final JtokkitTokenizer R50K_BASE =
      new JtokkitTokenizer("r50k_base", 50_257, 50_256);

  /** GPT-3.5 and GPT-4. */
  public static final JtokkitTokenizer CL100K_BASE =
      new JtokkitTokenizer("cl100k_base", 100_277, 100_257);

  /** GPT-4o and later. */
  public static final JtokkitTokenizer O200K_BASE =
      new JtokkitTokenizer("o200k_base", 200_019, 199_999);

  private static final EncodingRegistry VOCABULARIES = Encodings.newLazyEncodingRegistry();

  public JtokkitTokenizer {
    if (EncodingType.fromName(name).isEmpty()) {
      throw new SettingError("name", "must be one of jtokkit's encodings, is " + name);
    }
    Bounds.atLeast("vocabularySize", vocabularySize, 1);
    Bounds.between("endOfDocument", endOfDocument, 0, vocabularySize - 1L);
  }

  @Override
  public int[] encode(Text text) {
    return encoding().encodeOrdinary(text.toString()).toArray();
  }

  @Override
  public Text decode(int[] tokens) {
    IntArrayList list = new IntArrayList(tokens.length);
    for (int token : tokens) {
      list.add(token);
    }
    return Text.of(encoding().decodeBytes(list));
  }

  private Encoding encoding() {
    return VOCABULARIES.getEncoding(name).orElseThrow();
  }
}
