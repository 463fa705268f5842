package org.gristmill.sources.web;

import static org.gristmill.sources.web.WebFixtures.bytes;
import static org.gristmill.sources.web.WebFixtures.gzip;
import static org.gristmill.sources.web.WebFixtures.read;
import static org.gristmill.sources.web.WebFixtures.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.sources.html.HtmlForm;
import org.junit.jupiter.api.Test;

class SavedPageTest {
  private static final String PAGE =
      "<!DOCTYPE html>\n<!-- saved from url=(0024)https://example.org/mill -->\n"
          + "<html lang=en><head><title>The mill</title>"
          + "<meta name=author content='A. Miller'>"
          + "<meta property=article:published_time content=2024-05-06T07:08:09Z>"
          + "<link rel=canonical href=https://example.org/the-mill>"
          + "<link rel=license href=https://creativecommons.org/licenses/by/4.0/></head>"
          + "<body><h2>The mill</h2><p>It grinds, and has for ages.</p></body></html>";

  @Test
  void isOneDocumentWithWhatThePageSays() {
    Document document = read(bytes(PAGE)).documents().get(0);
    assertEquals("The mill\n\nIt grinds, and has for ages.", document.text().toString());
    assertEquals("https://example.org/mill", document.url());
    Map<String, String> meta = document.meta();
    assertEquals("The mill", meta.get("title"));
    assertEquals("en", meta.get("html-lang"));
    assertEquals("A. Miller", meta.get("author"));
    assertEquals("2024-05-06", meta.get("published"));
    assertEquals("https://example.org/the-mill", meta.get("canonical"));
    assertEquals("https://creativecommons.org/licenses/by/4.0/", meta.get("licence"));
    assertTrue(meta.containsKey("page-type"));
    assertTrue(Double.parseDouble(meta.get("extraction-confidence")) <= 1);
  }

  @Test
  void mayBePackedAndInAnyEncoding() {
    assertEquals(read(bytes(PAGE)).texts(), read(gzip(bytes(PAGE))).texts());
    String german = "<html><meta charset=iso-8859-1><p>M\u00fchle";
    byte[] latin = german.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(List.of("M\u00fchle"), read(latin).texts());
    byte[] wide = ("\ufeff" + german).getBytes(StandardCharsets.UTF_16LE);
    assertEquals(List.of("M\u00fchle"), read(wide).texts());
  }

  @Test
  void canBeMarkdown() {
    Web markdown = Blocks.with(Web.DEFAULTS, Map.of("form", HtmlForm.MARKDOWN));
    assertTrue(read(markdown, bytes(PAGE)).texts().get(0).startsWith("## The mill\n\n"));
  }

  @Test
  void otherFilesAreStillNoPages() {
    assertEquals(List.of("input-unreadable"), read(bytes("body { color: red }")).reasons());
    assertEquals(List.of("input-unreadable"), read(bytes("<?xml version='1.0'?><rss/>")).reasons());
    assertEquals(List.of("too-large"), read(web(1 << 20, 50), bytes(PAGE)).reasons());
    assertEquals(List.of("empty-extraction"), read(bytes("<html><body></html>")).reasons());
  }
}
