package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  @Test
  void looksPastWhatTransportChanges() {
    String key = ContentHash.of(Text.of("Café\n\nif x:\n    y"));
    for (String same :
        List.of(
            "Cafe\u0301\n\nif x:\n    y",
            "Café\r\n\r\nif x:\r\n    y\r\n",
            "Café\r\rif x:\r    y",
            "\n \nCafé \t\n\u3000\n\n\n\nif x:\u00A0\n    y\n\n")) {
      assertEquals(key, ContentHash.of(Text.of(same)), same);
    }
  }

  @Test
  void everythingElseCounts() {
    String key = ContentHash.of(Text.of("if x:\n    y\nz"));
    for (String other :
        List.of(
            "if x:\n    y\n    z",
            "if x:\n\ty\nz",
            "If x:\n    y\nz",
            "if x:\n    y\n\nz",
            "if  x:\n    y\nz",
            " if x:\n    y\nz",
            "if x:\n    y z",
            "")) {
      assertNotEquals(key, ContentHash.of(Text.of(other)), other);
    }
  }

  @Test
  void normalizingTwiceChangesNothing() {
    String alphabet = "a \n\r\t\u0301\u00E9\u3000\u212B\uAC00\u11A8中\u2028\0";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < i % 25; j++) {
        long random = Hash.xx64(i, Integer.toString(j));
        text.append(alphabet.charAt((int) Long.remainderUnsigned(random, alphabet.length())));
      }
      String once = ContentHash.normalized(text.toString());
      assertEquals(once, ContentHash.normalized(once));
    }
  }

  /** Stored keys must stay comparable; a change of the rule needs another {@code RULE}. */
  @Test
  void keysStayAsTheyAre() {
    assertEquals(
        Hash.sha256Hex("nfc-lines-1\nA\n\nb").substring(0, 32),
        ContentHash.of(Text.of("A\n\n\nb ")));
    assertEquals(32, ContentHash.of(Text.EMPTY).length());
  }
}
