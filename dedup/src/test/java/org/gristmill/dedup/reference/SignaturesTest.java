package org.gristmill.dedup.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.gristmill.dedup.reference.DatatroveMinHash.ShingleHash;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Against what {@code src/bench/signatures/reference.py} had the tools themselves put out. */
class SignaturesTest {
  private static List<JsonNode> fixture() throws IOException {
    try (InputStream in = SignaturesTest.class.getResourceAsStream("signatures.jsonl")) {
      return new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(in).readAll();
    }
  }

  @Test
  void datatroveBitForBit() throws IOException {
    int signed = 0;
    for (JsonNode row : fixture()) {
      String text = row.get("text").asText();
      assertEquals(row.get("simplified").asText(), DatatroveMinHash.simplified(text));
      List<String> words = new ArrayList<>();
      row.get("words").forEach(word -> words.add(word.asText()));
      assertArrayEquals(longs(row.get("xxhash")), DatatroveMinHash.DEFAULT.sign(words), text);
      assertArrayEquals(longs(row.get("sha1")), DatatroveMinHash.FINEWEB.sign(words), text);
      signed += words.size() >= 5 ? 1 : 0;
    }
    assertTrue(signed >= 5);
  }

  @Test
  void datatrovesRecords() throws IOException {
    long[] signature = longs(fixture().get(0).get("xxhash"));
    byte[] record = DatatroveMinHash.DEFAULT.record(signature, 13, 7);
    ByteBuffer buffer = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(68, record.length);
    assertEquals(signature[104], buffer.getLong());
    assertEquals(7, buffer.getInt(64));
    assertThrows(
        IllegalArgumentException.class, () -> new DatatroveMinHash(5, 14, 8, -1, ShingleHash.SHA1));
  }

  @Test
  void dataPrepKitBitForBit() throws IOException {
    for (JsonNode row : fixture()) {
      check(row);
    }
  }

  private static void check(JsonNode row) {
    String text = row.get("text").asText();
    int[] signature = DataPrepKitMinHash.DEFAULT.sign(text);
    assertArrayEquals(longs(row.get("fdedup")), unsigned(signature), text);
    long[] bands = DataPrepKitMinHash.DEFAULT.bandHashes(signature);
    assertArrayEquals(longs(row.get("bands")), bands, text);
  }

  /** Its own expected files, where {@code -Dfdedup=FILE} says what they hold. */
  @Test
  void dataPrepKitsOwnFiles() throws IOException {
    String file = System.getProperty("fdedup", "");
    Assumptions.assumeFalse(
        file.isEmpty(), "-Dfdedup=FILE says what src/bench/signatures/reference.py golden put out");
    List<DataPrepKitMinHash.Signed> documents = new ArrayList<>();
    TreeSet<Long> gone = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of(file))) {
      JsonNode row = new ObjectMapper().readTree(line);
      check(row);
      long id = row.get("id").asLong();
      documents.add(DataPrepKitMinHash.DEFAULT.signed(id, row.get("text").asText()));
      assertEquals(row.get("length").asInt(), documents.get(documents.size() - 1).length());
      if (row.get("gone").asBoolean()) {
        gone.add(id);
      }
    }
    assertEquals(12, documents.size());
    assertEquals(gone, DataPrepKitMinHash.DEFAULT.removed(documents));
  }

  /** The longest stays and takes away what is like it; the rest begins anew. */
  @Test
  void dataPrepKitsDecisions() {
    DataPrepKitMinHash two = new DataPrepKitMinHash(1, 1, 4, 42, 0.75);
    DataPrepKitMinHash.Signed a = new DataPrepKitMinHash.Signed(1, 10, new int[] {1, 2, 3, 4});
    DataPrepKitMinHash.Signed b = new DataPrepKitMinHash.Signed(2, 12, new int[] {1, 2, 3, 4});
    DataPrepKitMinHash.Signed c = new DataPrepKitMinHash.Signed(3, 12, new int[] {1, 2, 3, 4});
    DataPrepKitMinHash.Signed d = new DataPrepKitMinHash.Signed(4, 99, new int[] {1, 2, 3, 5});
    assertEquals(new TreeSet<>(List.of(1L, 3L)), two.removed(List.of(a, b, c, d)));
    assertEquals(0.75, DataPrepKitMinHash.similarity(a.signature(), d.signature()));
  }

  /** Python's mmh3 5.3.1, of n bytes from 200 on: {@code mmh3.hash64(bytes, 42)[0]}. */
  @Test
  void murmurOfAnyLength() {
    long[] expected = {
      -1140915396076141277L,
      -2141001388541434439L,
      -1359912672773244312L,
      -8164447865862230077L,
      -3428756649343173445L,
      -682920699304685573L,
      -2165771985231932659L,
      -3384589403627050227L,
      -1654812082299689357L,
      6161183981948932471L,
      6436299865150113284L,
      6910241864796034051L,
      3443085546639354688L,
      3600431444249958973L,
      501613482496025245L,
      -1273996900280990707L,
      3277700637730104799L,
      4514009347185695962L,
      -3934985708599987350L,
      -5468609982808828144L,
      -588257439713321648L,
      -251715518084436422L,
      -7934988391702631997L,
      -3105537197785019859L,
      7895236507550674121L,
      4699086914029254828L,
      -7912779720336772896L,
      1872671898432225031L,
      -2301775689989907175L,
      33037122736785763L,
      -6835801834198707885L,
      -6160785902467493647L,
      3817812936617606641L,
      2624826640907841200L,
      -6160126881229200639L
    };
    for (int n = 0; n < expected.length; n++) {
      byte[] bytes = new byte[n];
      IntStream.range(0, n).forEach(i -> bytes[i] = (byte) (i + 200));
      assertEquals(expected[n], Murmur3.hash64(bytes, 42), "of length " + n);
    }
  }

  private static long[] longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToLong(value -> value.bigIntegerValue().longValue())
        .toArray();
  }

  private static long[] unsigned(int[] signature) {
    return Arrays.stream(signature).asLongStream().map(value -> value & 0xFFFFFFFFL).toArray();
  }
}
