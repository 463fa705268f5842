package org.gristmill.sources.book;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.sources.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookTest {
  private static final String CHAPTER =
      "第一回。山不在高，有仙则名。水不在深，有龙则灵。斯是陋室，惟吾德馨。苔痕上阶绿，草色入帘青。" + "谈笑有鸿儒，往来无白丁。可以调素琴，阅金经。无丝竹之乱耳，无案牍之劳形。\r\n";

  private static List<Found> read(String name, byte[] bytes) {
    return Fixtures.read(Book.DEFAULTS, name, bytes);
  }

  private static void assertText(String expected, String name, byte[] bytes) {
    assertEquals(expected, Fixtures.onlyText(read(name, bytes)));
  }

  @Test
  void epubFollowsItsSpineWithoutItsContents() throws IOException {
    List<Found> found = read("a.epub", Fixtures.epub());
    assertEquals("第一章\n\n山在北方。\n\nThe hills are high.\n\n第二章\n\n海在南方。", Fixtures.onlyText(found));
    Map<String, String> facts = Fixtures.documents(found).get(0).meta();
    assertEquals("山海之间", facts.get("title"));
    assertEquals("林某", facts.get("author"));
    assertEquals("zh", facts.get("language"));
    assertEquals("application/epub+zip", facts.get("content-type"));
  }

  @Test
  void officeFormats() throws IOException {
    assertText("第一段文字。\n\nA second paragraph.", "a.docx", Fixtures.docx());
    assertText("开放文档。\n\nSecond.", "a.odt", Fixtures.odt());
    assertText("Rich text.\n\n山水", "a.rtf", Fixtures.rtf());
    byte[] html =
        utf8(
            "<html><head><meta charset='utf-8'><title>题</title></head><body><h1>题目</h1>"
                + "<p>甲<br>乙\n丙 a\nb</p><script>x</script></body></html>");
    assertText("题目\n\n甲\n乙丙 a b", "a.html", html);
    assertText("题目\n\n甲\n乙丙 a b", "a.html.gz", Fixtures.gzip(html));
  }

  @Test
  void pdfKeepsHyphensAndJoinsLines() throws IOException {
    List<Found> found = read("a.pdf", Fixtures.pdf(""));
    assertEquals(
        "Page 1 speaks of moun- tains and of rivers.\n\nPage 2 speaks of moun- tains and of rivers.",
        Fixtures.onlyText(found));
    assertEquals("2", Fixtures.documents(found).get(0).meta().get("pages"));
  }

  @Test
  void wideLinesOfChineseAreJoined() {
    String wide = "孙子曰兵者国之大事死生之地存亡之道\n\n不可不察也。\n\n故经之以五事校之以计而索其情一曰\n\n道。";
    assertEquals("孙子曰兵者国之大事死生之地存亡之道不可不察也。\n\n故经之以五事校之以计而索其情一曰道。", BookLines.joined(wide));
    String prose = "A whole paragraph of English prose.\n\nAnother one, and it stays apart";
    assertEquals(prose, BookLines.joined(prose));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "GB18030", "Big5", "UTF-16", "x-UTF-16LE-BOM"})
  void chineseCharsets(String charset) {
    String text = charset.equals("Big5") ? "山不在高有仙則名水不在深有龍則靈斯是陋室惟吾德馨\r\n" : CHAPTER;
    byte[] bytes = text.repeat(20).getBytes(Charset.forName(charset));
    assertText(text.repeat(20).replace("\r\n", "\n"), "a.txt", bytes);
  }

  @Test
  void otherCharsets() {
    String japanese = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。\n".repeat(20);
    assertText(japanese, "a.txt", japanese.getBytes(Charset.forName("Shift_JIS")));
    String french = "Il était une fois à l’été un château près de la forêt. Ça va très bien.\n";
    assertText(french, "a.txt", french.getBytes(Charset.forName("windows-1252")));
    String licence = "This eBook is for the use of anyone anywhere.\n".repeat(500);
    String late = licence + CHAPTER.replace("\r\n", "\n").repeat(5);
    assertText(late, "a.txt", late.getBytes(Charset.forName("GB18030")));
  }

  @Test
  void anAuthorsWishIsRespected() throws IOException {
    AccessPermission permission = new AccessPermission();
    permission.setCanExtractContent(false);
    assertEquals(
        List.of(Reason.EXTRACTION_FORBIDDEN),
        Fixtures.reasons(read("a.pdf", Fixtures.pdf("", permission))));
  }

  @Test
  void reasons() throws IOException {
    assertEquals(
        List.of(Reason.ENCRYPTED), Fixtures.reasons(read("a.pdf", Fixtures.pdf("secret"))));
    assertEquals(
        List.of(Reason.NOT_TEXT),
        Fixtures.reasons(read("a.zip", Fixtures.zip(Map.of("a.txt", utf8("a"))))));
    assertEquals(
        List.of(Reason.EMPTY_EXTRACTION),
        Fixtures.reasons(read("a.html", utf8("<html><body><p> </p></body></html>"))));
    byte[] pdf = Fixtures.pdf("");
    byte[] broken =
        new String(pdf, StandardCharsets.ISO_8859_1)
            .replace("/Pages", "/Pagez")
            .replace("startxref", "startxxxx")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(1, Fixtures.reasons(read("a.pdf", broken)).size());
    Book small = Blocks.with(Book.DEFAULTS, Map.of("maxFileBytes", 100L));
    assertEquals(List.of(Reason.TOO_LARGE), Fixtures.reasons(Fixtures.read(small, "a.pdf", pdf)));
    byte[] packed = Fixtures.gzip(new byte[5000]);
    assertEquals(
        List.of(Reason.TOO_LARGE), Fixtures.reasons(Fixtures.read(small, "a.txt.gz", packed)));
    Book brief = Blocks.with(Book.DEFAULTS, Map.of("maxChars", 20L));
    assertEquals(
        List.of(Reason.ARCHIVE_BOMB), Fixtures.reasons(Fixtures.read(brief, "a.pdf", pdf)));
  }

  @Test
  void workIsCounted() throws IOException {
    byte[] html = utf8("<html><body>" + "<p>x</p>".repeat(1000));
    Book small = Blocks.with(Book.DEFAULTS, Map.of("maxWork", 2000L));
    List<Found> found = Fixtures.read(small, "a.html", html);
    assertEquals(List.of(Reason.TOO_MUCH_WORK), Fixtures.reasons(found));
    assertEquals(1, found.size());
    Book enough = Blocks.with(Book.DEFAULTS, Map.of("maxWork", 10_000L));
    assertEquals(List.of(), Fixtures.reasons(Fixtures.read(enough, "a.html", html)));
    // The reads of a PDF count before any of its text comes.
    Book least = Blocks.with(Book.DEFAULTS, Map.of("maxWork", 1L));
    assertEquals(
        List.of(Reason.TOO_MUCH_WORK),
        Fixtures.reasons(Fixtures.read(least, "a.pdf", Fixtures.pdf(""))));
  }

  @Test
  void aParserThatStandsStillIsNoRow(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.html"), utf8("<div>".repeat(100_000) + "x"));
    BookText text = new BookText(1 << 20, new Work(1 << 20));
    assertThrows(
        IOException.class, () -> BookParser.parse(file, "a.html", text, Duration.ofNanos(1)));
  }

  @Test
  void bombsAndEntitiesStayShut(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("canary"), "CANARY");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("mimetype", utf8("application/vnd.oasis.opendocument.text"));
    files.put(
        "content.xml",
        utf8(
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY c SYSTEM \""
                + secret.toUri()
                + "\">]>"
                + "<text:p xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">A&c;B"
                + "</text:p>"));
    for (Document document : Fixtures.documents(read("a.odt", Fixtures.zip(files)))) {
      assertFalse(document.text().toString().contains("CANARY"));
    }
    files.put(
        "content.xml",
        utf8(
            "<text:p xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">"
                + "a".repeat(30 << 20)
                + "</text:p>"));
    assertEquals(
        List.of(Reason.ARCHIVE_BOMB), Fixtures.reasons(read("a.odt", Fixtures.zip(files))));
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    Set<Path> before = copies();
    read("a.epub", Fixtures.epub());
    Set<Path> left = copies();
    left.removeAll(before);
    assertEquals(Set.of(), left);
  }

  /** What this process has put among the temporary files, in which others are at work too. */
  private static Set<Path> copies() throws IOException {
    String name = "book-" + ProcessHandle.current().pid() + "-";
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name))
          .collect(Collectors.toCollection(HashSet::new));
    }
  }
}
