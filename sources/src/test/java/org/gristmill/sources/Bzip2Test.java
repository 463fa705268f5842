package org.gristmill.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.sources.jsonl.Jsonl;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

/** What bzip2 unpacks to, beside another unpacker; and what its blocks are. */
class Bzip2Test {
  private static byte[] unpacked(byte[] packed) throws IOException {
    try (InputStream in = Compression.unpacked(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] reference(byte[] packed) throws IOException {
    try (InputStream in = new BZip2CompressorInputStream(new ByteArrayInputStream(packed), true)) {
      return in.readAllBytes();
    }
  }

  /** A text with words, long runs, and bytes of any kind. */
  private static byte[] text(int length, long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    while (text.size() < length) {
      switch (random.nextInt(4)) {
        case 0 -> text.writeBytes(utf8("山在北方 the hills are high\n"));
        case 1 -> text.writeBytes(new byte[random.nextInt(random.nextInt(2000) + 1)]);
        case 2 -> text.writeBytes(utf8("a".repeat(random.nextInt(12))));
        default -> {
          byte[] any = new byte[random.nextInt(50)];
          random.nextBytes(any);
          text.writeBytes(any);
        }
      }
    }
    return Fixtures.cut(text.toByteArray(), length);
  }

  @Test
  void anotherUnpackerGivesTheSame() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int seed = 0; seed < 40; seed++) {
      byte[] text = text(seed < 36 ? seed * seed * 11 : 30_000 * (seed - 30), seed);
      ByteArrayOutputStream to = new ByteArrayOutputStream();
      try (OutputStream out = new BZip2CompressorOutputStream(to, 1 + seed % 9)) {
        out.write(text);
      }
      assertArrayEquals(text, unpacked(to.toByteArray()), seed + "");
      all.writeBytes(to.toByteArray());
    }
    assertArrayEquals(reference(all.toByteArray()), unpacked(all.toByteArray()));
    byte[] text = text(2000, 1);
    for (byte[] packed : List.of(Bzip2Fixtures.stream(text, 70), Bzip2Fixtures.streams(text, 70))) {
      assertArrayEquals(text, reference(packed));
      assertArrayEquals(text, unpacked(packed));
    }
  }

  @Test
  void realFilesAreTheSame() throws IOException {
    int files = 0;
    for (Path file : RealFiles.files("")) {
      if (file.toString().endsWith(".bz2")) {
        byte[] packed = Files.readAllBytes(file);
        assertArrayEquals(reference(packed), unpacked(packed), file.toString());
        files++;
      }
    }
    assertTrue(files > 2);
  }

  @Test
  void noDamagePassesForText() throws IOException {
    byte[] text = text(3000, 5);
    byte[] packed = Bzip2Fixtures.stream(text, 600);
    int thrown = 0;
    for (int seed = 0; seed < 400; seed++) {
      byte[] mutant = packed.clone();
      mutant[4 + seed * 7919 % (packed.length - 4)] ^= (byte) (1 << seed % 8);
      thrown += gives(text, mutant) ? 0 : 1;
    }
    assertTrue(thrown > 390, thrown + " of 400 flips seen");
    for (int length = 4; length < packed.length; length++) {
      assertTrue(!gives(text, Fixtures.cut(packed, length)), "cut at " + length);
    }
  }

