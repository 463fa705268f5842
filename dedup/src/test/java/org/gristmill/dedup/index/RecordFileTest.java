package org.gristmill.dedup.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFileTest {

  private static byte[] write(TreeMap<byte[], byte[]> records) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RecordFileWriter writer = new RecordFileWriter(out)) {
      for (var record : records.entrySet()) {
        writer.add(record.getKey(), record.getValue());
      }
      writer.finish();
    }
    return out.toByteArray();
  }

  private static byte[] id(long high, long low) {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /** Ids of all kinds, the greatest among them; payloads of that many bytes or a little less. */
  private static TreeMap<byte[], byte[]> records(int n, int payloadBytes) {
    TreeMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < n; i++) {
      byte[] payload = new byte[Math.max(0, payloadBytes - i % 3)];
      for (int j = 0; j < payload.length; j++) {
        payload[j] = (byte) Hash.mix(i * 1_000L + j);
      }
      long high = i == 1 ? -1 : Hash.mix(i);
      records.put(id(high, i == 1 ? -1 : Hash.mix(-i)), payload);
    }
    return records;
  }

  private static List<String> get(RecordFileReader reader, Collection<byte[]> ids)
      throws IOException {
    List<String> answers = new ArrayList<>();
    reader.get(
        ids.iterator(),
        (id, payload) ->
            answers.add(
                HexFormat.of().formatHex(id)
                    + payload.map(bytes -> ' ' + HexFormat.of().formatHex(bytes)).orElse("")));
    return answers;
  }

  private static List<String> expected(TreeMap<byte[], byte[]> records, Collection<byte[]> ids) {
    return ids.stream()
        .map(
            id ->
                HexFormat.of().formatHex(id)
                    + (records.containsKey(id)
                        ? ' ' + HexFormat.of().formatHex(records.get(id))
                        : ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 1023, 1024, 1025, 20_000})
  void findsWhatAMapFinds(int n) throws IOException {
    for (int payloadBytes : n > 10_000 ? new int[] {8} : new int[] {0, 1, 448, 9_000}) {
      TreeMap<byte[], byte[]> records = records(n, payloadBytes);
      List<byte[]> ids = new ArrayList<>();
      for (byte[] id : records.keySet()) {
        for (int i : new int[] {0, 7, 15}) {
          byte[] other = id.clone();
          other[i]++;
          ids.add(other);
        }
        ids.add(id);
        ids.add(id);
      }
      ids.addAll(List.of(id(0, 0), id(0, 1), id(Long.MAX_VALUE, 0), id(-1, -2), id(-1, -1)));
      ids.sort(Arrays::compareUnsigned);
      RecordFileReader reader = new RecordFileReader(new BytesAccess(write(records)));
      assertEquals(n, reader.records());
      assertEquals(expected(records, ids), get(reader, ids));
    }
  }

  @Test
  void idsWithOnePrefixInManyGroupsAreFound() throws IOException {
    TreeMap<byte[], byte[]> records = records(500, 4);
    for (int i = 0; i < 400; i++) {
      records.put(id(Long.MAX_VALUE, 3L * i), new byte[] {1, 2, (byte) (i >> 8), (byte) i});
    }
    List<byte[]> ids = new ArrayList<>();
    for (int i = 0; i < 1_210; i++) {
      ids.add(id(Long.MAX_VALUE, i));
    }
    RecordFileReader reader = new RecordFileReader(new BytesAccess(write(records)));
    assertEquals(expected(records, ids), get(reader, ids));
  }

  @Test
  void readsOneGroupAnId() throws IOException {
    byte[] bytes = write(records(100_000, 112));
    BytesAccess file = new BytesAccess(bytes);
    RecordFileReader reader = new RecordFileReader(file);
    assertTrue(reader.bytesRead() < bytes.length / 1_000, "a footer of " + reader.bytesRead());
    int opened = file.reads;
    for (int i = 0; i < 10; i++) {
      long before = reader.bytesRead();
      get(reader, List.of(id(Hash.mix(50 + i), Hash.mix(-50 - i))));
      long read = reader.bytesRead() - before;
      assertTrue(read >= 16 << 10 && read < (16 << 10) + 136, "a group of " + read);
    }
    assertEquals(opened + 10, file.reads);
  }

  @Test
  void hundredThousandIdsInAMillionRecords() throws IOException {
    int n = 1_000_000;
    long[] highs = LongStream.range(0, n).map(Hash::mix).map(x -> x ^ Long.MIN_VALUE).toArray();
    Arrays.sort(highs);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RecordFileWriter writer = new RecordFileWriter(out)) {
      for (int i = 0; i < n; i++) {
        highs[i] ^= Long.MIN_VALUE;
        writer.add(id(highs[i], 7), ByteBuffer.allocate(8).putLong(i).array());
      }
      writer.finish();
    }
    byte[] bytes = out.toByteArray();
    BytesAccess file = new BytesAccess(bytes);
    RecordFileReader reader = new RecordFileReader(file);
    List<byte[]> ids = new ArrayList<>();
    for (int i = 5; i < n; i += 20) {
      ids.add(id(highs[i], 7));
      ids.add(id(highs[i] + 1, 7));
    }
    int[] answers = {0};
    reader.get(
        ids.iterator(),
        (id, payload) -> {
          int i = answers[0]++;
          assertSame(ids.get(i), id);
          assertEquals(i % 2 == 0, payload.isPresent());
          payload.ifPresent(found -> assertEquals(10 * i + 5, ByteBuffer.wrap(found).getLong()));
        });
    assertEquals(100_000, answers[0]);
    assertTrue(reader.bytesRead() < 1.05 * bytes.length, "nothing is read twice");
    assertTrue(file.longest <= 1 << 18, "longest read " + file.longest);
    assertTrue(file.reads < 1.5 * bytes.length / (1 << 18), file.reads + " reads");
  }

  @Test
  void damageIsNoticed() throws IOException {
    TreeMap<byte[], byte[]> records = records(150, 5);
    byte[] file = write(records);
    Damage.Everything everything =
        bytes -> {
          RecordFileReader reader = new RecordFileReader(new BytesAccess(bytes));
          List<String> answers = get(reader, records.keySet());
          answers.add(Long.toString(reader.records()));
          return answers;
        };
    Damage.changedBytesAreNoticed(file, everything);
    Damage.cutFilesAreRefused(file, bytes -> new RecordFileReader(new BytesAccess(bytes)));
    Damage.changedBytesAreNoticed(write(records(0, 5)), everything);
  }

  @Test
  void refusesRecordsThatDoNotAscend() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RecordFileWriter writer = new RecordFileWriter(out)) {
      writer.add(id(-5, 1), new byte[2]);
      for (byte[] id : List.of(id(-5, 1), id(-5, 0), id(3, 0), new byte[17])) {
        assertThrows(IllegalArgumentException.class, () -> writer.add(id, new byte[2]));
      }
      byte[] large = new byte[RecordFile.MAX_PAYLOAD_BYTES + 1];
      assertThrows(IllegalArgumentException.class, () -> writer.add(id(-1, 0), large));
    }
    assertThrows(IOException.class, () -> new RecordFileReader(new BytesAccess(out.toByteArray())));
    RecordFileReader reader = new RecordFileReader(new BytesAccess(write(records(9, 1))));
    assertThrows(IllegalArgumentException.class, () -> get(reader, List.of(id(-1, 0), id(1, 0))));
    assertThrows(IllegalArgumentException.class, () -> get(reader, List.of(new byte[15])));
  }

  /** Who changes these bytes changes the number in the format's name, and refuses the old. */
  @Test
  void theFormatStaysAsItIs() throws IOException {
    byte[] file = write(records(1_000, 12));
    assertEquals(
        "3fab9a1939fc3a21827ce026a1fab11d32b5fef045e6d3f3330d2f1910ab9a98", Hash.sha256Hex(file));
    assertEquals("gmrecs02", new String(file, file.length - 8, 8, StandardCharsets.US_ASCII));
  }
}
