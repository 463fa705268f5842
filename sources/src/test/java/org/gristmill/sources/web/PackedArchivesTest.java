package org.gristmill.sources.web;

import static org.gristmill.sources.web.WebFixtures.bytes;
import static org.gristmill.sources.web.WebFixtures.dictionary;
import static org.gristmill.sources.web.WebFixtures.gzip;
import static org.gristmill.sources.web.WebFixtures.html;
import static org.gristmill.sources.web.WebFixtures.htmlResponse;
import static org.gristmill.sources.web.WebFixtures.join;
import static org.gristmill.sources.web.WebFixtures.read;
import static org.gristmill.sources.web.WebFixtures.text;
import static org.gristmill.sources.web.WebFixtures.url;
import static org.gristmill.sources.web.WebFixtures.wacz;
import static org.gristmill.sources.web.WebFixtures.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gristmill.core.Document;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

/** Archives packed with zstd, with and without dictionary, and WACZ files. */
class PackedArchivesTest {
  private static final int RECORDS = 30;
  private static final byte[] DICTIONARY = bytes(html(77) + new String(record(78)));

  private static byte[] record(int i) {
    return htmlResponse(url(i), html(i));
  }

  /** A frame with a checksum, as the tools write it. */
  private static byte[] frame(byte[] bytes) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(to, 3)) {
      out.setChecksum(true);
      out.setDict(DICTIONARY);
      out.write(bytes);
    }
    return to.toByteArray();
  }

  private static List<byte[]> frames() throws IOException {
    List<byte[]> frames = new ArrayList<>(List.of(dictionary(DICTIONARY)));
    for (int i = 1; i <= RECORDS; i++) {
      frames.add(frame(record(i)));
    }
    return frames;
  }

  private static byte[] all(List<byte[]> parts) {
    return join(parts.toArray(byte[][]::new));
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= RECORDS; i++) {
      texts.add(text(i));
    }
    return texts;
  }

  @Test
  void aFramePerRecordWithADictionary() throws IOException {
    List<byte[]> frames = frames();
    WebFixtures.Read read = read(all(frames));
    assertEquals(texts(), read.texts());
    assertEquals(List.of(), read.quarantined());
    long offset = 0;
    for (int i = 0; i < RECORDS; i++) {
      offset += frames.get(i).length;
      assertEquals(offset, read.documents().get(i).offset());
    }
    List<byte[]> packed = new ArrayList<>(frames);
    packed.set(0, dictionary(Zstd.compress(DICTIONARY)));
    assertEquals(texts(), read(all(packed)).texts());
    packed.set(0, dictionary(bytes("another dictionary")));
    assertEquals(List.of(), read(all(packed)).texts());
  }

  @Test
  void oneFrameAroundAll() {
    byte[] plain = new byte[0];
    for (int i = 1; i <= RECORDS; i++) {
      plain = join(plain, record(i));
    }
    byte[] packed = Zstd.compress(plain);
    for (Web web : List.of(Web.DEFAULTS, web(8 << 10, 8 << 10))) {
      WebFixtures.Read read = read(web, packed);
      assertEquals(texts(), read.texts());
      assertEquals(List.of(), read.quarantined());
      assertEquals(RECORDS, read.documents().stream().map(Document::offset).distinct().count());
      WebFixtures.Read cut = read(web, Arrays.copyOf(packed, packed.length - 20));
      assertEquals(1, cut.reasons().size(), cut.reasons().toString());
      assertEquals(texts().subList(0, cut.texts().size()), cut.texts());
    }
  }

  @Test
  void oneFaultCostsOneRecord() throws IOException {
    byte[] whole = all(frames());
    int from = 8 + DICTIONARY.length;
    for (int seed = 0; seed < 200; seed++) {
      byte[] damaged = whole.clone();
      damaged[from + Hash.range(Hash.xx64(seed, "at"), whole.length - from)] ^=
          (byte) (1 << seed % 8);
      WebFixtures.Read read = read(damaged);
      assertTrue(read.texts().size() >= RECORDS - 1, seed + " " + read.quarantined());
      assertTrue(texts().containsAll(read.texts()), seed + "");
      assertTrue(read.texts().size() == RECORDS || read.reasons().size() == 1, seed + "");
    }
  }

  @Test
  void aCutCostsOneRecord() throws IOException {
    List<byte[]> frames = frames();
    byte[] whole = all(frames);
    for (int length = 8 + DICTIONARY.length; length < whole.length; length += 97) {
      int there = 0;
      int end = frames.get(0).length;
      while (end + frames.get(there + 1).length <= length) {
        end += frames.get(++there).length;
      }
      WebFixtures.Read read = read(Arrays.copyOf(whole, length));
      assertEquals(texts().subList(0, there), read.texts(), length + "");
      assertEquals(end == length ? 0 : 1, read.reasons().size(), length + "");
    }
  }

  @Test
  void whatIsNoArchiveIsOneRow() {
    byte[] other = Zstd.compress(bytes("just a text\n".repeat(9999)));
    assertEquals(List.of("input-unreadable"), read(other).reasons());
  }

  @Test
  void waczFiles() throws IOException {
    byte[] archive = join(gzip(record(1)), gzip(record(2)));
    byte[] wacz = wacz(archive);
    WebFixtures.Read read = read(wacz);
    assertEquals(List.of(text(1), text(2)), read.texts());
    assertEquals(List.of(), read.quarantined());
    for (Document document : read.documents()) {
      byte[] there = Arrays.copyOfRange(wacz, (int) document.offset(), wacz.length);
      assertEquals(document.text().toString(), read(there).texts().get(0));
    }
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(to)) {
      WebFixtures.entry(out, "archive/b.warc", join(record(3), record(4)), ZipEntry.DEFLATED);
      WebFixtures.entry(out, "archive/a.warc.zst", Zstd.compress(record(5)), ZipEntry.STORED);
      WebFixtures.entry(out, "indexes/index.cdx.gz", archive, ZipEntry.STORED);
    }
    assertEquals(List.of(text(3), text(4), text(5)), read(to.toByteArray()).texts());
    assertEquals(List.of(), read(to.toByteArray()).reasons());
  }

  @Test
  void aWaczWithoutItsDirectoryIsReadAllTheSame() throws IOException {
    byte[] wacz = wacz(join(gzip(record(1)), gzip(record(2)), gzip(record(3))));
    WebFixtures.Read read = read(Arrays.copyOf(wacz, wacz.length - 100));
    assertEquals(List.of(text(1), text(2), text(3)), read.texts());
    assertEquals(List.of("garbage-bytes", "garbage-bytes"), read.reasons());
  }
}
