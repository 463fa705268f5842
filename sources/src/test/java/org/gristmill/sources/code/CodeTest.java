package org.gristmill.sources.code;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.sources.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeTest {
  private static Map<String, byte[]> tree() throws IOException {
    Map<String, byte[]> tree = new LinkedHashMap<>();
    tree.put("dir/", new byte[0]);
    tree.put("dir/../../src/主.py", utf8("print('你好')\n"));
    tree.put("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1});
    tree.put("gbk.c", "/* 这是一个用中文写的注释，说明函数的作用 */ int x;\n".getBytes(Charset.forName("GB18030")));
    tree.put("empty/__init__.py", new byte[0]);
    tree.put("big.js", new byte[2000]);
    tree.put("inner.zip", Fixtures.zip(Map.of("a", utf8("a"))));
    tree.put("Makefile", utf8("all:\n\tcc x.c\n"));
    return tree;
  }

  @Test
  void everyArchiveGivesTheSame() throws IOException {
    byte[] tar = Fixtures.tar(tree());
    List<byte[]> forms =
        List.of(
            tar,
            Fixtures.gzip(tar),
            Fixtures.bzip2(tar),
            Fixtures.xz(tar),
            Fixtures.zstd(tar),
            Fixtures.zip(tree()));
    Code small = Blocks.with(Code.DEFAULTS, Map.of("maxFileBytes", 1000L));
    for (byte[] form : forms) {
      List<Found> found = Fixtures.read(small, "a", form);
      assertEquals(
          List.of("1 src/主.py python", "3 gbk.c c", "7 Makefile makefile"),
          Fixtures.documents(found).stream()
              .map(d -> d.offset() + " " + d.url() + " " + d.meta().get("programming-language"))
              .toList());
      assertEquals(
          List.of(Reason.NOT_TEXT, Reason.EMPTY_EXTRACTION, Reason.TOO_LARGE, Reason.NOT_TEXT),
          Fixtures.reasons(found));
      assertEquals("GB18030", Fixtures.documents(found).get(1).meta().get("charset"));
      assertTrue(Fixtures.documents(found).get(1).text().toString().contains("用中文写的注释"));
    }
  }

  @Test
  void aSingleFile() throws IOException {
    List<Found> found =
        Fixtures.read(Code.DEFAULTS, "d/a.go.gz", Fixtures.gzip(utf8("package a\n")));
    Document document = Fixtures.documents(found).get(0);
    assertEquals("d/a.go", document.url());
    assertEquals("go", document.meta().get("programming-language"));
    assertEquals("10", document.meta().get("bytes"));
  }

  @Test
  void noTextIsTakenForAnArchive() throws IOException {
    String line = "int main(void) { return 0; } /* 0755 of 01234567 */\n";
    for (int shift = 0; shift < 300; shift++) {
      String text = " ".repeat(shift) + line.repeat(20);
      for (String form : List.of(text, text.replace(' ', '0'), text.replaceAll("[^ 0-7]", "7"))) {
        List<Found> found = Fixtures.read(Code.DEFAULTS, "src/a.c", utf8(form));
        assertEquals(List.of(), Fixtures.reasons(found));
        assertEquals(form, Fixtures.documents(found).get(0).text().toString());
      }
    }
  }

  @Test
  void aBrokenArchiveKeepsItsBeginning() throws IOException {
    byte[] tar = Fixtures.tar(Map.of("a.py", utf8("x = 1\n".repeat(1000))));
    byte[] two = Fixtures.join(Fixtures.cut(tar, 512 + 6144), tar);
    byte[] packed = Fixtures.gzip(two);
    assertEquals(2, Fixtures.documents(Fixtures.read(Code.DEFAULTS, "a", two)).size());
    List<Found> found = Fixtures.read(Code.DEFAULTS, "a", Fixtures.cut(two, 512 + 6144 + 3000));
    assertEquals(1, Fixtures.documents(found).size());
    assertEquals(List.of(Reason.ARCHIVE_CORRUPT), Fixtures.reasons(found));
    assertEquals(
        List.of(Reason.ARCHIVE_CORRUPT),
        Fixtures.reasons(
            Fixtures.read(Code.DEFAULTS, "a", Fixtures.cut(packed, packed.length - 4))));
  }

  @Test
  void bombsAreStopped() throws IOException {
    byte[] tar = Fixtures.tar(Map.of("a", new byte[100 << 20], "b.py", utf8("x")));
    for (byte[] bomb :
        List.of(Fixtures.gzip(tar), Fixtures.zip(Map.of("a", new byte[100 << 20])))) {
      List<Found> found = Fixtures.read(Code.DEFAULTS, "a", bomb);
      Quarantined last = (Quarantined) found.get(found.size() - 1);
      assertEquals(Reason.ARCHIVE_BOMB, last.reason());
    }
    Code tight = Blocks.with(Code.DEFAULTS, Map.of("maxUnpackedBytes", 5000L));
    assertEquals(
        List.of(Reason.ARCHIVE_BOMB),
        Fixtures.reasons(Fixtures.read(tight, "a", Fixtures.gzip(new byte[6000]))));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b.RS,rust", "CMakeLists.txt,cmake", "x.h,c", "Dockerfile,dockerfile", "x.tsx,typescript",
    "x.foo,unknown", "noext,unknown", "LICENSE,plain-text", "a.b/c,unknown", "x.java,java"
  })
  void languages(String path, String language) {
    assertEquals(language, ProgrammingLanguages.of(path));
  }
}
