package org.gristmill.dedup.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final long[] EXTREMES = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};

  @TempDir Path folder;

  private record Entry(long key, long id) {
    static final Comparator<Entry> ORDER =
        Comparator.<Entry, Long>comparing(Entry::key, Long::compareUnsigned)
            .thenComparing(Entry::id, Long::compareUnsigned);

    byte[] bytes() {
      return ByteBuffer.allocate(16).putLong(id).putLong(~id).array();
    }
  }

  private byte[] write(int probeBits, List<Entry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (KeyFileWriter writer = new KeyFileWriter(out, probeBits, folder)) {
      for (Entry entry : entries) {
        writer.add(entry.key(), entry.bytes());
      }
      writer.finish();
    }
    return out.toByteArray();
  }

  private static String line(long key, byte[] id) {
    return HexFormat.of().toHexDigits(key) + ' ' + HexFormat.of().formatHex(id);
  }

  private static List<String> lookup(KeyFileReader reader, long... keys) throws IOException {
    List<String> found = new ArrayList<>();
    reader.lookup(LongStream.of(keys).iterator(), (key, id) -> found.add(line(key, id)));
    return found;
  }

  private static long[] sorted(LongStream keys) {
    return keys.boxed().sorted(Long::compareUnsigned).mapToLong(x -> x).toArray();
  }

  /** Random keys, one in eight of them twice or more, and the extreme ones. */
  private static List<Entry> entries(int n, long seed) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long random = Hash.mix(Hash.mix(seed) + i);
      long key = i < EXTREMES.length ? EXTREMES[i] : random;
      boolean again = i >= 2 * EXTREMES.length && (random & 7) == 0;
      entries.add(new Entry(again ? entries.get(i / 2).key() : key, Hash.mix(random + 1)));
    }
    entries.sort(Entry.ORDER);
    return entries;
  }

  private static List<Entry> even(int n) {
    return LongStream.range(0, n)
        .mapToObj(i -> new Entry(Hash.mix(i), i))
        .sorted(Entry.ORDER)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1023, 1024, 1025, 4095, 4096, 4097, 8193, 20_000})
  void findsWhatALinearSearchFinds(int n) throws IOException {
    List<Entry> entries = entries(n, n);
    for (int bits : new int[] {1, 7, KeyFile.probeBits(n), 40, 63, 64}) {
      TreeMap<Long, List<Entry>> byProbe = new TreeMap<>();
      for (Entry entry : entries) {
        byProbe.computeIfAbsent(entry.key() >>> -bits, p -> new ArrayList<>()).add(entry);
      }
      int step = bits < 10 ? Math.max(1, n / 4) : Math.max(1, n / 40_000);
      LongStream present =
          LongStream.range(0, n)
              .filter(i -> i % step == 0)
              .map(i -> entries.get((int) i).key())
              .flatMap(key -> LongStream.of(key - 1, key, key, key ^ 1L << 20));
      long[] keys = sorted(LongStream.concat(LongStream.of(EXTREMES), present));
      List<String> expected = new ArrayList<>();
      for (long key : keys) {
        byProbe
            .getOrDefault(key >>> -bits, List.of())
            .forEach(entry -> expected.add(line(key, entry.bytes())));
      }
      KeyFileReader reader = new KeyFileReader(new BytesAccess(write(bits, entries)));
      assertEquals(n, reader.entries());
      assertEquals(bits, reader.probeBits());
      assertTrue(expected.equals(lookup(reader, keys)), n + " entries, probes of " + bits);
      assertEquals(
          byProbe.getOrDefault(-1L >>> -bits, List.of()).size(), lookup(reader, -1).size());
      assertEquals(byProbe.getOrDefault(0L, List.of()).size(), lookup(reader, 0).size());
    }
  }

  @Test
  void aKeyOfManyBlocksIsFoundWhole() throws IOException {
    List<Entry> entries = new ArrayList<>(even(10_000));
    for (int i = 0; i < 70_000; i++) {
      entries.add(new Entry(Long.MIN_VALUE, Hash.mix(i)));
    }
    entries.sort(Entry.ORDER);
    BytesAccess file = new BytesAccess(write(24, entries));
    KeyFileReader reader = new KeyFileReader(file);
    long[] keys = {5, Long.MIN_VALUE, Long.MIN_VALUE, -5};
    List<String> found = lookup(reader, keys);
    long others = found.stream().filter(l -> !l.startsWith("80000000")).count();
    assertEquals(140_000, found.size() - others);
    assertEquals(found.subList((int) others, found.size()).stream().distinct().count(), 70_000);
    assertTrue(file.longest <= 1 << 18, "longest read " + file.longest);
  }

  @Test
  void millionEntriesAreSmallAndFalseHitsAreRare() throws IOException {
    int n = 1_000_000;
    List<Entry> entries = even(n);
    byte[] bytes = write(KeyFile.probeBits(n), entries);
    double probeBytes = (bytes.length - 16.0 * n) / n;
    assertTrue(probeBytes < 1.6, probeBytes + " bytes an entry, with checksums and footer");

    BytesAccess file = new BytesAccess(bytes);
    KeyFileReader reader = new KeyFileReader(file);
    long[] absent = sorted(LongStream.range(n, 2L * n).map(Hash::mix));
    int[] hits = {0};
    reader.lookup(
        LongStream.of(absent).iterator(),
        (key, id) -> {
          hits[0]++;
          assertEquals(key >>> 34, Hash.mix(ByteBuffer.wrap(id).getLong()) >>> 34);
        });
    assertEquals(n / 1074.0, hits[0], 100, "2^30 probes, 10^6 entries, 10^6 keys");
    assertTrue(reader.bytesRead() < bytes.length + 5_000, "nothing is read twice");

    long before = reader.bytesRead();
    long[] part = sorted(LongStream.of(absent).filter(key -> key >>> 56 == 0x77));
    lookup(reader, part);
    assertTrue(reader.bytesRead() - before < bytes.length / 200, "a 256th of the keys");
    assertTrue(file.longest <= 1 << 18, "longest read " + file.longest);
    // Blocks and ids each in order; ids far from each other in reads of their own.
    assertTrue(file.reads < 1_100 + 4 * bytes.length / (1 << 18), file.reads + " reads");
  }

  @Test
  void readsBlocksAloneWhereNothingIsFound() throws IOException {
    byte[] bytes = write(64, even(200_000));
    KeyFileReader reader = new KeyFileReader(new BytesAccess(bytes));
    long[] absent = sorted(LongStream.range(200_000, 400_000).map(Hash::mix));
    assertEquals(List.of(), lookup(reader, absent));
    long idBytes = 200_000 * 16 + 200_000 / 64 * 4;
    assertTrue(reader.bytesRead() < bytes.length - idBytes + 5_000);
  }

  @Test
  void damageIsNoticed() throws IOException {
    List<Entry> entries = entries(70, 3);
    long[] keys = entries.stream().mapToLong(Entry::key).toArray();
    byte[] file = write(20, entries);
    Damage.Everything everything =
        bytes -> {
          KeyFileReader reader = new KeyFileReader(new BytesAccess(bytes));
          List<String> found = lookup(reader, keys);
          found.add(reader.entries() + " " + reader.probeBits());
          return found;
        };
    Damage.changedBytesAreNoticed(file, everything);
    Damage.cutFilesAreRefused(file, bytes -> new KeyFileReader(new BytesAccess(bytes)));
    Damage.changedBytesAreNoticed(write(20, List.of()), everything);
  }

  @Test
  void aDamagedBlockStaysDamaged() throws IOException {
    byte[] file = write(64, entries(100, 4));
    file[100 * 16 + 8 + 5] ^= 1;
    KeyFileReader reader = new KeyFileReader(new BytesAccess(file));
    for (int i = 0; i < 2; i++) {
      IOException e = assertThrows(IOException.class, () -> lookup(reader, 7));
      assertEquals("block 0 of 1 is damaged: its checksum differs", e.getMessage());
    }
  }

  @Test
  void refusesEntriesThatDoNotAscend() throws IOException {
    try (KeyFileWriter writer = new KeyFileWriter(new ByteArrayOutputStream(), 30, folder)) {
      writer.add(-5, new Entry(-5, 7).bytes());
      for (Entry entry : List.of(new Entry(-5, 7), new Entry(-5, 6), new Entry(3, 8))) {
        assertThrows(IllegalArgumentException.class, () -> writer.add(entry.key(), entry.bytes()));
      }
      assertThrows(IllegalArgumentException.class, () -> writer.add(-1, new byte[15]));
      writer.add(-5, new Entry(-5, -7).bytes());
    }
    for (int bits : new int[] {0, 65, -1}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new KeyFileWriter(new ByteArrayOutputStream(), bits, folder));
    }
    KeyFileReader reader = new KeyFileReader(new BytesAccess(write(30, List.of())));
    assertThrows(IllegalArgumentException.class, () -> lookup(reader, -1, 1));
    assertNoSpool();
  }

  @Test
  void whatIsNotFinishedIsNoFile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (KeyFileWriter writer = new KeyFileWriter(out, 30, folder)) {
      for (Entry entry : even(10_000)) {
        writer.add(entry.key(), entry.bytes());
      }
    }
    assertThrows(IOException.class, () -> new KeyFileReader(new BytesAccess(out.toByteArray())));
    assertNoSpool();
  }

  private void assertNoSpool() throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void probesHaveTenBitsMoreThanEntries() {
    assertArrayEquals(
        new int[] {10, 10, 11, 12, 30, 41, 42, 64},
        LongStream.of(0, 1, 2, 3, 1_000_000, 1L << 31, (1L << 31) + 1, Long.MAX_VALUE)
            .mapToInt(KeyFile::probeBits)
            .toArray());
  }

  /** Who changes these bytes changes the number in the format's name, and refuses the old. */
  @Test
  void theFormatStaysAsItIs() throws IOException {
    byte[] file = write(24, entries(9_000, 1));
    assertEquals(
        "161aeb83379e9a149f966a398ee4d62c1070d2c569a62e56f90dd09a2e85483c", Hash.sha256Hex(file));
    assertArrayEquals(file, write(24, entries(9_000, 1)));
    assertEquals("gmkeys01", new String(file, file.length - 8, 8, StandardCharsets.US_ASCII));
  }
}
