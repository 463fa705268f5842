package org.gristmill.sources.wiki;

import static org.gristmill.sources.Fixtures.export;
import static org.gristmill.sources.Fixtures.page;
import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.sources.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WikiTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '"',
      value = {
        "a {{x|{{y}}|z}} b → a b",
        "{{unclosed a → unclosed a",
        "a }} b → a b",
        "[[山]]和[[水域|水]] → 山和水",
        "[[File:a.jpg|thumb|left|a [[b|c]] d]]text → text",
        "[[文件:a.jpg|缩略图]]文 → 文",
        "[[Ficxhier:a.jpg]]text → text",
        "[[:Category:Hills]] → Category:Hills",
        "text[[Category:Hills]][[fr:Colline]] → text",
        "[http://a.b/c a label] [http://a.b] x → a label x",
        "[not a link] → [not a link]",
        "'''bold''' ''italic'' it's → bold italic it's",
        "a<ref name=x>r</ref>b<ref name=y/>c<!-- d -->e → abce",
        "<nowiki>[[x]]</nowiki> → [[x]]",
        "<math>a_1 < b</math> → $a_1 < b$",
        "a <b>c</b> < d → a c < d",
        "&lt;p&gt; &amp; &#23665; &nbsp;x → <p> & 山 x",
        "__NOTOC__a __目次__ b_c → a b_c",
        "-{zh-hans:软件;zh-hant:軟體}-好 → 软件好",
        "-{山}-水 → 山水",
        "-{H|zh-cn:a;zh-tw:b}-水 → 水",
        "<gallery>a.jpg|b</gallery>c → c",
        "山（{{lang|en|x}}）高 → 山高",
      })
  void inline(String wikitext, String plain) {
    Wikitext cleaner = Wikitext.of("<namespace key=\"6\" case=\"first-letter\">Ficxhier<");
    assertEquals(plain, cleaner.plain(wikitext));
  }

  @Test
  void blocks() {
    String wikitext =
        "Intro\nsecond line\n\n== 历史 ==\n=== Empty ===\n=== Old ===\n* one\n** two\n# three\n"
            + "{| class=x\n! h\n|-\n| cell {{t|{|}}\n|}\n: said\n----\n== See also ==\n{{x}}\n";
    assertEquals(
        "Intro\nsecond line\n\n历史\n\nOld\n\n- one\n- two\n- three\n\nsaid",
        Wikitext.PLAIN.plain(wikitext));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{",
        "[[",
        "{|\n",
        "[[a|",
        "<ref>",
        "<!--",
        "-{",
        "''",
        "[http://",
        "]]",
        "}}",
        "\n|}",
        "<",
        "</ref>",
        "__a",
        "<math>",
        "[[a|]]",
        "\n==",
        "-{a|",
        "{{a|b}}",
        "<nowiki",
        "&"
      })
  void hostileNestingTakesLinearTime(String piece) {
    long small = work(piece.repeat(100_000 / piece.length()));
    long large = work(piece.repeat(1_600_000 / piece.length()));
    assertTrue(large < 80 * small, "16 times as much took " + small + " ns, then " + large);
  }

  /** What this thread computes for a page, the least of some tries. */
  private static long work(String page) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Wikitext.PLAIN.plain(page);
      long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
      least = Math.min(least, spent);
    }
    return least;
  }

  @Test
  void pagesWithTheirFacts() {
    byte[] file = utf8(export(page("山", "0", "山很高。") + page("讨论", "1", "x")));
    List<Found> found = Fixtures.read(Wiki.DEFAULTS, "a.xml", file);
    assertEquals("山很高。", Fixtures.onlyText(found));
    Document document = Fixtures.documents(found).get(0);
    assertEquals("山", document.url());
    assertEquals(
        Map.of(
            "namespace",
            "0",
            "page-id",
            "7",
            "revision",
            "42",
            "timestamp",
            "2024-01-01T00:00:00Z"),
        document.meta());
    String head = new String(file, 0, (int) document.offset() + 6, StandardCharsets.UTF_8);
    assertTrue(head.endsWith("  <page>"));
  }

  @Test
  void namespacesAndRedirectsAreSettings() {
    String redirect = page("旧", "0", "#REDIRECT").replace("<ns>", "<redirect title=\"x\"/><ns>");
    byte[] file = utf8(export(page("讨论", "1", "x") + redirect));
    assertEquals(List.of(), Fixtures.read(Wiki.DEFAULTS, "a.xml", file));
    Wiki all =
        Blocks.with(Wiki.DEFAULTS, Map.of("namespaces", List.of("0", "1"), "redirects", true));
    assertEquals(2, Fixtures.documents(Fixtures.read(all, "a.xml", file)).size());
    assertThrows(
        IllegalArgumentException.class,
        () -> Blocks.with(Wiki.DEFAULTS, Map.of("namespaces", List.of("talk"))));
  }

  @Test
  void packedAndUtf16() throws IOException {
    String xml = export(page("山", "0", "山很高🏔。"));
    byte[] half = utf8(xml.substring(0, 100));
    byte[] rest = utf8(xml.substring(100));
    List<byte[]> forms =
        List.of(
            Fixtures.gzip(utf8(xml)),
            Fixtures.xz(utf8(xml)),
            Fixtures.join(Fixtures.bzip2(half), Fixtures.bzip2(rest)),
            ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_16LE),
            ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_16BE));
    for (byte[] form : forms) {
      assertEquals("山很高🏔。", Fixtures.onlyText(Fixtures.read(Wiki.DEFAULTS, "a", form)));
    }
  }

  @Test
  void aBrokenPageCostsItself() {
    String broken = page("坏", "0", "x").replace("</title>", "");
    String unfinished = page("开", "0", "x").replace("</page>", "");
    String pages = page("一", "0", "1") + broken + unfinished + page("二", "0", "2");
    List<Found> found = Fixtures.read(Wiki.DEFAULTS, "a.xml", utf8(export(pages)));
    assertEquals(List.of(Reason.BAD_XML, Reason.BAD_XML), Fixtures.reasons(found));
    assertEquals(2, Fixtures.documents(found).size());
  }

  @Test
  void truncation() throws IOException {
    byte[] xml = utf8(export(page("一", "0", "1") + page("二", "0", "2")));
    for (int cut : new int[] {xml.length - 50, xml.length - 5, 420}) {
      List<Found> found = Fixtures.read(Wiki.DEFAULTS, "a.xml", Fixtures.cut(xml, cut));
      assertEquals(List.of(Reason.BAD_XML), Fixtures.reasons(found));
    }
    byte[] packed = Fixtures.gzip(xml);
    List<Found> found =
        Fixtures.read(Wiki.DEFAULTS, "a.xml.gz", Fixtures.cut(packed, packed.length - 9));
    assertEquals(List.of(Reason.GZIP_TRUNCATED), Fixtures.reasons(found));
  }

  @Test
  void reasons() {
    Wiki small = Blocks.with(Wiki.DEFAULTS, Map.of("maxPageBytes", 1000L));
    String model = page("c", "0", "x").replace("wikitext", "css");
    String pages = page("a", "0", "字".repeat(1000)) + page("b", "0", "{{x}}") + model;
    assertEquals(
        List.of(Reason.TOO_LARGE, Reason.EMPTY_EXTRACTION, Reason.NOT_TEXT),
        Fixtures.reasons(Fixtures.read(small, "a.xml", utf8(export(pages)))));
    assertEquals(
        List.of(Reason.INPUT_UNREADABLE),
        Fixtures.reasons(Fixtures.read(Wiki.DEFAULTS, "a.xml", utf8("plain words"))));
  }

  @Test
  void entitiesAreNotExpanded() {
    String bomb =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b SYSTEM \"file:///etc/hostname\">]>\n"
            + export(page("a", "0", "&a;&b;x"));
    List<Found> found = Fixtures.read(Wiki.DEFAULTS, "a.xml", utf8(bomb));
    for (Document document : Fixtures.documents(found)) {
      assertEquals("x", document.text().toString());
    }
    assertEquals(1, found.size());
  }

  @Test
  void sevenZipArchives() throws java.io.IOException {
    byte[] one = Fixtures.utf8(Fixtures.export(Fixtures.page("山", "0", "山水。")));
    byte[] two = Fixtures.utf8(Fixtures.export(Fixtures.page("水", "0", "水火。")));
    java.util.Map<String, byte[]> files = new java.util.LinkedHashMap<>();
    files.put("one.xml", one);
    files.put("two.xml", two);
    byte[] packed = Fixtures.sevenZip(files);
    java.util.List<org.gristmill.core.Document> documents =
        Fixtures.documents(Fixtures.read(Wiki.DEFAULTS, "a.7z", packed));
    assertEquals(java.util.List.of("山", "水"), documents.stream().map(d -> d.url()).toList());
    org.gristmill.core.Document plain =
        Fixtures.documents(Fixtures.read(Wiki.DEFAULTS, "a.7z", two)).get(0);
    assertEquals(plain.text(), documents.get(1).text());
    assertEquals(one.length + plain.offset(), documents.get(1).offset());
    assertEquals(
        java.util.List.of(org.gristmill.core.Reason.ARCHIVE_CORRUPT),
        Fixtures.reasons(
            Fixtures.read(Wiki.DEFAULTS, "a.7z", Fixtures.cut(packed, packed.length - 9))));
  }
}
