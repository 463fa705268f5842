package org.gristmill.sources;

import static org.gristmill.sources.Fixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Hash;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.sources.Fixtures.Memory;
import org.gristmill.sources.book.Book;
import org.gristmill.sources.code.Code;
import org.gristmill.sources.jsonl.Jsonl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  /** Finds one document, then breaks. */
  private record Fragile(Throwable fault) implements Source {
    @Override
    public void read(Input input, Consumer<Found> out) throws IOException {
      new Finder(Jsonl.class, input, out).document(17, "", "一", Map.of());
      if (fault instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) fault;
    }
  }

  @Test
  void aBreakingSourceIsARow() throws IOException {
    for (Throwable fault : List.of(new IllegalStateException("x"), new StackOverflowError())) {
      List<Found> found = new ArrayList<>();
      Tally tally = Guard.read(new Fragile(fault), new Memory("a", utf8("x")), found::add);
      assertEquals(new Tally(1, 1, 1, Hash.sha256Hex("x")), tally);
      Quarantined last = (Quarantined) found.get(1);
      assertEquals(Reason.PARSER_CRASH, last.reason());
      assertEquals(17, last.offset());
    }
    assertThrows(
        OutOfMemoryError.class,
        () ->
            Guard.read(
                new Fragile(new OutOfMemoryError()), new Memory("a", utf8("x")), found -> {}));
  }

  @Test
  void aFailureOfTheTakerRises() {
    RuntimeException own = new IllegalStateException("the table is full");
    byte[] lines = utf8("{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    RuntimeException risen =
        assertThrows(
            RuntimeException.class,
            () ->
                Guard.read(
                    Jsonl.DEFAULTS,
                    new Memory("a", lines),
                    found -> {
                      throw own;
                    }));
    assertSame(own, risen);
  }

  @Test
  void aFailureThatTheSourceSwallowsRisesToo() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Guard.read(
                Code.DEFAULTS,
                new Memory("a.py", utf8("x")),
                found -> {
                  throw new IllegalArgumentException("no such column");
                }));
  }

  @Test
  void anInterruptedBookRises() {
    Thread.currentThread().interrupt();
    assertThrows(
        IOException.class,
        () -> Guard.read(Book.DEFAULTS, new Memory("a.rtf", Fixtures.rtf()), found -> {}));
    assertTrue(Thread.interrupted());
  }

  @Test
  void countsBytesAndRows(@TempDir Path folder) throws IOException {
    byte[] lines = utf8("{\"text\":\"a\"}\n{\"texts\":\"b\"}\n");
    Path file = folder.resolve("sub").resolve("一.jsonl");
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
    LocalInput input = LocalInput.of("s", folder, file);
    assertEquals("sub/一.jsonl", input.name());
    String sha256 = Hash.sha256Hex(new String(lines, StandardCharsets.UTF_8));
    assertEquals(
        new Tally(1, 1, lines.length, sha256), Guard.read(Jsonl.DEFAULTS, input, found -> {}));
    assertEquals("一.jsonl", LocalInput.of("s", file, file).name());
  }

  /** Takes so much of the file, opens it again, and leaves both streams alone. */
  private record Early(int bytes) implements Source {
    @Override
    public void read(Input input, Consumer<Found> out) throws IOException {
      try (InputStream in = input.open()) {
        in.readNBytes(bytes);
      }
      try (InputStream in = input.open()) {
        in.readNBytes(bytes);
      }
    }
  }

  @Test
  void theWholeFileIsHashedWhateverIsRead() throws IOException {
    byte[] bytes = utf8("0123456789".repeat(30_000));
    String sha256 = Hash.sha256Hex(new String(bytes, StandardCharsets.UTF_8));
    for (int taken : List.of(0, 1, 70_000, bytes.length, bytes.length + 1)) {
      Tally tally = Guard.read(new Early(taken), new Memory("a", bytes), found -> {});
      assertEquals(sha256, tally.sha256(), taken + " bytes taken");
    }
    String nothing = Guard.read(new Early(1), new Memory("a", new byte[0]), f -> {}).sha256();
    assertEquals(Hash.sha256Hex(""), nothing);
  }

  @Test
  void aFileThatChangesIsTheMachinesFailure(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.jsonl"), utf8("{\"text\":\"a\"}\n"));
    for (long listed : new long[] {0, 5, 12, 14}) {
      Input input = new LocalInput("s", file, "a.jsonl", listed);
      IOException risen =
          assertThrows(
              IOException.class, () -> Guard.read(Jsonl.DEFAULTS, input, found -> {}), "" + listed);
      assertTrue(
          risen.getMessage().endsWith("while it was being read: 13 bytes, listed " + listed),
          risen.getMessage());
    }
  }

  @Test
  void whatTheMachineDoesWrongIsNoRow() {
    for (Throwable failure :
        List.of(
            new OutOfMemoryError(),
            new NoClassDefFoundError("x"),
            new InterruptedIOException(),
            new IOException("No space left on device"),
            new FileNotFoundException("/tmp/x (Too many open files)"),
            new FileSystemException("/tmp/x"))) {
      Throwable wrapped = new IllegalStateException(new IllegalStateException(failure));
      List<Found> found = new ArrayList<>();
      Throwable risen =
          assertThrows(
              Throwable.class,
              () -> Guard.read(new Fragile(wrapped), new Memory("a", utf8("x")), found::add));
      assertSame(failure, risen);
      assertEquals(1, found.size());
    }
  }

  @Test
  void aStreamsUncheckedFailureRisesToo() {
    RuntimeException own = new IllegalStateException("no credentials");
    Input broken =
        new Input() {
          private final Memory whole = new Memory("a.gz", utf8("x"));

          @Override
          public String source() {
            return whole.source();
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
            return 100;
          }

          @Override
          public InputStream open() {
            return new InputStream() {
              private int read;

              @Override
              public int read() {
                if (read++ == 12) {
                  throw own;
                }
                return read == 1 ? 0x1f : read == 2 ? 0x8b : read == 3 ? 8 : 0;
              }

              @Override
              public int read(byte[] b, int off, int len) {
                b[off] = (byte) read();
                return 1;
              }
            };
          }
        };
    RuntimeException risen =
        assertThrows(RuntimeException.class, () -> Guard.read(Jsonl.DEFAULTS, broken, found -> {}));
    assertSame(own, risen);
  }

  @Test
  void findingsAsJson() {
    Document document =
        Fixtures.documents(
                Fixtures.read(
                    Jsonl.DEFAULTS,
                    "a",
                    utf8("{\"id\":9,\"text\":\"一\\n\\\"二\\\"\",\"url\":\"u\"}")))
            .get(0);
    assertFalse(FoundJson.line(document).contains("\n"));
    Quarantined bad = new Quarantined("s", "wiki", "f", 5, "u", Reason.BAD_XML, "why");
    assertEquals(
        "{\"quarantined\":\"bad-xml\",\"source\":\"s\",\"kind\":\"wiki\",\"file\":\"f\","
            + "\"offset\":5,\"url\":\"u\",\"detail\":\"why\"}",
        FoundJson.line(bad));
  }
}
