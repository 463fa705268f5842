package org.gristmill.tokenize.bpe;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Encodes texts for another program to compare: EncodeTexts RANKS PATTERN, a rank file and a file
 * that holds nothing but the pattern. {@code src/bench/tokenizers/tiktoken_sweep.py} runs it.
 *
 * <p>Standard input holds texts, each a length (big-endian, four bytes) and so many bytes; standard
 * output is, for each of them, the number of ids and the ids, as such integers. It fails where
 * decoding does not give the text back.
 */
final class EncodeTexts {
  private EncodeTexts() {}

  public static void main(String[] args) throws IOException {
    BytePairEncoder encoder =
        BytePairEncoder.ofRanks(
            Ranks.read(Files.readAllBytes(Path.of(args[0]))),
            Pretokenizers.of(Files.readString(Path.of(args[1]))));
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16))) {
      while (true) {
        byte[] text;
        try {
          text = in.readNBytes(in.readInt());
        } catch (EOFException e) {
          return;
        }
        int[] ids = encoder.encode(text);
        if (!Arrays.equals(text, encoder.decode(ids))) {
          throw new IllegalStateException("decoding does not give the text back");
        }
        out.writeInt(ids.length);
        for (int id : ids) {
          out.writeInt(id);
        }
        out.flush();
      }
    }
  }
}
