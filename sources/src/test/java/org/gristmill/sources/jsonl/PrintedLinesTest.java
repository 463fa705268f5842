package org.gristmill.sources.jsonl;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.sources.Fixtures;
import org.gristmill.sources.FoundJson;
import org.junit.jupiter.api.Test;

class PrintedLinesTest {
  private static final String PLAIN =
      "{\"text\":\"一\\n\\\"二\\\"\",\"url\":\"u\",\"id\":9,\"kind\":\"k\",\"meta\":{\"a\":1}}";

  private static List<Found> read(String... lines) throws IOException {
    List<Found> found = new ArrayList<>();
    PrintedLines.read(new Fixtures.Memory("in.jsonl", utf8(String.join("\n", lines))), found::add);
    return found;
  }

  @Test
  void whatWasPrintedIsReadAsItWas() throws IOException {
    Document document =
        Fixtures.documents(
                Fixtures.read(
                    new Jsonl("text", "id", "url", List.of("kind", "meta"), 1 << 20),
                    "elsewhere.jsonl",
                    utf8(PLAIN)))
            .get(0)
            .withLanguage("zh");
    assertEquals("{\"a\":1}", document.meta().get("meta"));
    Quarantined bad = new Quarantined("s", "wiki", "f", 5, "u", Reason.BAD_XML, "why");
    assertEquals(List.of(document), read(FoundJson.line(bad), FoundJson.line(document)));
  }

  @Test
  void otherLinesAreThoseOfTheJsonlSource() throws IOException {
    String[] lines = {
      PLAIN, "{\"text\":\"x\"", "{\"detail\":\"x\"}", "{\"text\":\"y\",\"quarantined\":\"z\"}"
    };
    assertEquals(
        Fixtures.read(Jsonl.DEFAULTS, "in.jsonl", utf8(String.join("\n", lines))), read(lines));
  }

  @Test
  void metaThatIsNoObjectHasNoFacts() throws IOException {
    String line =
        "{\"id\":\"i\",\"kind\":\"k\",\"file\":\"f\",\"offset\":7,\"text\":\"t\",\"meta\":%s}";
    for (String meta : List.of("[1]", "\"x\"", "\"{\"", "null", "3")) {
      Document document = (Document) read(line.formatted(meta)).get(0);
      assertEquals("i", document.id());
      assertEquals(7, document.offset());
      assertEquals(0, document.meta().size());
    }
  }
}
