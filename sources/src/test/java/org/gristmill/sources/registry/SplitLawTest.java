package org.gristmill.sources.registry;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.gristmill.core.Blocks;
import org.gristmill.core.Found;
import org.gristmill.core.Hash;
import org.gristmill.sources.Bzip2Fixtures;
import org.gristmill.sources.ContentHash;
import org.gristmill.sources.Fixtures;
import org.gristmill.sources.Fixtures.Memory;
import org.gristmill.sources.Guard;
import org.gristmill.sources.Part;
import org.gristmill.sources.Source;
import org.gristmill.sources.Splittable;
import org.gristmill.sources.dialogue.Dialogue;
import org.gristmill.sources.jsonl.Jsonl;
import org.gristmill.sources.web.Web;
import org.gristmill.sources.web.WebFixtures;
import org.gristmill.sources.wiki.Wiki;
import org.junit.jupiter.api.Test;

/** The parts of a file give what the file gives, wherever it is cut and whatever is in it. */
class SplitLawTest {
  /** Files up to this length, in bytes, are cut at every place. */
  private static final int EVERY = 2048;

  private static final int PLACES = 25;
  private static final int MUTANTS = 30;

  /** A source whose limits the fixtures reach, and files that are odd but not damaged. */
  private record Case(Splittable source, Map<String, byte[]> files) {}

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, Source> entry : Sources.BY_NAME.entrySet()) {
      if (entry.getValue() instanceof Splittable splittable) {
        cases.add(new Case(splittable, LawFixtures.of(entry.getKey())));
      }
    }
    String line = "{\"text\":\"一行\"}";
    String talk = "{\"messages\":[\"你好\",\"hi\"]}";
    Map<String, byte[]> lines = new LinkedHashMap<>();
    Map<String, byte[]> talks = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, byte[]>> files :
        Map.of(line, lines, talk, talks).entrySet()) {
      String l = files.getKey();
      String crlf = ("\r\n" + l + "\r\n\r\n \r\n").repeat(4);
      files.getValue().put("crlf.jsonl", utf8(crlf + l));
      files.getValue().put("mark.jsonl", utf8("\ufeff" + l + "\n" + l));
      files.getValue().put("blankmark.jsonl", utf8("\ufeff \n" + l + "\n" + l));
      files.getValue().put("long.jsonl", utf8(l + "\n\"" + "x".repeat(300) + "\"\n" + l + "\n"));
      files.getValue().put("cut.jsonl", utf8(l + "\n" + l.substring(0, 12)));
      files.getValue().put("binary.jsonl", utf8(l + "\n" + "\0".repeat(20) + "\n" + l + "\n"));
      files.getValue().put("empty lines.jsonl", utf8("\n\n\n" + l + "\n\n\n"));
      files.getValue().put("bom zip.jsonl", utf8("PK\u0003\u0004" + l + "\n" + l + "\n"));
    }
    lines.putAll(blocks(utf8((line + "\r\n").repeat(5)), utf8(line + "\n"), 13));
    talks.put("blocks.bz2", Bzip2Fixtures.stream(utf8((talk + "\n").repeat(5)), 30));
    talks.put("array.bz2", Bzip2Fixtures.stream(utf8("[" + talk + ",\n" + talk + "]"), 30));
    talks.put("array.json", utf8(" \n\n[" + talk + ",\n" + talk + ",\n" + talk + "]\n"));
    cases.add(new Case(new Jsonl("text", "id", "url", List.of(), 100), lines));
    cases.add(new Case(Blocks.with(Dialogue.DEFAULTS, Map.of("maxLineBytes", 100L)), talks));
    cases.add(new Case(new Wiki(List.of("0"), false, 400), wiki()));
    cases.add(new Case(WebFixtures.web(1 << 10, 1 << 10), web()));
    return cases;
  }

  private static Map<String, byte[]> wiki() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String a = Fixtures.page("山", "0", "[[Ficxhier:x]] 山水");
    String b = Fixtures.page("水", "1", "水").replace("<page>", "<page >");
    String open = a.replace("</page>", "");
    String large = Fixtures.page("大", "0", "大".repeat(200));
    String sound = Fixtures.export(a + b + large + open + a + a);
    files.put("odd.xml", utf8(sound));
    files.put("no end.xml", utf8(sound.replace("</mediawiki>", "")));
    files.put("no last page.xml", utf8(Fixtures.export(a + b + open)));
    files.put("two.xml", utf8(Fixtures.export(a) + Fixtures.export(b + a).replace("</media", "")));
    files.put("no page.xml", utf8(Fixtures.export("")));
    files.put("nothing.xml", utf8("<html>" + "text ".repeat(30) + "</html>"));
    files.put("no start.xml", utf8(a + "<<page>page><page\n>" + a + "< page><pag>" + a));
    files.put("utf16.xml", sound.getBytes(StandardCharsets.UTF_16));
    files.put("packed.xml", Fixtures.gzip(utf8(sound)));
    Map<String, byte[]> packed = blocks(utf8(Fixtures.export(a + open + a)), utf8(a), 290);
    packed.keySet().retainAll(Set.of("blocks.bz2", "junk.bz2", "cut within.bz2", "hiding.bz2"));
    files.putAll(packed);
    files.put("utf16.bz2", Bzip2Fixtures.stream(files.get("utf16.xml"), 300));
    return files;
  }

  /** A text packed with bzip2, in blocks of some bytes. */
  private static Map<String, byte[]> blocks(byte[] text, byte[] record, int bytes)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] stream = Bzip2Fixtures.stream(text, bytes);
    byte[] one = Fixtures.bzip2(record);
    byte[] none = Bzip2Fixtures.stream();
    byte[] junk = utf8("no block 1AY&SY");
    byte[] wrong = one.clone();
    wrong[one.length - 2] ^= 1;
    files.put("one.bz2", Fixtures.bzip2(text));
    files.put("blocks.bz2", stream);
    files.put("streams.bz2", Bzip2Fixtures.streams(text, 3 * bytes));
    files.put("empty.bz2", Fixtures.join(none, stream, none, none, one, none));
    files.put("nothing.bz2", none);
    files.put("junk.bz2", Fixtures.join(one, stream, junk, one, junk, stream, junk));
    files.put("wrong end.bz2", Fixtures.join(one, wrong, one));
    files.put("no start.bz2", Fixtures.join(utf8("BZh9"), junk, stream));
    files.put("cut.bz2", Fixtures.join(one, Fixtures.cut(stream, stream.length - 30)));
    files.put("cut within.bz2", Fixtures.join(one, Fixtures.cut(stream, stream.length / 2), one));
    files.put("hiding.bz2", Bzip2Fixtures.hiding(text, utf8("\n" + "hidden 2\n"), record));
    return files;
  }

  private static Map<String, byte[]> web() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] one = page(1, "一");
    byte[] two = page(2, "二");
    byte[] a = Fixtures.gzip(one);
    byte[] b = Fixtures.gzip(two);
    byte[] junk = utf8("no member\u001f");
    byte[] empty = Fixtures.gzip(new byte[0]);
    byte[] other = Fixtures.gzip(utf8("no record"));
    files.put("junk.warc.gz", Fixtures.join(junk, a, junk, b, empty, other, a, junk));
    files.put("two in one.warc.gz", Fixtures.join(a, Fixtures.gzip(Fixtures.join(one, two)), b));
    files.put("late.warc.gz", Fixtures.join(a, Fixtures.gzip(Fixtures.join(utf8("\r\n"), two)), b));
    files.put("cut.warc.gz", Fixtures.join(a, Fixtures.cut(b, b.length / 2), b, a));
    files.put("nothing.warc.gz", Fixtures.join(junk, other, junk));
    files.put("junk first.warc.gz", Fixtures.join(junk, junk, junk, junk, a));
    files.put("around.warc.gz", Fixtures.gzip(Fixtures.join(one, two, one)));
    byte[] archive = Fixtures.join(b, Fixtures.cut(a, a.length - 9), b, a);
    byte[] inside = stored(WebFixtures.warc("resource", "http://a/w", "text/plain", archive));
    files.put("inside.warc.gz", Fixtures.join(a, inside, b));
    byte[] large = WebFixtures.warc("resource", "http://a/l", "text/plain", new byte[200_000]);
    files.put("large.warc.gz", Fixtures.join(a, Fixtures.gzip(large), b));
    byte[] gone = Fixtures.gzip(large);
    gone[gone.length - 5] ^= 1;
    files.put("large and wrong.warc.gz", Fixtures.join(a, gone, b, a));
    byte[] filled = Fixtures.join(archive, new byte[140_000], archive, new byte[5_000]);
    byte[] inLarge = stored(WebFixtures.warc("resource", "http://a/l", "text/plain", filled));
    files.put("inside a large one.warc.gz", Fixtures.join(a, inLarge, b, a));
    files.put("in a cut one.warc.gz", Fixtures.join(a, Fixtures.cut(inLarge, 145_000)));
    files.put("plain.warc", Fixtures.join(one, utf8("junk"), two, one));
    return files;
  }

  private static byte[] page(int i, String text) {
    return WebFixtures.htmlResponse("http://a/" + i, "<html><body><p>" + text + "</p></body>");
  }

  /** A gzip member that holds its bytes as they are. */
  private static byte[] stored(byte[] bytes) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    to.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
    try (DeflaterOutputStream out = new DeflaterOutputStream(to, new Deflater(0, true))) {
      out.write(bytes);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    for (long word : new long[] {crc.getValue(), bytes.length}) {
      for (int i = 0; i < 4; i++) {
        to.write((int) (word >>> 8 * i));
      }
    }
    return to.toByteArray();
  }

  @Test
  void wherever() throws IOException {
    int places = 0;
    for (Case c : cases()) {
      for (Map.Entry<String, byte[]> file : c.files().entrySet()) {
        byte[] bytes = file.getValue();
        List<Found> whole = Fixtures.read(c.source(), file.getKey(), bytes);
        for (int at : places(file.getKey(), bytes.length)) {
          same(whole, c.source(), file.getKey(), bytes, new TreeSet<>(List.of(at)));
          places++;
        }
        for (int seed = 0; seed < PLACES; seed++) {
          same(whole, c.source(), file.getKey(), bytes, places(bytes.length, seed));
        }
      }
    }
    assertTrue(places > 10_000, "only " + places + " places");
  }

  @Test
  void whateverTheDamage() throws IOException {
    for (Case c : cases()) {
      for (Map.Entry<String, byte[]> file : c.files().entrySet()) {
        boolean dear = file.getValue().length > EVERY || file.getKey().endsWith(".bz2");
        int mutants = dear ? MUTANTS / 10 : MUTANTS;
        for (int seed = 0; seed < mutants; seed++) {
          byte[] bytes = SourcesLawTest.mutant(file.getValue(), seed);
          List<Found> whole = Fixtures.read(c.source(), file.getKey(), bytes);
          for (int cut = 0; cut < 4 && bytes.length > 1; cut++) {
            TreeSet<Integer> places = places(bytes.length, 4 * seed + cut);
            same(whole, c.source(), file.getKey(), bytes, places);
          }
        }
      }
    }
  }

  @Test
  void whateverTheFile() throws IOException {
    for (Case c : cases()) {
      for (String other : Sources.BY_NAME.keySet()) {
        for (Map.Entry<String, byte[]> file : LawFixtures.of(other).entrySet()) {
          List<Found> whole = Fixtures.read(c.source(), file.getKey(), file.getValue());
          for (int seed = 0; seed < PLACES / 5; seed++) {
            TreeSet<Integer> places = places(file.getValue().length, seed);
            same(whole, c.source(), file.getKey(), file.getValue(), places);
          }
        }
      }
    }
  }

  @Test
  void anArchiveAmongTheBytesOfAMemberIsRead() throws IOException {
    byte[] inside = web().get("inside.warc.gz");
    List<Found> found = Fixtures.read(WebFixtures.web(1 << 10, 1 << 10), "inside.warc.gz", inside);
    assertEquals(5, Fixtures.documents(found).size(), found.toString());
  }

  @Test
  void theHashOfAFileIsThatOfItsParts() throws IOException {
    byte[] bytes = LawFixtures.of("jsonl").get("a.jsonl");
    String plain = Hash.sha256Hex(bytes);
    for (int block : new int[] {1, 7, 64, bytes.length - 1, bytes.length, bytes.length + 1}) {
      ContentHash direct = new ContentHash(block);
      direct.update(bytes, 0, bytes.length);
      String whole = direct.hex();
      assertEquals(block >= bytes.length, whole.equals(plain), block + "");
      List<String> blocks = new ArrayList<>();
      for (Part part : Part.of(bytes.length, block)) {
        Memory file = new Memory("a.jsonl", bytes);
        blocks.add(Guard.read(Jsonl.DEFAULTS, file, part, block, found -> {}).sha256());
      }
      assertEquals(whole, ContentHash.of(blocks), block + "");
      Memory file = new Memory("a.jsonl", bytes);
      String again = Guard.read(Jsonl.DEFAULTS, file, Part.WHOLE, block, f -> {}).sha256();
      assertEquals(whole, again, block + "");
    }
  }

  @Test
  void namesOfPackedFilesDecideNothingButWhatIsTried() {
    for (Splittable source : List.of(Jsonl.DEFAULTS, Dialogue.DEFAULTS, Wiki.DEFAULTS)) {
      assertTrue(source.splits("a.txt") && source.splits("a.BZ2"));
      assertFalse(source.splits("a.txt.gz") || source.splits("a.xz"));
    }
    assertTrue(Web.DEFAULTS.splits("a.warc.gz"));
    assertFalse(Web.DEFAULTS.splits("a.warc"));
  }

  private static void same(
      List<Found> whole, Splittable source, String name, byte[] bytes, TreeSet<Integer> places)
      throws IOException {
    List<Found> parts = new ArrayList<>();
    long start = 0;
    places.add(bytes.length);
    for (int end : places) {
      Part part = new Part(start, end == bytes.length ? Long.MAX_VALUE : end);
      Memory file = new Memory(name, bytes);
      String sha256 = Guard.read(source, file, part, bytes.length, parts::add).sha256();
      byte[] own = java.util.Arrays.copyOfRange(bytes, (int) start, end);
      assertEquals(Hash.sha256Hex(own), sha256, () -> source + " " + name + " " + places);
      start = end;
    }
    assertEquals(whole, parts, () -> source + " " + name + " at " + places);
  }

  /** Every place in a short file, of most packed ones every seventh; in a long one some. */
  private static Iterable<Integer> places(String name, int length) {
    TreeSet<Integer> places = new TreeSet<>();
    boolean seldom = name.endsWith(".bz2") && !List.of("blocks.bz2", "hiding.bz2").contains(name);
    for (int i = 1; i < length && length <= EVERY; i += seldom ? 7 : 1) {
      places.add(i);
    }
    for (int i = 0; i < PLACES && length > EVERY; i++) {
      places.addAll(places(length, 1000 + i));
    }
    return places;
  }

  /** One to nine places in a file of two bytes or more. */
  private static TreeSet<Integer> places(int length, int seed) {
    TreeSet<Integer> places = new TreeSet<>();
    for (int i = 0; i <= seed % 9; i++) {
      places.add(1 + Hash.range(Hash.xx64(seed, "place " + i), length - 1));
    }
    return places;
  }
}
