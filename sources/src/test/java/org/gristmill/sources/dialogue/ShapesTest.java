package org.gristmill.sources.dialogue;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.core.Text;
import org.gristmill.sources.Fixtures;
import org.gristmill.sources.FoundJson;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

/** Every shape that is read, and what cannot be. */
class ShapesTest {
  private static List<Document> read(Dialogue dialogue, String file) {
    return Fixtures.documents(Fixtures.read(dialogue, "a", utf8(file)));
  }

  private static List<Document> read(String file) {
    return read(Dialogue.DEFAULTS, file);
  }

  /** Messages as {@code role/name: content|calls}, cut out of the text by their bytes. */
  private static List<String> messages(Document document) {
    byte[] text = document.text().toString().getBytes(StandardCharsets.UTF_8);
    List<String> messages = new ArrayList<>();
    for (Messages.Placed m : Messages.of(document).orElseThrow()) {
      String name = m.name().isEmpty() ? "" : "/" + m.name();
      String calls = cut(text, m.toolCalls());
      String tail = calls.isEmpty() ? "" : "|" + calls;
      messages.add(m.role() + name + ": " + cut(text, m.content()) + tail);
    }
    assertEquals(messages.size() + "", document.meta().get("turns"));
    return messages;
  }

  private static String cut(byte[] text, Messages.Range range) {
    byte[] bytes = Arrays.copyOfRange(text, range.from(), range.to());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<String> only(String file) {
    List<Document> documents = read(file);
    assertEquals(1, documents.size(), file);
    return messages(documents.get(0));
  }

  @Test
  void openAiWithToolsAndNames() {
    String json =
        "{'messages':[{'role':'system','content':'be kind 🙂'},"
            + "{'role':'user','name':'Ann','content':'天气？'},"
            + "{'role':'assistant','content':null,'tool_calls':[{'id':1,'function':{'name':'w'}}]},"
            + "{'role':'tool','name':'w','content':'sun'},{'role':'assistant','content':'Sun.'}]}";
    assertEquals(
        List.of(
            "system: be kind 🙂",
            "user/Ann: 天气？",
            "assistant: |[{\"id\":1,\"function\":{\"name\":\"w\"}}]",
            "tool/w: sun",
            "assistant: Sun."),
        only(json.replace('\'', '"')));
  }

  @Test
  void aRewrittenTextHasNoMessages() {
    Document document = read("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}").get(0);
    assertEquals(List.of("user: a"), messages(document));
    assertEquals(Optional.empty(), Messages.of(document.withText(Text.of("user: b"))));
    assertEquals(Optional.empty(), Messages.of(Document.of("x", Text.of("user: a"))));
    Map<String, String> facts = new TreeMap<>(document.meta());
    facts.put("messages", "[{\"role\":\"user\"}]");
    Document broken = Document.create("s", "dialogue", "f", "n", 0, "", document.text(), facts);
    assertThrows(IllegalArgumentException.class, () -> Messages.of(broken));
  }

  @Test
  void loneSurrogatesDoNotShiftTheBytes() {
    assertEquals(
        List.of("user: a\ufffdb", "assistant: 好"), only("{\"turns\":[\"a\\ud800b\",\"好\"]}"));
  }

  @Test
  void shareGptAlpacaAndPairs() {
    assertEquals(
        List.of("system: s", "user: q", "assistant: a"),
        only(
            "{\"system\":\"s\",\"conversations\":[{\"from\":\"human\",\"value\":\"q\"},"
                + "{\"from\":\"gpt\",\"value\":\"a\"}]}"));
    assertEquals(
        List.of("system: s", "user: p", "assistant: r", "user: q\nmore", "assistant: a"),
        only(
            "{\"instruction\":\"q\",\"input\":\"more\",\"output\":\"a\",\"system\":\"s\","
                + "\"history\":[[\"p\",\"r\"]]}"));
    for (String[] pair :
        new String[][] {{"prompt", "response"}, {"prompt", "completion"}, {"question", "answer"}}) {
      String json = "{\"%s\":\"q\",\"%s\":\"a\"}".formatted((Object[]) pair);
      assertEquals(List.of("user: q", "assistant: a"), only(json));
    }
    assertEquals(List.of("user: q", "assistant: a"), only("{\"conversation\":[[\"q\",\"a\"]]}"));
  }

  @Test
  void treesGiveTheirBestWayOrAll() {
    String tree =
        "{'message_tree_id':'t','prompt':{'text':'q','role':'prompter','replies':["
            + "{'text':'bad','role':'assistant','rank':1,'replies':[]},"
            + "{'text':'gone','role':'assistant','rank':0,'deleted':true,'replies':[]},"
            + "{'text':'good','role':'assistant','rank':0,'replies':["
            + "{'text':'thanks','role':'prompter','rank':null,'replies':[]},"
            + "{'text':'more?','role':'prompter','rank':null,'replies':[]}]}]}}";
    String json = tree.replace('\'', '"');
    assertEquals(List.of("user: q", "assistant: good", "user: thanks"), only(json));
    Dialogue all = Blocks.with(Dialogue.DEFAULTS, Map.of("trees", DialogueTrees.ALL));
    assertEquals(
        List.of(
            List.of("user: q", "assistant: bad"),
            List.of("user: q", "assistant: good", "user: thanks"),
            List.of("user: q", "assistant: good", "user: more?")),
        read(all, json).stream().map(ShapesTest::messages).toList());
    assertEquals("t", read(json).get(0).meta().get("id"));
  }

  @Test
  void chatMlInAFieldAndAsAFile() {
    String one = "<|im_start|>system\nbe kind<|im_end|>\n<|im_start|>user\n你好\nzwei<|im_end|>\n";
    String two = one + "<|im_start|>assistant\nhi<|im_end|>\n";
    List<String> expected = List.of("system: be kind", "user: 你好\nzwei", "assistant: hi");
    assertEquals(expected, only("{\"text\":\"" + two.replace("\n", "\\n") + "\"}"));
    assertEquals(expected, only(two));
    assertEquals(2, read(two + two).size());
    List<Found> found = Fixtures.read(Dialogue.DEFAULTS, "a", utf8("<|im_start|>no role"));
    assertEquals(List.of(Reason.MISSING_FIELD), Fixtures.reasons(found));
  }

  @Test
  void subtitles() throws IOException {
    String srt =
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>It grinds,</i>\r\nand grinds.\r\n\r\n"
            + "2\r\n00:00:02,000 --> 00:00:03,000\r\nand grinds.\r\n山 &amp; 水\r\n";
    assertEquals(List.of("user: It grinds,\nand grinds.", "user: 山 & 水"), only(srt));
    assertEquals("It grinds,\nand grinds.\n山 & 水", read(srt).get(0).text().toString());
    String vtt =
        "WEBVTT\n\nNOTE a note\nof lines\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000 align:left\n"
            + "<v.loud Ann>Who is <c.x>there</c>?</v>\n\nid\n01:00:02.000 --> 01:00:03.000\nNobody.\n";
    assertEquals(List.of("user/Ann: Who is there?", "user: Nobody."), only(vtt));
    assertEquals("Ann: Who is there?\nNobody.", read(vtt).get(0).text().toString());
    byte[] wide = srt.getBytes(StandardCharsets.UTF_16LE);
    List<Found> found = Fixtures.read(Dialogue.DEFAULTS, "a", wide);
    assertEquals(read(srt).get(0).text(), Fixtures.documents(found).get(0).text());
  }

  @Test
  void mailThreads() {
    List<Document> threads = read(DialogueFixtures.MBOX);
    assertEquals(2, threads.size());
    assertEquals(
        List.of("user/山本: How hard should a millstone be?", "user/Eve: Hard enough. 硬"),
        messages(threads.get(0)));
    assertEquals("The millstone", threads.get(0).meta().get("title"));
    assertEquals(
        List.of("user/Bob Grinder: From here on, something else."), messages(threads.get(1)));
    assertEquals(0, threads.get(0).offset());
    assertTrue(
        DialogueFixtures.MBOX.substring((int) threads.get(1).offset()).startsWith("From bob"));
  }

  @Test
  void chatRooms() {
    assertEquals(
        List.of("user/U7: hey & hello", "event/U8: PART", "user/U9: ah well"),
        only(DialogueFixtures.CHAT));
    String cut = DialogueFixtures.CHAT.substring(0, 200);
    List<Found> found = Fixtures.read(Dialogue.DEFAULTS, "a", utf8(cut));
    assertEquals(List.of(Reason.BAD_XML), Fixtures.reasons(found));
  }

  @Test
  void objectsByNameAndOneAlone() {
    String by =
        "{\n'n1': {'goal':[1], 'messages':[{'role':'usr','content':'q'},{'role':'sys','content':'a'}]},"
            + "\n'n2': {'x':1},\n'n3': {'messages':[{'role':'usr','content':'z'}]}}";
    List<Found> found = Fixtures.read(Dialogue.DEFAULTS, "a", utf8(by.replace('\'', '"')));
    List<Document> documents = Fixtures.documents(found);
    assertEquals(List.of("user: q", "assistant: a"), messages(documents.get(0)));
    assertEquals(List.of("n1", "n3"), documents.stream().map(d -> d.meta().get("id")).toList());
    assertEquals(List.of(Reason.MISSING_FIELD), Fixtures.reasons(found));
    assertEquals(by.indexOf("{'goal"), documents.get(0).offset());
    assertEquals(List.of("user: q"), only("{\n  \"id\": 1,\n  \"turns\": [\"q\"]\n}\n"));
    String late = "{\n\"n1\": {\"x\":1},\n\"n2\": {\"turns\":[\"a\"]}}";
    found = Fixtures.read(Dialogue.DEFAULTS, "a", utf8(late));
    assertEquals(2, found.size(), "none is passed over");
    assertEquals(Reason.MISSING_FIELD, ((Quarantined) found.get(0)).reason());
  }

  @Test
  void anUnknownShapeSaysWhatItHas() {
    String json = "{\"talk\":[{\"who\":\"Ann\",\"said\":\"hi\"}],\"n\":1}";
    Quarantined row = (Quarantined) Fixtures.read(Dialogue.DEFAULTS, "a", utf8(json)).get(0);
    assertTrue(row.detail().startsWith("no conversation among the fields talk, n;"), row.detail());
    Dialogue half = Blocks.with(Dialogue.DEFAULTS, Map.of("messages", "talk"));
    row = (Quarantined) Fixtures.read(half, "a", utf8(json)).get(0);
    assertTrue(row.detail().startsWith("a message without content among its fields who, said"));
    Map<String, Object> mapped = Map.of("messages", "talk", "role", "who", "content", "said");
    Document document = read(Blocks.with(Dialogue.DEFAULTS, mapped), json).get(0);
    assertEquals(List.of("user/Ann: hi"), messages(document));
  }

  @Test
  void aLongElementOfAnArrayIsOneRow() {
    String small = "{\"turns\":[\"a\"]}";
    String large = "{\"x\":{\"y\":[1," + "2,".repeat(9000) + "3]},\"turns\":[\"b\"]}";
    Dialogue dialogue = Blocks.with(Dialogue.DEFAULTS, Map.of("maxLineBytes", 1000L));
    for (String file : List.of("[%s,%s,%s]", "{\n\"a\":%s,\"b\":%s,\"c\":%s}")) {
      List<Found> found = Fixtures.read(dialogue, "a", utf8(file.formatted(small, large, small)));
      assertEquals(2, Fixtures.documents(found).size(), file);
      assertEquals(List.of(Reason.TOO_LARGE), Fixtures.reasons(found));
    }
  }

  @Test
  void realFiles() throws IOException {
    Map<String, Integer> expected =
        Map.of(
            "sgd/test_dialogues_001.json.gz", 128,
            "sgd/test_dialogues_011.json.gz", 51,
            "kdconv-zh/film_dev.json.gz", 150,
            "kdconv-zh/music_dev.json.gz", 150,
            "crosswoz-zh/val.json.zip", 500,
            "nps_chat.zip", 15,
            "data-juicer-alpaca-cot-zh.jsonl", 11);
    for (Map.Entry<String, Integer> file : expected.entrySet()) {
      List<Found> found = new ArrayList<>();
      java.nio.file.Path path = RealFiles.path("dialogue/" + file.getKey());
      byte[] bytes = java.nio.file.Files.readAllBytes(path);
      found.addAll(Fixtures.read(Dialogue.DEFAULTS, "a", bytes));
      List<Document> documents = Fixtures.documents(found);
      found.removeAll(documents);
      String rows = found.stream().map(FoundJson::line).toList().toString();
      assertEquals(file.getValue(), documents.size(), file.getKey() + " " + rows);
      assertTrue(found.stream().allMatch(f -> !((Quarantined) f).reason().broken()), rows);
      for (Document document : documents) {
        List<String> messages = messages(document);
        assertTrue(messages.size() > 1 || file.getKey().contains("alpaca"), file.getKey());
      }
      if (file.getKey().startsWith("sgd") || file.getKey().startsWith("cross")) {
        for (Document document : documents) {
          List<String> roles =
              messages(document).stream().map(m -> m.substring(0, m.indexOf(':'))).toList();
          for (int i = 0; i < roles.size(); i++) {
            assertEquals(i % 2 == 0 ? "user" : "assistant", roles.get(i), file.getKey());
          }
        }
      }
    }
  }
}