  /** Whether a file unpacks to a text; if it breaks off, what came before must be of the text. */
  private static boolean gives(byte[] text, byte[] packed) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    boolean whole = false;
    try (InputStream in = Compression.unpacked(new ByteArrayInputStream(packed))) {
      in.transferTo(read);
      whole = true;
    } catch (IOException e) {
      assertTrue(read.size() <= text.length);
    }
    byte[] start = Fixtures.cut(text, whole ? text.length : read.size());
    assertArrayEquals(start, read.toByteArray());
    return whole;
  }

  @Test
  void whatIsCutIsNotTakenForDamage() throws IOException {
    byte[] packed = Bzip2Fixtures.stream(text(900, 5), 600);
    byte[] cut = Fixtures.cut(packed, packed.length - 20);
    assertThrows(EOFException.class, () -> unpacked(cut));
    byte[] behind = Fixtures.join(packed, utf8("no stream"));
    assertEquals(
        IOException.class, assertThrows(IOException.class, () -> unpacked(behind)).getClass());
  }

  private static byte[] lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines
          .append("{\"text\":\"第")
          .append(i)
          .append("行 ")
          .append("x".repeat(i % 40))
          .append("\"}\n");
    }
    return utf8(lines.toString());
  }

  @Test
  void anOffsetLeadsBackToTheBytes() throws IOException {
    byte[] lines = lines(60);
    for (byte[] packed :
        List.of(Bzip2Fixtures.stream(lines, 77), Bzip2Fixtures.streams(lines, 77))) {
      List<Found> found = Fixtures.read(Jsonl.DEFAULTS, "a.jsonl.bz2", packed);
      assertEquals(60, Fixtures.documents(found).size(), found.toString());
      assertEquals(60, found.stream().map(Found::offset).distinct().count());
      for (Document document : Fixtures.documents(found)) {
        long from = 8 * 16 * (document.offset() >>> 26);
        Bzip2Block block = new Bzip2Block();
        while (block.unpack(packed, from, packed.length) != Bzip2Block.State.SOUND) {
          from++;
        }
        int at = (int) document.offset() & (1 << 26) - 1;
        String text = new String(block.text(), at, Math.min(block.length() - at, 10), UTF_8);
        String line = "{\"text\":\"" + document.text();
        assertTrue(line.startsWith(text.substring(0, Math.min(text.length(), 3))), text + line);
        assertTrue(at == 0 || block.text()[at - 1] == '\n');
      }
    }
    List<Found> one = Fixtures.read(Jsonl.DEFAULTS, "a.jsonl.bz2", Fixtures.bzip2(lines));
    assertEquals(
        Fixtures.read(Jsonl.DEFAULTS, "a.jsonl", lines).get(59).offset(), one.get(59).offset());
  }

  @Test
  void aBlockAmongTheBitsOfAnotherIsNoneOfItsOwn() throws IOException {
    byte[] line = utf8("{\"text\":\"in sight\"}\n");
    byte[] hidden = utf8("\n{\"text\":\"hidden 2\"}\n");
    byte[] packed = Bzip2Fixtures.hiding(line, hidden, Fixtures.join(utf8("\n"), line));
    assertArrayEquals(reference(packed), unpacked(packed));
    int sound = 0;
    Bzip2Block block = new Bzip2Block();
    for (int at = 0; at < 8 * packed.length; at++) {
      sound += block.unpack(packed, at, packed.length) == Bzip2Block.State.SOUND ? 1 : 0;
    }
    assertEquals(4, sound, "the hidden block is not sound: the test is none");
    List<Found> found = Fixtures.read(Jsonl.DEFAULTS, "a.jsonl.bz2", packed);
    assertEquals(2, Fixtures.documents(found).size());
    assertTrue(
        Fixtures.documents(found).stream().noneMatch(d -> d.text().toString().contains("hidden")));
  }

  @Test
  void damageCostsTheLinesAroundIt() throws IOException {
    byte[] lines = lines(60);
    byte[] packed = Bzip2Fixtures.stream(lines, 300);
    List<Document> whole = Fixtures.documents(Fixtures.read(Jsonl.DEFAULTS, "a", packed));
    for (int seed = 0; seed < 60; seed++) {
      byte[] mutant = packed.clone();
      int at = 300 + seed * 37 % (packed.length - 600);
      mutant[at] ^= (byte) (1 << seed % 8);
      List<Found> found = Fixtures.read(Jsonl.DEFAULTS, "a", mutant);
      List<Reason> reasons = Fixtures.reasons(found);
      assertEquals(List.of(Reason.GZIP_CORRUPT), new ArrayList<>(reasons.subList(0, 1)));
      assertTrue(reasons.size() <= 2, "the block and the stream's checksum: " + reasons);
      List<Document> left = Fixtures.documents(found);
      assertTrue(left.size() > 40 && whole.containsAll(left), left.size() + "");
    }
  }

  @Test
  void aBlockTakenOutLeavesARow() throws IOException {
    byte[] a = utf8("{\"text\":\"one\"}\n");
    byte[] b = utf8("{\"text\":\"two\"}\n");
    byte[] both = Bzip2Fixtures.stream(a, b);
    byte[] one = Bzip2Fixtures.stream(a);
    int end = both.length - one.length;
    byte[] wrong = one.clone();
    wrong[wrong.length - 2] ^= 1;
    assertTrue(end > 0);
    assertEquals(
        List.of(Reason.GZIP_CORRUPT),
        Fixtures.reasons(Fixtures.read(Jsonl.DEFAULTS, "a", Fixtures.join(wrong, both))));
    assertThrows(IOException.class, () -> unpacked(wrong));
  }
}
