package org.gristmill.sources.csv;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Hash;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.sources.Fixtures;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

class CsvTest {
  private static final String TABLE =
      "\ufeffid,text,url,extra\r\n7,\"a \"\"b\"\",\nzwei\",http://a/,x\r\n\r\n8,5\" wide,,\n9,\"\",,\n";

  private static List<String> texts(List<Found> found) {
    return Fixtures.documents(found).stream().map(d -> d.text().toString()).toList();
  }

  private static Csv with(Map<String, Object> settings) {
    return Blocks.with(Csv.DEFAULTS, settings);
  }

  @Test
  void columnsQuotesAndOffsets() throws IOException {
    byte[] plain = utf8(TABLE);
    Csv csv = with(Map.of("meta", List.of("extra")));
    for (byte[] form :
        List.of(
            plain,
            Fixtures.gzip(plain),
            Fixtures.bzip2(plain),
            Fixtures.xz(plain),
            Fixtures.zstd(plain))) {
      List<Found> found = Fixtures.read(csv, "a", form);
      assertEquals(List.of("a \"b\",\nzwei", "5\" wide"), texts(found));
      assertEquals(List.of(Reason.EMPTY_EXTRACTION), Fixtures.reasons(found));
      Document first = Fixtures.documents(found).get(0);
      assertEquals("http://a/", first.url());
      assertEquals(Map.of("id", "7", "extra", "x"), first.meta());
      for (Found each : found) {
        byte[] there = Arrays.copyOfRange(plain, (int) each.offset(), plain.length);
        assertTrue(
            new String(there, java.nio.charset.StandardCharsets.UTF_8).matches("(?s)[789],.*"));
      }
    }
    Map<String, String> all =
        Fixtures.documents(Fixtures.read(with(Map.of("meta", List.of("*"))), "a", plain))
            .get(0)
            .meta();
    assertEquals(Map.of("id", "7", "extra", "x"), all);
  }

  @Test
  void otherDelimitersAndNoHeader() {
    assertEquals(
        List.of("山, 水", "b"),
        texts(Fixtures.read(Csv.DEFAULTS, "a", utf8("text\tid\n山, 水\t1\nb\t2"))));
    assertEquals(List.of("a,b"), texts(Fixtures.read(Csv.DEFAULTS, "a", utf8("id;text\n1;a,b\n"))));
    assertEquals(List.of("a|b"), texts(Fixtures.read(Csv.DEFAULTS, "a", utf8("text\n\"a|b\"\n"))));
    Csv bare =
        with(Map.of("columns", List.of("n", "text"), "delimiter", "\t", "quote", "", "id", "n"));
    List<Found> found = Fixtures.read(bare, "a", utf8("1\t\"Go,\" he said.\n2\tx\n"));
    assertEquals(List.of("\"Go,\" he said.", "x"), texts(found));
    assertEquals("1", Fixtures.documents(found).get(0).meta().get("id"));
  }

  @Test
  void everyBadRowIsARow() {
    String table =
        "id,text\n1,a\n2\n3,b,c\n4,\"x\"y\n5,c\n6," + "x".repeat(200) + "\n7,d\n8,\"never\nclosed";
    Csv csv = with(Map.of("maxRowBytes", 100L));
    List<Found> found = Fixtures.read(csv, "a", utf8(table));
    assertEquals(List.of("a", "c", "d"), texts(found));
    assertEquals(
        List.of(Reason.BAD_CSV, Reason.BAD_CSV, Reason.BAD_CSV, Reason.TOO_LARGE, Reason.BAD_CSV),
        Fixtures.reasons(found));
    byte[] broken = Fixtures.join(utf8("id,text\n1,"), new byte[] {-1}, utf8("\n2,b\n"));
    found = Fixtures.read(csv, "a", broken);
    assertEquals(List.of(Reason.INVALID_ENCODING), Fixtures.reasons(found));
    assertEquals(List.of("b"), texts(found));
    Quarantined none = (Quarantined) Fixtures.read(csv, "a", utf8("id,body\n1,a\n")).get(0);
    assertEquals(Reason.INPUT_UNREADABLE, none.reason());
    assertEquals("no column text among id, body", none.detail());
  }

  /** What a plain writer quotes comes back, whatever it holds; the reference is the writer. */
  @Test
  void whatIsWrittenIsRead() {
    List<String> texts = new ArrayList<>();
    StringBuilder table = new StringBuilder("text,n\n");
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder("t");
      for (int k = 0; k < Hash.range(Hash.xx64(i, "length"), 12); k++) {
        text.append(",\"\n\r;\tab山🙂".charAt(Hash.range(Hash.xx64(i, "c" + k), 9)));
      }
      texts.add(text.toString());
      table.append('"').append(text.toString().replace("\"", "\"\"")).append("\",").append(i);
      table.append(i % 2 == 0 ? "\n" : "\r\n");
    }
    assertEquals(texts, texts(Fixtures.read(Csv.DEFAULTS, "a", utf8(table.toString()))));
  }

  @Test
  void oneWrongByteCostsAtMostTwoRows() {
    StringBuilder table = new StringBuilder("id,text,n\n");
    for (int i = 0; i < 200; i++) {
      table.append(i).append(",\"say \"\"").append(Hash.sha256Hex("" + i)).append("\"\"\",x\n");
    }
    byte[] whole = utf8(table.toString());
    List<String> sound = texts(Fixtures.read(Csv.DEFAULTS, "a", whole));
    assertEquals(200, sound.size());
    for (int seed = 0; seed < 300; seed++) {
      byte[] damaged = whole.clone();
      damaged[10 + Hash.range(Hash.xx64(seed, "at"), whole.length - 10)] = (byte) '"';
      List<String> kept = new ArrayList<>(texts(Fixtures.read(Csv.DEFAULTS, "a", damaged)));
      kept.retainAll(sound);
      assertTrue(kept.size() >= 198, seed + ": " + kept.size());
    }
  }

  @Test
  void realFile() throws IOException {
    byte[] packed = Files.readAllBytes(RealFiles.path("multilingual/tatoeba-cc0.tsv.xz"));
    Csv csv =
        with(
            Map.of(
                "columns",
                List.of("id", "language", "text"),
                "delimiter",
                "\t",
                "quote",
                "",
                "meta",
                List.of("language")));
    List<Found> found = Fixtures.read(csv, "a", packed);
    assertEquals(32287, Fixtures.documents(found).size(), Fixtures.reasons(found).toString());
    assertEquals(32287, found.size());
  }
}
