package org.gristmill.dedup.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What readers make of files that something happened to. */
final class Damage {
  /** Everything that a reader can tell of a file. */
  interface Everything {
    List<String> of(byte[] file) throws IOException;
  }

  /** What a reader's constructor does. */
  interface Opening {
    void of(byte[] file) throws IOException;
  }

  private Damage() {}

  /** Every byte changed in every bit, in one bit, and to zero. */
  static void changedBytesAreNoticed(byte[] file, Everything everything) throws IOException {
    List<String> whole = everything.of(file);
    int noticed = 0;
    int changes = 0;
    for (int i = 0; i < file.length; i++) {
      for (int to : new int[] {file[i] ^ 0xFF, file[i] ^ 1 << i % 8, 0}) {
        byte[] changed = file.clone();
        changed[i] = (byte) to;
        changes += Arrays.equals(changed, file) ? 0 : 1;
        try {
          assertEquals(whole, everything.of(changed), "byte " + i);
        } catch (IOException e) {
          assertTrue(e.getMessage().matches(".*(damaged|format|byte).*"), e.getMessage());
          noticed++;
        }
      }
    }
    assertEquals(changes, noticed, "nothing in a file is without a meaning");
  }

  /** Cut at either end, or with something added to either end: not even opened. */
  static void cutFilesAreRefused(byte[] file, Opening opening) {
    for (int i = 0; i < file.length; i++) {
      byte[] head = Arrays.copyOf(file, i);
      assertThrows(IOException.class, () -> opening.of(head), "first " + i + " bytes");
      if (i > 0) {
        byte[] rest = Arrays.copyOfRange(file, i, file.length);
        assertThrows(IOException.class, () -> opening.of(rest), "all but " + i + " bytes");
      }
    }
    byte[] before = new byte[file.length + 1];
    System.arraycopy(file, 0, before, 1, file.length);
    assertThrows(IOException.class, () -> opening.of(before));
    byte[] after = Arrays.copyOf(file, file.length + 1);
    assertThrows(IOException.class, () -> opening.of(after));
  }
}
