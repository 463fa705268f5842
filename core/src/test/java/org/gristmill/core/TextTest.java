package org.gristmill.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\0", "é中👍", "\uFFFD", "\uDBFF\uDFFF"})
  void wellFormedStringsStay(String string) {
    byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
    for (Text text : new Text[] {Text.of(string), Text.of(utf8), Text.trusted(utf8)}) {
      assertEquals(string, text.toString());
      assertArrayEquals(utf8, text.bytes());
      assertEquals(utf8.length, text.length());
      assertEquals(Text.of(string), text);
      assertEquals(Text.of(string).hashCode(), text.hashCode());
      assertEquals(string.isEmpty(), text.isEmpty());
    }
  }

  @Test
  void loneSurrogatesBecomeReplacementCharacters() {
    assertEquals("\uFFFD", Text.of("\uD800").toString());
    assertEquals("a\uFFFDb", Text.of("a\uDC00b").toString());
    assertEquals("\uFFFD\uFFFD", Text.of("\uDC00\uD800").toString());
    assertEquals("\uFFFD👍", Text.of("\uD83D\uD83D\uDC4D").toString());
    assertEquals(Text.of("a\uFFFD"), Text.of("a\uDBFF"));
  }

  @Test
  void invalidBytesBecomeReplacementCharacters() {
    byte[][] invalid = {
      {(byte) 0xFF},
      {(byte) 0xC0, (byte) 0x80},
      {(byte) 0xE4, (byte) 0xB8},
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
      {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}
    };
    for (byte[] bytes : invalid) {
      Text text = Text.of(bytes);
      assertTrue(text.toString().contains("\uFFFD"));
      assertEquals(text, Text.of(text.bytes()));
      assertEquals(text.toString(), new String(text.bytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void orderIsThatOfCodePoints() {
    Text wide = Text.of("\uFFFD");
    Text supplementary = Text.of("👍");
    assertTrue(wide.compareTo(supplementary) < 0);
    assertTrue(Text.EMPTY.compareTo(wide) < 0);
    assertEquals(0, wide.compareTo(Text.of("\uFFFD")));
    assertNotEquals(wide, supplementary);
  }

  @Test
  void sameAfterSerialization() throws Exception {
    Text text = Text.of("é中👍");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(text);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Text copy = (Text) in.readObject();
      assertEquals(text, copy);
      assertEquals("é中👍", copy.toString());
    }
  }
}
