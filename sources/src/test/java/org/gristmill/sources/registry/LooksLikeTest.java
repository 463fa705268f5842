package org.gristmill.sources.registry;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gristmill.core.Hash;
import org.gristmill.sources.Fixtures;
import org.gristmill.sources.LooksLike;
import org.gristmill.sources.LooksLike.Guess;
import org.junit.jupiter.api.Test;

class LooksLikeTest {
  private static void assertGuess(String what, String source, String name, byte[] bytes)
      throws IOException {
    Optional<Guess> expected = Optional.of(new Guess(what, source));
    for (byte[] form :
        List.of(bytes, Fixtures.gzip(bytes), Fixtures.bzip2(bytes), Fixtures.xz(bytes))) {
      assertEquals(expected, LooksLike.of(form, name), name);
    }
    byte[] longer = Fixtures.join(bytes, utf8("\n" + "x".repeat(LooksLike.HEAD_BYTES)));
    byte[] cut = Arrays.copyOf(longer, LooksLike.HEAD_BYTES);
    assertEquals(expected, LooksLike.of(cut, name), name + ", cut");
  }

  private static void assertNone(String name, byte[] bytes) {
    assertEquals(Optional.empty(), LooksLike.of(bytes, name), name);
  }

  @Test
  void webArchives() throws IOException {
    String warc = "WARC/1.0\r\nWARC-Type: %s\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    assertGuess("WARC files", "web", "a.warc.gz", utf8(warc.formatted("warcinfo")));
    String wet = warc.formatted("warcinfo") + warc.formatted("conversion");
    assertGuess("WET files", "web", "a", utf8(wet));
    assertGuess("ARC files", "web", "a", utf8("filedesc://x.arc 0.0.0.0 2008 text/plain 9\n"));
  }

  @Test
  void books() throws IOException {
    assertGuess("PDF documents", "book", "a", Fixtures.pdf(""));
    assertGuess("EPUB books", "book", "a.zip", Fixtures.epub());
    assertGuess("DOCX documents", "book", "a", Fixtures.docx());
    assertGuess("ODT documents", "book", "a", Fixtures.odt());
    assertGuess("RTF documents", "book", "a", Fixtures.rtf());
    assertGuess("HTML pages", "web", "a", utf8("\n<!DOCTYPE HTML><html>"));
    assertGuess("HTML pages", "web", "a.html", utf8("<!-- saved -->\n<html><body>"));
    assertGuess("HTML pages", "web", "a.xhtml", utf8("<?xml version='1.0'?><html lang=en>"));
    assertGuess("plain texts", "book", "x/a.txt", utf8("第一回。山不在高。\n"));
    assertGuess("plain texts", "book", "README", utf8("Once upon a time.\n"));
    byte[] utf16 = "第一回。山不在高。\n".getBytes(StandardCharsets.UTF_16);
    assertEquals(Optional.of(new Guess("plain texts", "book")), LooksLike.of(utf16, "a.txt"));
    assertNone("a.dat", utf8("Once upon a time.\n"));
  }

  @Test
  void code() throws IOException {
    Map<String, byte[]> tree = Map.of("a.py", utf8("print()\n"));
    assertGuess("tar archives", "code", "a", Fixtures.tar(tree));
    assertGuess("zip archives", "code", "a", Fixtures.zip(tree));
    assertGuess("source files", "code", "src/a.py", utf8("print()\n"));
  }

  @Test
  void encyclopedias() throws IOException {
    byte[] export = utf8(Fixtures.export(Fixtures.page("a", "0", "b")));
    assertGuess("MediaWiki exports", "wiki", "a", export);
    assertGuess(
        "MediaWiki exports", "wiki", "a", Fixtures.join(utf8("<?xml version='1.0'?>\n"), export));
    assertNone("a.xml", utf8("<?xml version='1.0'?><rss>x</rss>"));
  }

  @Test
  void json() throws IOException {
    assertGuess("JSON lines", "jsonl", "a", utf8("{\"text\":\"a\",\"m\":{\"turns\":1}}\n{}\n"));
    assertGuess("conversations as JSON", "dialogue", "a", utf8("{\"id\":1,\"messages\":[]}\n"));
    assertGuess("conversations as JSON", "dialogue", "a", utf8("[\n{\"turns\":[\"a\"]}]"));
    String pair = "{\"instruction\":\"a\",\"output\":\"b\"}\n";
    assertGuess("conversations as JSON", "dialogue", "a", utf8(pair));
    byte[] endless = utf8("{\"text\":\"" + "x".repeat(2 * LooksLike.HEAD_BYTES));
    assertEquals(Optional.of(new Guess("JSON lines", "jsonl")), LooksLike.of(endless, "a"));
    assertNone("package.json", utf8("{\n  \"name\": \"x\"\n}\n"));
    assertNone("a.json", utf8("[{\"text\":\"a\"}]"));
    assertNone("a.json", utf8("{no json\n"));
  }

  @Test
  void tables() throws IOException {
    assertGuess("tables as text", "csv", "a.csv", utf8("id,text\n1,a\n"));
    assertGuess("tables as text", "csv", "a.tsv.gz", utf8("id\ttext\n1\ta\n"));
  }

  @Test
  void whatCannotBeUnpackedIsGuessedByName() throws IOException {
    StringBuilder export = new StringBuilder(Fixtures.export(""));
    for (int i = 0; i < 20_000; i++) {
      export.append(Hash.sha256Hex("" + i));
    }
    byte[] bzip2 = Arrays.copyOf(Fixtures.bzip2(utf8(export.toString())), 20_000);
    assertEquals(
        Optional.of(new Guess("MediaWiki exports", "wiki")),
        LooksLike.of(bzip2, "zhwiki-pages-articles.xml.bz2"));
    assertNone("a.bz2", bzip2);
  }

  @Test
  void parquetAndNothing() throws IOException {
    assertGuess("Parquet files", "parquet", "a", utf8("PAR1\u0015\u0000"));
    assertNone("a.txt", new byte[0]);
    assertNone("a.warc", new byte[] {0, 1, 2, 3});
  }
}
