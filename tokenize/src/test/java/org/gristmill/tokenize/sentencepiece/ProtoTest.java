package org.gristmill.tokenize.sentencepiece;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.gristmill.tokenize.model.ModelError;
import org.junit.jupiter.api.Test;

class ProtoTest {
  private static Proto of(int... bytes) {
    byte[] message = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      message[i] = (byte) bytes[i];
    }
    return new Proto(message);
  }

  /** The examples of the format's own documentation. */
  @Test
  void readsFields() {
    Proto integer = of(0x08, 0x96, 0x01);
    assertEquals(1, integer.next());
    assertEquals(150, integer.integer());
    assertEquals(0, integer.next());
    Proto string = of(0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67);
    assertEquals(2, string.next());
    assertEquals("testing", string.string());
    Proto inner = of(0x1a, 0x03, 0x08, 0x96, 0x01);
    assertEquals(3, inner.next());
    Proto message = inner.message();
    assertEquals(1, message.next());
    assertEquals(150, message.integer());
    Proto real = of(0x15, 0, 0, 0x80, 0xBF);
    assertEquals(2, real.next());
    assertEquals(-1.0f, real.real());
    Proto negative = of(0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01);
    negative.next();
    assertEquals(-1, negative.integer());
  }

  @Test
  void refusesWhatIsNone() {
    int[][] broken = {
      {0x08},
      {0x08, 0x96},
      {0x12, 0x07, 0x74},
      {0x0B},
      {0x00, 0x01},
      {0x15, 0, 0},
      {0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F}
    };
    for (int[] bytes : broken) {
      assertThrows(ModelError.class, () -> of(bytes).next());
    }
    Proto integer = of(0x08, 0x01);
    integer.next();
    assertThrows(ModelError.class, integer::string);
    assertThrows(ModelError.class, integer::real);
  }
}
