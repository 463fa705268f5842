package org.gristmill.sources.web;

import static org.gristmill.sources.web.WebFixtures.bytes;
import static org.gristmill.sources.web.WebFixtures.gzip;
import static org.gristmill.sources.web.WebFixtures.html;
import static org.gristmill.sources.web.WebFixtures.htmlResponse;
import static org.gristmill.sources.web.WebFixtures.http;
import static org.gristmill.sources.web.WebFixtures.join;
import static org.gristmill.sources.web.WebFixtures.read;
import static org.gristmill.sources.web.WebFixtures.text;
import static org.gristmill.sources.web.WebFixtures.url;
import static org.gristmill.sources.web.WebFixtures.warc;
import static org.gristmill.sources.web.WebFixtures.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gristmill.core.Document;
import org.gristmill.core.Hash;
import org.gristmill.core.Quarantined;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebFramingTest {
  private static final int RECORDS = 200;
  private static final int TRIALS = 40;

  /** Damage to one place of an archive, and how many records it may cost at most. */
  enum Fault {
    BIT_FLIP(1),
    MISSING_BYTES(1),
    GARBAGE_BETWEEN(0),
    ZEROED_PAGE(5),
    LENGTH_TOO_LARGE(1),
    LENGTH_TOO_SMALL(1),
    LENGTH_HUGE(1),
    LENGTH_NEGATIVE(1),
    LENGTH_ABSENT(1);

    private final int cost;

    Fault(int cost) {
      this.cost = cost;
    }
  }

  private static byte[] record(int i) {
    return htmlResponse(url(i), html(i));
  }

  private static byte[] lying(int i, Fault fault) {
    byte[] block = http("Content-Type: text/html", bytes(html(i)));
    String announced =
        switch (fault) {
          case LENGTH_TOO_LARGE -> Integer.toString(block.length + 7);
          case LENGTH_TOO_SMALL -> Integer.toString(block.length - 7);
          case LENGTH_HUGE -> "99999999999";
          case LENGTH_NEGATIVE -> "-1";
          default -> "";
        };
    return warc("response", url(i), "application/http", block, announced);
  }

  private static byte[] pack(byte[] record, boolean packed) {
    return packed ? gzip(record) : record;
  }

  private static byte[] archive(Fault fault, boolean packed, long seed) {
    int victim = 1 + chance(seed, "victim", RECORDS - 2);
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      byte[] part = pack(record(i), packed);
      if (i == victim) {
        int at = 12 + chance(seed, "at", part.length - 40);
        switch (fault) {
          case BIT_FLIP -> part[at] ^= (byte) (1 << chance(seed, "bit", 8));
          case MISSING_BYTES ->
              part = join(Arrays.copyOf(part, at), Arrays.copyOfRange(part, at + 20, part.length));
          case GARBAGE_BETWEEN -> part = join(bytes(Hash.sha256Hex("g" + seed)), part);
          case ZEROED_PAGE -> {}
          default -> part = pack(lying(i, fault), packed);
        }
      }
      parts.add(part);
    }
    byte[] whole = join(parts.toArray(byte[][]::new));
    if (fault == Fault.ZEROED_PAGE) {
      int page = 4096 * (1 + chance(seed, "page", whole.length / 4096 - 2));
      Arrays.fill(whole, page, page + 4096, (byte) 0);
    }
    return whole;
  }

  private static int chance(long seed, String what, int bound) {
    return (int) Long.remainderUnsigned(Hash.xx64(seed, what), bound);
  }

  @ParameterizedTest
  @EnumSource
  void oneFaultInAPackedFileCostsOneRecord(Fault fault) {
    for (long seed = 0; seed < TRIALS; seed++) {
      WebFixtures.Read read = read(archive(fault, true, seed));
      String context = fault + " " + seed + " " + read.quarantined();
      assertTrue(read.documents().size() >= RECORDS - fault.cost, context);
      assertTrue(read.quarantined().size() <= 1, context);
      assertTrue(read.documents().size() == RECORDS || !read.quarantined().isEmpty(), context);
      assertUnaltered(read, context);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"BIT_FLIP"},
      mode = EnumSource.Mode.EXCLUDE)
  void oneFaultInAPlainFileCostsOneRecord(Fault fault) {
    for (long seed = 0; seed < TRIALS; seed++) {
      WebFixtures.Read read = read(archive(fault, false, seed));
      String context = fault + " " + seed + " " + read.quarantined();
      assertTrue(read.documents().size() >= RECORDS - Math.min(3, fault.cost), context);
      if (fault != Fault.ZEROED_PAGE && fault != Fault.MISSING_BYTES) {
        assertEquals(1, read.quarantined().size(), context);
        assertUnaltered(read, context);
      }
    }
  }

  private static void assertUnaltered(WebFixtures.Read read, String context) {
    for (Document d : read.documents()) {
      int i = Integer.parseInt(d.url().substring(d.url().lastIndexOf('/') + 1));
      assertEquals(text(i), d.text().toString(), context);
    }
  }

  @Test
  void offsetsLeadBackToTheRecord() {
    for (boolean packed : new boolean[] {true, false}) {
      List<byte[]> parts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        parts.add(pack(record(i), packed));
      }
      byte[] whole = join(parts.toArray(byte[][]::new));
      WebFixtures.Read read = read(whole);
      long expected = 0;
      for (int i = 0; i < 20; i++) {
        Document d = read.documents().get(i);
        assertEquals(expected, d.offset());
        byte[] tail = Arrays.copyOfRange(whole, (int) d.offset(), whole.length);
        assertEquals(d.text(), read(tail).documents().get(0).text());
        expected += parts.get(i).length;
      }
    }
  }

  @Test
  void garbageIsReportedWithItsPlaceAndLength() {
    byte[] first = gzip(record(1));
    WebFixtures.Read read = read(join(first, new byte[64], gzip(record(2)), new byte[10]));
    assertEquals(List.of(text(1), text(2)), read.texts());
    assertEquals(List.of("garbage-bytes", "garbage-bytes"), read.reasons());
    Quarantined garbage = read.quarantined().get(0);
    assertEquals(first.length, garbage.offset());
    assertEquals("64 bytes", garbage.detail());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileCutAnywhereKeepsWhatIsWhole(boolean packed) {
    byte[] one = pack(record(1), packed);
    byte[] two = pack(record(2), packed);
    byte[] whole = join(one, two, pack(record(3), packed));
    for (int length = 4; length < whole.length; length += packed ? 1 : 3) {
      WebFixtures.Read read = read(Arrays.copyOf(whole, length));
      int complete =
          length >= one.length + two.length - (packed ? 0 : 4)
              ? 2
              : length >= one.length - (packed ? 0 : 4) ? 1 : 0;
      assertTrue(read.documents().size() >= complete, "cut at " + length);
      assertTrue(read.documents().size() <= complete + 1, "cut at " + length);
      assertTrue(read.quarantined().size() <= 1, "cut at " + length + read.quarantined());
      assertUnaltered(read, "cut at " + length);
      boolean between = length == one.length || length == one.length + two.length;
      if (packed && !between) {
        assertEquals(List.of("gzip-truncated"), read.reasons(), "cut at " + length);
      }
    }
  }

  @Test
  void oneGzipAroundAllIsReadRecordByRecord() {
    byte[] plain = new byte[0];
    for (int i = 0; i < 100; i++) {
      plain = join(plain, record(i));
    }
    byte[] packed = gzip(plain);
    for (Web web : List.of(Web.DEFAULTS, web(8 << 10, 8 << 10))) {
      WebFixtures.Read read = read(web, packed);
      assertEquals(100, read.documents().size());
      assertEquals(List.of(), read.quarantined());
      assertUnaltered(read, "");
      Set<Long> offsets = new TreeSet<>(read.documents().stream().map(Document::offset).toList());
      assertEquals(100, offsets.size());
      WebFixtures.Read cut = read(web, Arrays.copyOf(packed, packed.length / 2));
      assertTrue(cut.documents().size() > 40, "half of the records are whole");
      assertEquals(List.of("gzip-truncated"), cut.reasons());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRecordThatIsTooLargeIsPassedOver(boolean packed) {
    byte[] large = htmlResponse(url(9), "<p>" + "x".repeat(500_000));
    byte[] whole = join(pack(record(1), packed), pack(large, packed), pack(record(2), packed));
    WebFixtures.Read read = read(web(10_000, 10_000), whole);
    assertEquals(List.of(text(1), text(2)), read.texts());
    assertEquals(List.of("too-large"), read.reasons());
    assertEquals(url(9), read.quarantined().get(0).url());
  }

  @Test
  void aWrongChecksumIsNotBelieved() {
    byte[] member = gzip(record(1));
    member[member.length - 8] ^= 1;
    WebFixtures.Read read = read(join(member, gzip(record(2))));
    assertEquals(List.of(text(2)), read.texts());
    assertEquals(List.of("gzip-corrupt"), read.reasons());
  }

  @Test
  void arcFilesPlainAndPacked() {
    byte[] head =
        WebFixtures.arc("filedesc://x.arc", bytes("1 0 Example\nURL IP Date Type Length\n"));
    byte[] page = http("Content-Type: text/html", bytes(html(5)));
    byte[] a = WebFixtures.arc("http://example.com/5", page);
    for (byte[] whole : List.of(join(head, a, a), join(gzip(head), gzip(a), gzip(a)))) {
      WebFixtures.Read read = read(whole);
      assertEquals(List.of(text(5), text(5)), read.texts());
      assertEquals(List.of(), read.quarantined());
      assertEquals("2008-04-30T20:48:25Z", read.documents().get(0).meta().get("date"));
    }
  }

  @Test
  void whatIsNoArchiveIsOneRow() {
    assertEquals(List.of("input-unreadable"), read(bytes("just a text\n".repeat(9999))).reasons());
    assertEquals(List.of("input-unreadable"), read(gzip(bytes("just a text\n"))).reasons());
    assertEquals(List.of("input-unreadable"), read(new byte[300_000]).reasons());
    assertEquals(List.of(), read(new byte[0]).reasons());
  }

  @Test
  void lineFeedsAloneAndMissingTrailersAreForgiven() {
    byte[] page = http("Content-Type: text/html", bytes(html(1)));
    String head = "WARC/1.0\nWARC-Type: response\nContent-Type: application/http\nContent-Length: ";
    byte[] record = join(bytes(head + page.length + "\n\n"), page, bytes("\n\n"));
    assertEquals(List.of(text(1), text(1)), read(join(record, record)).texts());
    byte[] cut = record(2);
    assertEquals(List.of(text(2)), read(gzip(Arrays.copyOf(cut, cut.length - 4))).texts());
  }
}
