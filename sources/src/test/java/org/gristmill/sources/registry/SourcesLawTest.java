package org.gristmill.sources.registry;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Hash;
import org.gristmill.sources.Fixtures;
import org.gristmill.sources.Fixtures.Memory;
import org.gristmill.sources.Guard;
import org.gristmill.sources.Input;
import org.gristmill.sources.Source;
import org.gristmill.sources.Tally;
import org.gristmill.testing.Laws;
import org.junit.jupiter.api.Test;

/** What every registered source must obey. */
class SourcesLawTest {
  private static final Set<Class<?>> TYPES =
      Set.of(
          int.class,
          long.class,
          double.class,
          boolean.class,
          String.class,
          Duration.class,
          List.class);

  /** Mutants of one fixture under its own source. */
  private static final int MUTANTS = 100;

  @Test
  void namesAreClassNamesAndSettingsAreStable() {
    assertTrue(Sources.BY_NAME.size() >= 5);
    Sources.BY_NAME.forEach(
        (name, source) -> {
          assertEquals(Blocks.name(source.getClass()), name);
          assertTrue(source.getClass().isRecord(), name);
          for (RecordComponent setting : source.getClass().getRecordComponents()) {
            assertTrue(
                TYPES.contains(setting.getType()) || setting.getType().isEnum(),
                name + ": " + setting);
          }
          assertEquals(source, Blocks.with((Record) source, Map.of()));
        });
  }

  @Test
  void everySourceIsRegistered() throws Exception {
    for (Class<?> type : Laws.implementations(Source.class)) {
      assertTrue(
          Sources.BY_NAME.values().stream().anyMatch(s -> s.getClass() == type),
          type + " is missing in Sources.BY_NAME");
    }
  }

  @Test
  void serialisationKeepsSettings() throws Exception {
    for (Source source : Sources.BY_NAME.values()) {
      assertEquals(source, Laws.sent(source));
    }
  }

  @Test
  void soundFixturesGiveDocuments() throws IOException {
    for (Map.Entry<String, Source> entry : Sources.BY_NAME.entrySet()) {
      Map<String, byte[]> files = LawFixtures.of(entry.getKey());
      assertFalse(files.isEmpty(), entry.getKey() + " has no fixture");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        List<Found> found = Fixtures.read(entry.getValue(), file.getKey(), file.getValue());
        assertFalse(Fixtures.documents(found).isEmpty(), entry.getKey() + " " + file.getKey());
      }
    }
  }

  @Test
  void emptyFilesGiveNothing() {
    for (Source source : Sources.BY_NAME.values()) {
      assertEquals(List.of(), Fixtures.read(source, "a.txt", new byte[0]));
    }
  }

  @Test
  void mutantsNeverThrow() throws IOException {
    for (Map.Entry<String, Source> entry : Sources.BY_NAME.entrySet()) {
      for (Map.Entry<String, byte[]> file : LawFixtures.of(entry.getKey()).entrySet()) {
        String what = entry.getKey() + " " + file.getKey();
        for (int seed = 0; seed < MUTANTS; seed++) {
          check(entry.getValue(), file.getKey(), mutant(file.getValue(), seed), what + seed);
        }
      }
    }
  }

  @Test
  void foreignFilesNeverThrow() throws IOException {
    for (Map.Entry<String, Source> entry : Sources.BY_NAME.entrySet()) {
      for (String other : Sources.BY_NAME.keySet()) {
        for (Map.Entry<String, byte[]> file : LawFixtures.of(other).entrySet()) {
          String what = entry.getKey() + " on " + file.getKey();
          check(entry.getValue(), file.getKey(), file.getValue(), what);
        }
      }
    }
  }

  @Test
  void randomBytesNeverThrow() throws IOException {
    for (Map.Entry<String, Source> entry : Sources.BY_NAME.entrySet()) {
      for (int seed = 0; seed < 100; seed++) {
        byte[] bytes = new byte[1 + seed * 13];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) Hash.xx64(seed, Integer.toString(i));
        }
        check(entry.getValue(), "a.bin", bytes, entry.getKey() + " random " + seed);
      }
    }
  }

  @Test
  void failuresOfTheStreamRise() throws IOException {
    for (Map.Entry<String, Source> entry : Sources.BY_NAME.entrySet()) {
      for (Map.Entry<String, byte[]> file : LawFixtures.of(entry.getKey()).entrySet()) {
        Input broken = new Broken(new Memory(file.getKey(), file.getValue()));
        IOException risen =
            assertThrows(
                IOException.class,
                () -> Guard.read(entry.getValue(), broken, found -> {}),
                entry.getKey() + " " + file.getKey());
        assertEquals("the disk broke", risen.getMessage());
      }
    }
  }

  /** Fails in the middle. */
  private record Broken(Memory whole) implements Input {
    @Override
    public String source() {
      return "test";
    }

    @Override
    public String file() {
      return whole.file();
    }

    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public long length() {
      return whole.length();
    }

    @Override
    public InputStream open() {
      return new InputStream() {
        private int left = whole.bytes().length / 2;

        @Override
        public int read() throws IOException {
          if (left == 0) {
            throw new IOException("the disk broke");
          }
          return whole.bytes()[whole.bytes().length / 2 - left--] & 0xFF;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
          if (len == 0) {
            return 0;
          }
          b[off] = (byte) read();
          return 1;
        }
      };
    }
  }

  /** Reads twice: nothing rises, both readings agree, no id comes twice, counts add up. */
  private static void check(Source source, String name, byte[] bytes, String what)
      throws IOException {
    List<Found> first = new ArrayList<>();
    Tally tally = Guard.read(source, new Memory(name, bytes), first::add);
    assertEquals(first.size(), tally.documents() + tally.quarantined(), what);
    assertEquals(first, Fixtures.read(source, name, bytes), what);
    Set<String> ids = new HashSet<>();
    for (Found found : first) {
      if (found instanceof Document document) {
        assertTrue(ids.add(document.id()), what);
      }
    }
  }

  /** One to four faults: a flipped bit, a cut, a hole, a doubled or a foreign piece. */
  static byte[] mutant(byte[] original, int seed) {
    byte[] bytes = original;
    int faults = 1 + seed % 4;
    for (int i = 0; i < faults && bytes.length > 1; i++) {
      long chance = Hash.xx64(seed, "fault " + i);
      int at = (int) Long.remainderUnsigned(chance, bytes.length);
      int length = Math.min(bytes.length - at, (int) (chance >>> 58) + 1);
      byte[] head = Fixtures.cut(bytes, at);
      byte[] piece = java.util.Arrays.copyOfRange(bytes, at, at + length);
      byte[] tail = java.util.Arrays.copyOfRange(bytes, at + length, bytes.length);
      bytes =
          switch ((int) (chance >>> 40) & 7) {
            case 0 -> head;
            case 1 -> Fixtures.join(head, tail);
            case 2 -> Fixtures.join(head, piece, piece, tail);
            case 3 -> Fixtures.join(head, new byte[length], tail);
            case 4 -> Fixtures.join(head, utf8("<[{\"\\|}]>&\u0000山"), tail);
            default -> {
              byte[] flipped = bytes.clone();
              flipped[at] ^= (byte) (1 << (chance >>> 50 & 7));
              yield flipped;
            }
          };
    }
    return bytes;
  }
}
