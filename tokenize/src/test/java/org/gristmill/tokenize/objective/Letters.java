package org.gristmill.tokenize.objective;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.gristmill.core.Text;
import org.gristmill.tokenize.Tokenizer;

/**
 * A tokenizer that can be read: a token for every byte, another where an ASCII letter goes on with
 * a word (##b), and control tokens by name.
 */
record Letters(List<String> control) implements Tokenizer {
  private static final int CONTINUED = 256;
  private static final int CONTROL = 512;

  static final Letters WITH_ALL =
      new Letters(
          List.of(
              "</s>",
              "<s>",
              "[CLS]",
              "[SEP]",
              "[MASK]",
              "<|fim_prefix|>",
              "<|fim_middle|>",
              "<|fim_suffix|>",
              "<|im_start|>",
              "<|im_end|>",
              "<|begin_of_text|>",
              "<|start_header_id|>",
              "<|end_header_id|>",
              "<|eot_id|>",
              "<extra_id_0>",
              "<extra_id_1>",
              "<extra_id_2>",
              "<extra_id_3>",
              "<extra_id_4>",
              "<extra_id_5>"));

  @Override
  public String name() {
    return "letters";
  }

  @Override
  public int[] encode(Text text) {
    byte[] bytes = text.bytes();
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      boolean goesOn = i > 0 && letter(bytes[i]) && letter(bytes[i - 1]);
      tokens[i] = (bytes[i] & 0xFF) + (goesOn ? CONTINUED : 0);
    }
    return tokens;
  }

  private static boolean letter(byte b) {
    return b >= 'a' && b <= 'z';
  }

  @Override
  public Text decode(int[] tokens) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int token : tokens) {
      if (token >= CONTROL) {
        out.writeBytes(control.get(token - CONTROL).getBytes(StandardCharsets.UTF_8));
      } else {
        out.write(token);
      }
    }
    return Text.of(out.toByteArray());
  }

  @Override
  public byte[] tokenBytes(int id) {
    return id >= CONTINUED && id < CONTROL
        ? new byte[] {'#', '#', (byte) id}
        : decode(new int[] {id}).bytes();
  }

  @Override
  public OptionalInt id(String token) {
    int at = control.indexOf(token);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(CONTROL + at);
  }

  @Override
  public int vocabularySize() {
    return CONTROL + control.size();
  }

  @Override
  public int endOfDocument() {
    return id("</s>").orElseThrow();
  }
}
