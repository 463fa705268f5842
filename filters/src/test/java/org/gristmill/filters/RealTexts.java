package org.gristmill.filters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.testing.RealFiles;

/**
 * The texts in {@link RealFiles}: web pages, licences, documentation, books and news, in about
 * eighty languages.
 *
 * <p>Of every folder the first file is taken and one in sixteen of the others, by a hash of their
 * names; of JSON lines one in sixteen likewise; of every text at most the first {@value #CHARS}
 * characters. {@code mvn test -pl filters -am -Dsweep=all} takes all of all.
 */
final class RealTexts {
  /** Whether nothing is left out. */
  static final boolean ALL = System.getProperty("sweep", "").equals("all");

  private static final int ONE_IN = 16;
  private static final int CHARS = 25_000;
  private static final List<String> FOLDERS =
      List.of(
          "web/text/dolma",
          "web/text/data-juicer",
          "neardup/licenses",
          "neardup/git-revisions",
          "neardup/debian-copyright",
          "encyclopedia",
          "books/text",
          "quality",
          "benchmarks/agieval",
          "multilingual/lingua-sentences");

  private static SoftReference<List<String>> known = new SoftReference<>(null);

  private RealTexts() {}

  /** All texts, or a sample of them. */
  static synchronized List<String> texts() throws IOException {
    List<String> texts = known.get();
    if (texts == null) {
      texts = new ArrayList<>();
      for (String folder : FOLDERS) {
        read(folder, texts);
      }
      known = new SoftReference<>(List.copyOf(texts));
    }
    return texts;
  }

  private static void read(String folder, List<String> texts) throws IOException {
    boolean sentences = folder.endsWith("lingua-sentences");
    boolean first = true;
    for (Path file : RealFiles.files(folder)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".jsonl") || name.endsWith(".json.gz")) {
        List<String> records = jsonTexts(read(file));
        for (int i = 0; i < records.size(); i++) {
          if (isTaken(name + "#" + i)) {
            texts.add(cut(records.get(i)));
          }
        }
      } else if (sentences || !name.matches(".*\\.(tsv|gz|bz2|xz|zip|pdf|json)")) {
        if (first || isTaken(name)) {
          texts.add(cut(read(file)));
        }
        first = false;
      }
    }
  }

  /** Whether a file or record of that name is in the sample. */
  static boolean isTaken(String name) {
    return ALL || Hash.range(Hash.xx64(1, name), ONE_IN) == 0;
  }

  private static String cut(String text) {
    if (ALL || text.length() <= CHARS) {
      return text;
    }
    return text.substring(0, CHARS - (Character.isHighSurrogate(text.charAt(CHARS - 1)) ? 1 : 0));
  }

  /** A text file, unpacked if it is gzipped. */
  static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
      return Text.of(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> jsonTexts(String lines) {
    List<String> texts = new ArrayList<>();
    for (String line : lines.split("\n")) {
      try (JsonParser json = new JsonFactory().createParser(line)) {
        while (json.nextToken() != null) {
          boolean text =
              json.currentToken() == JsonToken.VALUE_STRING
                  && ("text".equals(json.currentName()) || "passage".equals(json.currentName()));
          if (text) {
            texts.add(Text.of(json.getText()).toString());
          }
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return texts;
  }
}
