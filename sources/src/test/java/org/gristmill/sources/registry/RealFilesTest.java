package org.gristmill.sources.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.sources.FoundJson;
import org.gristmill.sources.Guard;
import org.gristmill.sources.LocalInput;
import org.gristmill.sources.Source;
import org.gristmill.sources.book.Book;
import org.gristmill.sources.code.Code;
import org.gristmill.sources.dialogue.Dialogue;
import org.gristmill.sources.wiki.Wiki;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

/** Every source over real files: nothing rises, and the counts are as they were. */
class RealFilesTest {

  private static Map<String, Map<String, Integer>> sweep(Source source, String folder)
      throws IOException {
    Map<String, Map<String, Integer>> table = new TreeMap<>();
    for (Path path : RealFiles.files(folder)) {
      LocalInput input = LocalInput.of("test", RealFiles.root(), path);
      List<Found> found = new ArrayList<>();
      Guard.read(source, input, found::add);
      Map<String, Integer> counts = new TreeMap<>();
      Set<String> ids = new HashSet<>();
      for (Found each : found) {
        if (each instanceof Document document) {
          assertTrue(ids.add(document.id()), "an id twice in " + path);
          counts.merge("chars", document.text().toString().length(), Integer::sum);
        }
        if (each instanceof Quarantined q && q.reason().broken()) {
          System.out.println("  " + FoundJson.line(q));
        }
        String key = each instanceof Quarantined q ? q.reason().text() : "documents";
        counts.merge(key, 1, Integer::sum);
      }
      table.put(input.name(), counts);
    }
    table.forEach((name, counts) -> System.out.println(name + " " + counts));
    return table;
  }

  private static int total(Map<String, Map<String, Integer>> table, String key) {
    return table.values().stream().mapToInt(counts -> counts.getOrDefault(key, 0)).sum();
  }

  private static void assertHas(
      Map<String, Map<String, Integer>> table, String end, Reason reason) {
    table.forEach(
        (name, counts) -> {
          if (name.endsWith(end)) {
            assertEquals(Map.of(reason.text(), 1), counts, name);
          }
        });
  }

  @Test
  void books() throws IOException {
    Map<String, Map<String, Integer>> table = sweep(Book.DEFAULTS, "books");
    assertHas(table, "testWORD_protected_passtika.docx", Reason.ENCRYPTED);
    assertHas(table, "testPPT_protected_passtika.pptx", Reason.ENCRYPTED);
    assertHas(table, "testWORD_protected_passtika.doc", Reason.ENCRYPTED);
    assertHas(table, "droste.zip", Reason.NOT_TEXT);
    assertHas(table, "quine.gz", Reason.NOT_TEXT);
    assertEquals(0, total(table, Reason.PARSER_CRASH.text()));
    assertEquals(0, total(table, Reason.TOO_MUCH_WORK.text()));
  }

  @Test
  void code() throws IOException {
    Map<String, Map<String, Integer>> table = sweep(Code.DEFAULTS, "code");
    assertEquals(0, total(table, Reason.ARCHIVE_CORRUPT.text()));
    assertTrue(total(table, "documents") > 500);
  }

  @Test
  void encyclopedias() throws IOException {
    Map<String, Map<String, Integer>> table = sweep(Wiki.DEFAULTS, "encyclopedia");
    assertEquals(1, table.get("encyclopedia/jawiki-truncated-100k.xml.xz").get("bad-xml"));
    assertEquals(1, table.get("encyclopedia/bnwiki-truncated-100k.xml.xz").get("bad-xml"));
    assertEquals(1, table.get("encyclopedia/bgwiki-shortened.xml.bz2").get("documents"));
  }

  @Test
  void dialogues() throws IOException {
    Map<String, Map<String, Integer>> table = sweep(Dialogue.DEFAULTS, "dialogue");
    assertTrue(total(table, "documents") > 100);
  }
}
