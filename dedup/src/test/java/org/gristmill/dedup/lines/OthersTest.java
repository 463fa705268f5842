package org.gristmill.dedup.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Keep;
import org.gristmill.dedup.spans.Span;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

/** Against what other tools put out. */
class OthersTest {
  /** Dolma's spans are in characters, and go on to where the next paragraph starts. */
  @Test
  void dolmasParagraphs() throws IOException {
    LineDedup dedup = new LineDedup(Rule.DOLMA_PARAGRAPH, 1, 0);
    List<List<Unit>> units = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (JsonNode document : lines("provided__documents__000.json.gz")) {
      texts.add(document.get("text").asText());
      units.add(dedup.of(Text.of(texts.get(texts.size() - 1))));
    }
    List<BitSet> gone = Duplicates.of(units, Keep.FIRST);
    List<JsonNode> expected = lines("expected__dedupe-paragraphs.json.gz");
    int spans = 0;
    for (int i = 0; i < expected.size(); i++) {
      byte[] utf8 = texts.get(i).getBytes(StandardCharsets.UTF_8);
      List<Span> ours = new ArrayList<>();
      gone.get(i).stream()
          .mapToObj(units.get(i)::get)
          .forEach(unit -> ours.add(characters(utf8, unit.gone())));
      // a last paragraph without a line end ends one too far in texts that are not ASCII
      int length = texts.get(i).codePointCount(0, texts.get(i).length());
      List<Span> theirs = new ArrayList<>();
      for (JsonNode span : expected.get(i).at("/attributes/bff_duplicate_paragraph_spans")) {
        theirs.add(new Span(span.get(0).asInt(), Math.min(span.get(1).asInt(), length)));
      }
      assertEquals(theirs, ours);
      spans += ours.size();
    }
    assertEquals(43, spans);
  }

  private static Span characters(byte[] utf8, Span bytes) {
    String before = new String(utf8, 0, bytes.from(), StandardCharsets.UTF_8);
    String in = new String(utf8, bytes.from(), bytes.length(), StandardCharsets.UTF_8);
    int from = before.codePointCount(0, before.length());
    return new Span(from, from + in.codePointCount(0, in.length()));
  }

  private static List<JsonNode> lines(String file) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(RealFiles.path("web/text/dolma/" + file)))) {
      return new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(in).readAll();
    }
  }

  /** Lines that stand twice in the documents all go. */
  @Test
  void linesOfTheCs336Exercise() throws IOException {
    LineDedup dedup = new LineDedup(Rule.LINE, 1, 0);
    List<Text> texts = new ArrayList<>();
    List<Path> files = RealFiles.files("neardup/cs336-fixtures/documents_with_line_duplicates");
    for (Path file : files) {
      texts.add(Text.of(Files.readAllBytes(file)));
    }
    List<List<Unit>> units = texts.stream().map(dedup::of).toList();
    List<BitSet> gone = Duplicates.of(units, Keep.NONE);
    for (int i = 0; i < texts.size(); i++) {
      Path expected =
          RealFiles.path("neardup/cs336-fixtures/documents_line_deduplicated")
              .resolve(files.get(i).getFileName());
      assertEquals(
          Files.readString(expected).strip(),
          LineDedup.without(texts.get(i), units.get(i), gone.get(i)).text().toString().strip());
    }
  }
}
