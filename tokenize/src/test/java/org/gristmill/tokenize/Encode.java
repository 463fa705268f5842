package org.gristmill.tokenize;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;

/**
 * Encodes documents for the comparison with the reference libraries, {@code src/test/compare}.
 *
 * <p>Reads a file of lines {@code model TAB pattern TAB specialTokens TAB documents TAB output}.
 * Documents and outputs are sequences of length (4 bytes, big endian) and content; an output has
 * for each document its ids (4 bytes each) and the UTF-8 of what they decode to. The output of a
 * refused model is the text of the refusal, in a file that ends in {@code .refused}.
 */
final class Encode {
  private Encode() {}

  public static void main(String[] args) throws IOException {
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] job = line.split("\t", -1);
      Path model = Path.of(job[0]);
      try {
        Tokenizer tokenizer = tokenizer(model, job[1], job[2]);
        encode(tokenizer, Path.of(job[3]), Path.of(job[4]));
      } catch (SettingError e) {
        Files.writeString(Path.of(job[4] + ".refused"), e.getMessage());
      }
    }
  }

  private static Tokenizer tokenizer(Path model, String pattern, String special)
      throws IOException {
    ModelFile file = new ModelFile(model.getFileName().toString(), Files.readAllBytes(model));
    List<String> tokens = Models.load(file, pattern, false).controlTokens();
    String end = tokens.isEmpty() ? "a" : tokens.get(0);
    return new TokenizerFile(file, pattern, end, special);
  }

  private static void encode(Tokenizer tokenizer, Path documents, Path output) throws IOException {
    try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(Files.newInputStream(documents)));
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(output)))) {
      while (true) {
        int length;
        try {
          length = in.readInt();
        } catch (EOFException e) {
          break;
        }
        int[] ids = tokenizer.encode(Text.of(in.readNBytes(length)));
        out.writeInt(ids.length);
        for (int id : ids) {
          out.writeInt(id);
        }
        byte[] decoded = tokenizer.decode(ids).bytes();
        out.writeInt(decoded.length);
        out.write(decoded);
      }
    }
  }
}
