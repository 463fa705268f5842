package org.gristmill.sources.dialogue;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.sources.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialogueTest {
  private static final String EXPECTED = "user: 你好\n\nassistant: hi";

  private static String text(String json) {
    return Fixtures.onlyText(Fixtures.read(Dialogue.DEFAULTS, "a", utf8(json)));
  }

  @Test
  void variants() {
    assertEquals(
        EXPECTED,
        text(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"你好\"},"
                + "{\"content\":\"hi\",\"role\":\"Assistant\"}]}"));
    assertEquals(
        EXPECTED,
        text(
            "{\"conversations\":[{\"from\":\"human\",\"value\":\"你好\"},"
                + "{\"from\":\"gpt\",\"value\":\"hi\"}]}"));
    assertEquals(EXPECTED, text("{\"turns\":[\"你好\",\"hi\"]}"));
    assertEquals(EXPECTED, text("{\"instruction\":\"你好\",\"input\":\"\",\"output\":\"hi\"}"));
    assertEquals(
        "user: 你好\nzwei\n\nassistant: [{}]\n\nassistant: hi",
        text(
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"你好\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}},\"zwei\"]},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{}]},"
                + "{\"role\":\"assistant\",\"content\":\"hi\"}]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "human, user",
    "user, user",
    "' User ', user",
    "gpt, assistant",
    "bot, assistant",
    "ChatGPT, assistant",
    "bard, assistant",
    "model, assistant",
    "assistant, assistant",
    "function, tool",
    "observation, tool",
    "tool, tool",
    "system, system",
    "Narrator, Narrator",
    "developer, system",
    "prompter, user",
    "'', user"
  })
  void roles(String written, String read) {
    for (String field : List.of("role", "from", "speaker")) {
      String turn = "{\"%s\":\"%s\",\"content\":\"a\"}".formatted(field, written);
      boolean answers = field.equals("speaker") && read.equals("system");
      String label = answers ? "assistant" : read;
      assertEquals(label + ": a", text("{\"messages\":[" + turn + "]}"), field);
    }
  }

  @Test
  void whoHasNoRoleSpeaksInTurn() {
    assertEquals(
        "user: a\n\nassistant: b\n\nuser: c\n\nassistant: d",
        text(
            "{\"turns\":[\"a\",{\"text\":\"b\"},{\"role\":7.5e0,\"role\":\"\",\"value\":\"c\"},\"d\"]}"));
    // A turn without words is left out, but it was that speaker's turn.
    assertEquals("user: a\n\nuser: c", text("{\"turns\":[\"a\",\" \",\"c\"]}"));
    assertEquals(
        "user: a\n\nassistant: b",
        text("{\"messages\":[{\"role\":[\"x\"],\"content\":\"a\"},{\"utterance\":\"b\"}]}"));
  }

  @Test
  void facts() {
    String json =
        "{\"id\":\"x1\",\"messages\":[{\"role\":\"system\",\"content\":\"be \\\"kind\\\"\"}]}";
    Document document =
        Fixtures.documents(Fixtures.read(Dialogue.DEFAULTS, "a", utf8(json))).get(0);
    assertEquals("x1", document.meta().get("id"));
    assertEquals("1", document.meta().get("turns"));
    assertEquals("[{\"role\":\"system\",\"content\":[8,17]}]", document.meta().get("messages"));
    assertEquals(16, document.meta().get("messages-text").length());
  }

  @Test
  void badLines() throws IOException {
    String lines =
        "{\"turns\":[\"a\"]}\n{\"turns\":\n{\"other\":[]}\n{\"messages\":[{\"role\":\"user\"}]}\n"
            + "{\"messages\":[]}\n{\"messages\":[7]}\n{\"turns\":[\"b\"]}\n";
    for (byte[] form : List.of(utf8(lines), Fixtures.gzip(utf8(lines)))) {
      List<Found> found = Fixtures.read(Dialogue.DEFAULTS, "a", form);
      assertEquals(
          List.of(
              Reason.BAD_JSON,
              Reason.MISSING_FIELD,
              Reason.MISSING_FIELD,
              Reason.EMPTY_EXTRACTION,
              Reason.MISSING_FIELD),
          Fixtures.reasons(found));
      assertEquals(16, found.get(1).offset());
      assertEquals(2, Fixtures.documents(found).size());
    }
  }

  @Test
  void anArrayGivesTheOffsetsOfItsObjects() {
    String array = " [ {\"turns\":[\"山\"]},\n 5, {\"turns\":[\"b\"]}, {\"turns\":[\"c\"";
    List<Found> found = Fixtures.read(Dialogue.DEFAULTS, "a", utf8(array));
    assertEquals(List.of(Reason.BAD_JSON, Reason.BAD_JSON), Fixtures.reasons(found));
    assertEquals(List.of(3L, 23L, 26L), found.stream().limit(3).map(Found::offset).toList());
  }

  @Test
  void archivesAreReadFileByFile() throws IOException {
    String turns = "{\"turns\":[\"a\"]}";
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("x/a.json", utf8("[" + turns + "," + turns + "]"));
    files.put("README.txt", utf8("About these files."));
    files.put("b.jsonl", utf8(turns + "\n{\n"));
    List<Found> found = Fixtures.read(Dialogue.DEFAULTS, "a.zip", Fixtures.zip(files));
    List<Document> documents = Fixtures.documents(found);
    assertEquals(3, documents.size());
    assertEquals("x/a.json", documents.get(0).url());
    assertEquals(3, documents.stream().map(Document::offset).distinct().count());
    assertEquals(List.of(Reason.NOT_TEXT, Reason.BAD_JSON), Fixtures.reasons(found));
  }
}
