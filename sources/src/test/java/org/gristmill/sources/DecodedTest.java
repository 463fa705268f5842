package org.gristmill.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

class DecodedTest {
  private static final String CHINESE = "数据清洗是训练大型语言模型的第一步，网页中有许多重复的内容。";

  /** What a label means: those who wrote it used what is larger, too. */
  private static final Map<String, List<String>> LABELS =
      Map.of(
          "Latin1", List.of("ISO-8859-1", "windows-1252"),
          "Latin2", List.of("ISO-8859-2", "windows-1250"),
          "Cyrillic", List.of("windows-1251"),
          "Baltic", List.of("windows-1257"),
          "Greek", List.of("ISO-8859-7"),
          "UTF8", List.of("UTF-8"),
          "SJIS", List.of("windows-31j"),
          "GB2312", List.of("GB18030"));

  @Test
  void aCutCharacterDoesNotMakeUtf8SomethingElse() {
    byte[] whole = CHINESE.repeat(40).getBytes(StandardCharsets.UTF_8);
    Decoded cut = Decoded.of(Arrays.copyOf(whole, whole.length - 1)).orElseThrow();
    assertEquals("UTF-8", cut.charset());
    assertTrue(cut.text().endsWith("内容\uFFFD"), cut.text().substring(cut.text().length() - 5));
    byte[] holes = whole.clone();
    for (int i = 0; i < holes.length; i += 50) {
      holes[i] = (byte) 0xFF;
    }
    Optional<Decoded> broken = Decoded.of(holes);
    assertTrue(broken.isEmpty() || !broken.get().charset().equals("UTF-8"));
  }

  @Test
  void aFewLettersDoNotChangeTheAlphabet() {
    String english = "The café serves cake, and the tables stand in the shade. ".repeat(20);
    String first = english.replaceAll("é", "e").replaceFirst("cafe", "café");
    Decoded decoded = Decoded.of(first.getBytes(Charset.forName("windows-1252"))).orElseThrow();
    assertEquals(first, decoded.text());
    String czech =
        "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. ".repeat(9);
    byte[] bytes = czech.getBytes(Charset.forName("windows-1250"));
    assertEquals(czech, Decoded.of(bytes).orElseThrow().text());
  }

  @Test
  void realFilesInManyEncodings() throws IOException {
    byte[] zip = Files.readAllBytes(RealFiles.path("multilingual/udhr/udhr-legacy-encodings.zip"));
    List<String> wrong = new ArrayList<>();
    int files = 0;
    try (ZipInputStream in = new ZipInputStream(new java.io.ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String label = entry.getName().substring(entry.getName().lastIndexOf('-') + 1);
        if (entry.isDirectory() || !LABELS.containsKey(label)) {
          continue; // Vietnamese and Abkhaz sets that Java does not have
        }
        files++;
        byte[] bytes = in.readAllBytes();
        String text = Decoded.of(bytes).map(Decoded::text).orElse("");
        boolean right =
            LABELS.get(label).stream()
                .map(name -> new String(bytes, Charset.forName(name)))
                .anyMatch(truth -> truth.replaceFirst("^\uFEFF", "").equals(text));
        if (!right) {
          wrong.add(entry.getName());
        }
      }
    }
    System.out.println(files - wrong.size() + " of " + files + " right, not " + wrong);
    assertTrue(files > 180);
    assertTrue(wrong.size() <= 0.03 * files, wrong.toString());
  }
}
