package org.gristmill.filters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.gristmill.core.Text;
import org.gristmill.testing.RealFiles;

/** The texts in {@link RealFiles}. */
final class RealTexts {
  private RealTexts() {}

  /** Web pages, licences, documentation, books and news, in about eighty languages. */
  static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String folder :
        List.of(
            "web/text/dolma",
            "web/text/data-juicer",
            "neardup/licenses",
            "neardup/git-revisions",
            "neardup/debian-copyright",
            "encyclopedia",
            "books/text",
            "quality",
            "benchmarks/agieval")) {
      for (Path file : RealFiles.files(folder)) {
        String name = file.getFileName().toString();
        if (name.endsWith(".jsonl") || name.endsWith(".json.gz")) {
          texts.addAll(jsonTexts(read(file)));
        } else if (!name.matches(".*\\.(tsv|gz|bz2|xz|zip|pdf|json)")) {
          texts.add(read(file));
        }
      }
    }
    for (Path file : RealFiles.files("multilingual/lingua-sentences")) {
      texts.add(read(file));
    }
    return texts;
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
