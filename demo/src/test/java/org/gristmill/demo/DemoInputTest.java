package org.gristmill.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gristmill.core.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class DemoInputTest {
  private static final String CHINESE = "<meta charset=\"gbk\"><p>河水推着石磨慢慢地转。</p>";

  @TempDir Path folder;
  private Path downloads;
  private Path originals;
  private Path input;

  @BeforeEach
  void material() throws IOException {
    downloads = folder.resolve("downloads");
    originals = folder.resolve("originals");
    input = folder.resolve("input");
    jar(
        "mill-1.2-rc3-javadoc.jar",
        "org/mill/Wheel.html",
        "org/mill/package-summary.html",
        "org/mill/stone/Quern.Handle.html",
        "org/mill/Zahnrad.html",
        "org/mill/package-frame.html",
        "org/mill/class-use/Wheel.html",
        "src-html/org/mill/Wheel.html",
        "index-all.html",
        "org/mill/Wheel.css");
    jar("mill-1.2-rc3-sources.jar", "org/mill/Wheel.java", "META-INF/LICENSE");
    text("web/page.html", CHINESE);
    text("books/tale.txt", "Once there was a mill.");
    text("books/originals/notes.txt", "Not to be read.");
    text("wiki/en.xml", "<mediawiki/>");
    text("dialogue/zh.jsonl", "{\"messages\":");
  }

  @Test
  void classAndPackagePagesBecomeWholeRecords() throws IOException {
    DemoInput.Summary summary = DemoInput.prepare(downloads, originals, input);

    List<String> urls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte[] archive = bytes("web/javadoc-0000" + i + ".warc.gz");
      for (String record : records(inflate(archive))) {
        urls.addAll(all("WARC-Target-URI: (\\S+)", record));
      }
    }
    String site = "https://docs.example/mill/1.2-rc3/org/mill/";
    assertEquals(
        List.of(
            site + "Wheel.html",
            site + "Zahnrad.html",
            site + "package-summary.html",
            site + "stone/Quern.Handle.html"),
        urls);
    assertEquals(4, summary.pages());
    assertEquals(1, summary.sourceFiles());
    assertEquals(9, summary.files());
    assertEquals(9, summary.written());
  }

  @Test
  void everyOtherKindIsCopied() throws IOException {
    DemoInput.prepare(downloads, originals, input);

    assertArrayEquals(
        Files.readAllBytes(downloads.resolve("mill-1.2-rc3-sources.jar")),
        bytes("code/mill-1.2-rc3-sources.jar"));
    for (String copy : List.of("books/tale.txt", "wiki/en.xml", "dialogue/zh.jsonl")) {
      assertArrayEquals(Files.readAllBytes(originals.resolve(copy)), bytes(copy));
    }
    assertFalse(Files.exists(input.resolve("books/originals")));
    assertFalse(Files.exists(input.resolve("books/notes.txt")));
  }

  @Test
  void aSecondPreparationTouchesOnlyWhatDiffers() throws IOException {
    DemoInput.prepare(downloads, originals, input);
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Map<Path, byte[]> before = new TreeMap<>();
    for (Path file : tree()) {
      before.put(file, Files.readAllBytes(file));
      Files.setLastModifiedTime(file, old);
    }
    Path spoilt = input.resolve("web/javadoc-00000.warc.gz");
    byte[] other = before.get(spoilt).clone();
    other[10] ^= 1;
    Files.write(spoilt, other);

    assertEquals(1, DemoInput.prepare(downloads, originals, input).written());

    assertEquals(List.copyOf(before.keySet()), tree());
    for (Path file : tree()) {
      assertArrayEquals(before.get(file), Files.readAllBytes(file), file.toString());
      assertEquals(file.equals(spoilt), !old.equals(Files.getLastModifiedTime(file)));
    }
  }

  @Test
  void theVillageHoldsTheFaultsAndThePagesInTheirOwnCharset() throws IOException {
    DemoInput.prepare(downloads, originals, input);

    List<byte[]> members = members(bytes("web/village-00000.warc.gz"));
    assertEquals(5, members.size());
    assertTrue(latin1(inflate(members.get(1))).contains("HTTP/1.1 404 "));
    assertTrue(latin1(inflate(members.get(2))).contains("Content-Type: image/png"));
    assertThrows(ZipException.class, () -> inflate(members.get(3)));
    String page = records(inflate(members.get(4))).get(0);
    assertTrue(page.contains("WARC-Target-URI: https://village.example/page.html\r\n"));
    assertTrue(
        new String(page.getBytes(StandardCharsets.ISO_8859_1), Charset.forName("GBK"))
            .contains(CHINESE));
  }

  @Test
  void theProjectsOwnOriginalsAreWhole() throws Exception {
    Path own = Path.of("").toAbsolutePath();
    DemoInput.prepare(downloads, own, input);

    List<byte[]> members = members(bytes("web/village-00000.warc.gz"));
    for (byte[] member : members.subList(4, members.size())) {
      String record = records(inflate(member)).get(0);
      String name = all("village.example/(\\S+)", record).get(0);
      Charset charset = Charset.forName(all("meta charset=\"([^\"]+)", record).get(0));
      assertTrue(
          new String(record.getBytes(StandardCharsets.ISO_8859_1), charset)
              .endsWith(Files.readString(own.resolve("web").resolve(name))),
          name);
    }
    for (String wiki : List.of("wiki/millwiki.en.xml", "wiki/millwiki.zh.xml")) {
      Document xml =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(input.resolve(wiki).toFile());
      assertTrue(xml.getElementsByTagName("page").getLength() > 25, wiki);
    }
  }

  @Test
  void missingDownloadsAreTheUsersMistake() throws IOException {
    assertThrows(
        UserError.class, () -> DemoInput.prepare(folder.resolve("nowhere"), originals, input));
    Files.delete(downloads.resolve("mill-1.2-rc3-sources.jar"));
    assertThrows(UserError.class, () -> DemoInput.prepare(downloads, originals, input));
    assertFalse(Files.exists(input));
  }

  private void jar(String name, String... entries) throws IOException {
    Files.createDirectories(downloads);
    try (OutputStream file = Files.newOutputStream(downloads.resolve(name));
        ZipOutputStream zip = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(("<html>About " + entry + "</html>").getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }

  private void text(String name, String content) throws IOException {
    Path file = originals.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(input.resolve(name));
  }

  private List<Path> tree() throws IOException {
    try (Stream<Path> all = Files.walk(input)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static byte[] inflate(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  /** Cuts a file where a gzip header as the JDK writes it begins. */
  private static List<byte[]> members(byte[] file) {
    String raw = latin1(file);
    List<byte[]> members = new ArrayList<>();
    for (String member : raw.split("(?=\\x1f\\x8b\\x08\\x00\\x00\\x00\\x00\\x00)")) {
      members.add(member.getBytes(StandardCharsets.ISO_8859_1));
    }
    return members;
  }

  /** The records of an archive, cut by the announced lengths alone; one char a byte. */
  private static List<String> records(byte[] archive) {
    List<String> records = new ArrayList<>();
    String rest = latin1(archive);
    while (!rest.isEmpty()) {
      assertTrue(rest.startsWith("WARC/1.0\r\n"));
      int block = rest.indexOf("\r\n\r\n") + 4;
      int end = block + Integer.parseInt(all("Content-Length: (\\d+)", rest).get(0));
      assertEquals("\r\n\r\n", rest.substring(end, end + 4));
      records.add(rest.substring(0, end));
      rest = rest.substring(end + 4);
    }
    return records;
  }

  private static List<String> all(String pattern, String text) {
    List<String> found = new ArrayList<>();
    for (Matcher m = Pattern.compile(pattern).matcher(text); m.find(); ) {
      found.add(m.group(1));
    }
    return found;
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
