package org.gristmill.sources.jsonl;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.sources.Fixtures;
import org.junit.jupiter.api.Test;

class JsonlTest {
  private static final Jsonl NESTED =
      new Jsonl("body.text", "id", "url", List.of("meta.source", "tags", "n"), 1 << 20);

  @Test
  void fieldsAndOffsets() {
    String first =
        "{\"meta\":{\"z\":[{\"source\":0}],\"source\":\"网\"},\"tags\":[1,{\"a\":null}],\"n\":1.50,"
            + "\"body\":{\"text\":\"第一\"},\"id\":7,\"url\":\"http://a/\"}";
    String second = "{\"body\":{\"text\":\"a\\ud800b\\n\"}}";
    byte[] file = utf8("\uFEFF" + first + "\r\n\n  \n" + second);
    List<Document> documents = Fixtures.documents(Fixtures.read(NESTED, "a.jsonl", file));
    Document document = documents.get(0);
    assertEquals("第一", document.text().toString());
    assertEquals("http://a/", document.url());
    assertEquals(3, document.offset());
    assertEquals(
        Map.of("id", "7", "meta.source", "网", "tags", "[1,{\"a\":null}]", "n", "1.50"),
        document.meta());
    assertEquals("a\uFFFDb\n", documents.get(1).text().toString());
    assertEquals(3 + utf8(first).length + 2 + 1 + 3, documents.get(1).offset());
  }

  @Test
  void allFieldsOfALineOrOfAnObject() {
    String line =
        "{\"text\":\"a\",\"id\":\"x\",\"source\":\"cc\",\"added\":null,\"attributes\":{\"q\":[[0,1,0.5]]},"
            + "\"metadata\":{\"url\":\"http://a/\",\"n\":1,\"deep\":{\"z\":2}}}";
    Jsonl all =
        Blocks.with(
            Jsonl.DEFAULTS, Map.of("url", "metadata.url", "meta", List.of("*", "metadata.*")));
    Document document = Fixtures.documents(Fixtures.read(all, "a", utf8(line))).get(0);
    assertEquals("http://a/", document.url());
    Map<String, String> facts =
        Map.of(
            "id", "x",
            "source", "cc",
            "attributes", "{\"q\":[[0,1,0.5]]}",
            "metadata.n", "1",
            "metadata.deep", "{\"z\":2}");
    assertEquals(facts, document.meta());
    Jsonl line1 = Blocks.with(Jsonl.DEFAULTS, Map.of("meta", List.of("*")));
    document = Fixtures.documents(Fixtures.read(line1, "a", utf8(line))).get(0);
    assertEquals(
        "{\"url\":\"http://a/\",\"n\":1,\"deep\":{\"z\":2}}", document.meta().get("metadata"));
  }

  @Test
  void everyBadLineIsARow() throws IOException {
    String[] lines = {
      "{\"text\":\"好\"}",
      "{\"text\":1}",
      "{\"texts\":\"x\"}",
      "[1]",
      "{\"text\":\"x\"",
      "{}{}",
      "nonsense",
      "{\"text\":\" \"}",
      "{\"text\":\"x\"} {\"text\":\"y\"}",
      "{\"text\":\"" + "x".repeat(200) + "\"}"
    };
    byte[] file =
        Fixtures.join(utf8(String.join("\n", lines)), utf8("\n\"\u00e9"), new byte[] {-1});
    Jsonl small = Blocks.with(Jsonl.DEFAULTS, Map.of("maxLineBytes", 100L));
    List<Reason> reasons =
        List.of(
            Reason.MISSING_FIELD,
            Reason.MISSING_FIELD,
            Reason.BAD_JSON,
            Reason.BAD_JSON,
            Reason.BAD_JSON,
            Reason.BAD_JSON,
            Reason.EMPTY_EXTRACTION,
            Reason.BAD_JSON,
            Reason.TOO_LARGE,
            Reason.INVALID_ENCODING);
    for (byte[] form :
        List.of(
            file,
            Fixtures.gzip(file),
            Fixtures.bzip2(file),
            Fixtures.xz(file),
            Fixtures.zstd(file))) {
      List<Found> found = Fixtures.read(small, "a", form);
      assertEquals(reasons, Fixtures.reasons(found));
      long offset = 0;
      for (int i = 0; i < lines.length; i++) {
        assertEquals(offset, found.get(i).offset());
        offset += utf8(lines[i]).length + 1;
      }
    }
  }

  @Test
  void deepNestingIsBadJson() {
    byte[] file = utf8("{\"a\":" + "[".repeat(1_000_000) + "\n{\"text\":\"b\"}\n");
    List<Found> found = Fixtures.read(Jsonl.DEFAULTS, "a", file);
    assertEquals(List.of(Reason.BAD_JSON), Fixtures.reasons(found));
    assertEquals(1, Fixtures.documents(found).size());
  }

  @Test
  void brokenPackingKeepsWhatCameBefore() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      lines
          .append("{\"text\":\"")
          .append(org.gristmill.core.Hash.sha256Hex("" + i))
          .append("\"}\n");
    }
    byte[] packed = Fixtures.gzip(utf8(lines.toString()));
    List<Found> found = Fixtures.read(Jsonl.DEFAULTS, "a", Fixtures.cut(packed, packed.length / 2));
    assertEquals(List.of(Reason.GZIP_TRUNCATED), Fixtures.reasons(found));
    assertEquals(found.size() - 1, Fixtures.documents(found).size());
    assertEquals(0, found.get(found.size() - 1).offset() % 76);
    assertEquals((found.size() - 1) * 76L, found.get(found.size() - 1).offset());
  }

  @Test
  void settingsAreChecked() {
    assertThrows(
        IllegalArgumentException.class, () -> Blocks.with(Jsonl.DEFAULTS, Map.of("text", "")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Blocks.with(Jsonl.DEFAULTS, Map.of("maxLineBytes", 0L)));
  }
}
