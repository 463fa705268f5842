package org.gristmill.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;

class HashTest {

  @Test
  void xx64IsThatOfAnotherImplementation() {
    XXHash64 other = XXHashFactory.safeInstance().hash64();
    byte[] bytes = new byte[1_100];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Hash.mix(i + 1);
    }
    for (long seed : new long[] {0, 1, -1, 2_654_435_761L, Long.MIN_VALUE}) {
      for (int length = 0; length <= 1_000; length++) {
        int from = length % 97;
        assertEquals(other.hash(bytes, from, length, seed), Hash.xx64(seed, bytes, from, length));
      }
    }
  }

  /** Published values: of nothing, and of "abc", with seed 0. */
  @Test
  void xx64OfStrings() {
    assertEquals(0xEF46DB3751D8E999L, Hash.xx64(0, ""));
    assertEquals(0x44BC2CF5AD770999L, Hash.xx64(0, "abc"));
    byte[] utf8 = "a中👍".getBytes(StandardCharsets.UTF_8);
    assertEquals(Hash.xx64(5, utf8, 0, utf8.length), Hash.xx64(5, "a中👍"));
  }

  /** FIPS 180-2, appendix B.1. */
  @Test
  void sha256() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Hash.sha256Hex("abc"));
  }

  @Test
  void idsTellTheirPartsApart() {
    Text text = Text.of("text");
    String id = Hash.id("web", "file", "7", text);
    assertEquals(Hash.sha256Hex("web\0file\0" + "7\0text").substring(0, 32), id);
    assertNotEquals(id, Hash.id("webf", "ile", "7", text));
    assertNotEquals(id, Hash.id("web", "file7", "", text));
    assertNotEquals(id, Hash.id("web", "file", "7", Text.of("Text")));
  }
}
