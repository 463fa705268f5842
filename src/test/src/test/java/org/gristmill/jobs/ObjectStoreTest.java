package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.gristmill.jobs.ObjectStoreData.Fault;
import org.gristmill.jobs.ObjectStoreData.Kind;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The object store of the tests is as awkward as a real one, and a pipeline runs on it. */
class ObjectStoreTest {
  private static final String BUCKET = "object-store-test";

  @TempDir private Path folder;

  private ObjectStoreData data;
  private FileSystem files;

  @BeforeEach
  void open() throws Exception {
    data = ObjectStoreData.of(BUCKET);
    Configuration hadoop = ObjectStore.register(new Configuration());
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    files = path("").getFileSystem(hadoop);
  }

  @AfterEach
  void forget() {
    ObjectStoreData.remove(BUCKET);
  }

  private static org.apache.hadoop.fs.Path path(String key) {
    return new org.apache.hadoop.fs.Path("s3a://" + BUCKET + "/" + key);
  }

  private void write(String key) throws IOException {
    try (OutputStream out = files.create(path(key), false)) {
      out.write(key.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void anObjectAppearsWholeWhenItIsClosedAndOneOfTwoWins() throws Exception {
    OutputStream first = files.create(path("a"), false);
    OutputStream second = files.create(path("a"), false);
    first.write('1');
    first.flush();
    second.write('2');
    assertFalse(files.exists(path("a")));
    second.close();
    assertThrows(FileAlreadyExistsException.class, first::close);
    assertEquals("2", data.text("a"));
  }

  @Test
  void aRenameCutShortLeavesBothHalves() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      write("from/" + name);
    }
    data.fail(Set.of(Kind.COPY), key -> true, 2, Fault.REFUSED);
    assertThrows(IOException.class, () -> files.rename(path("from"), path("to")));
    assertEquals(List.of("from/b", "from/c", "to/a"), data.keys());
    assertTrue(files.rename(path("from"), path("elsewhere")));
    assertEquals(List.of("elsewhere/b", "elsewhere/c", "to/a"), data.keys());
  }

  @Test
  void foldersAreWhatKeysHaveInCommon() throws Exception {
    write("root/b/2");
    write("root/a");
    write("root/b/1");
    String[] names =
        Arrays.stream(files.listStatus(path("root")))
            .map(status -> status.getPath().getName())
            .toArray(String[]::new);
    assertArrayEquals(new String[] {"a", "b"}, names);
    files.delete(path("root/b"), true);
    assertFalse(files.exists(path("root/b")));
    long before = files.getFileStatus(path("root/a")).getModificationTime();
    files.setTimes(path("root/a"), 0, 0);
    assertEquals(before, files.getFileStatus(path("root/a")).getModificationTime());
  }

  @Test
  void aDriverThatIsCutOffStaysSo() throws Exception {
    data.fail(Kind.CHANGES, key -> true, 2, Fault.CUT_OFF);
    write("a");
    assertThrows(IOException.class, () -> write("b"));
    assertThrows(IOException.class, () -> files.exists(path("a")));
    data.heal();
    write("b");
    assertEquals(List.of("a", "b"), data.keys());
  }

  @Test
  void aPipelineRunsOnItAndHasNothingToDoTheSecondTime() throws Exception {
    Path input = folder.resolve("input");
    for (int i = 0; i < 6; i++) {
      Fixtures.write(input.resolve("book-" + i + ".txt"), Sentences.english(i, 100));
    }
    Path conf = folder.resolve("store.conf");
    Files.writeString(
        conf,
        """
        name = store
        root = "s3a://%s/root"
        spark { %s }
        steps = [
          { job = ingest, source = book, from = "%s" }
          { job = filter, filters = [ { name = length, minChars = 100, maxChars = 200000 } ] }
          { job = sign }
          { job = cluster }
          { job = tokenize, tokenizer = r50k_base }
          { job = pack, sequenceTokens = 256, shardTokens = 4096, formats = [arrow] }
        ]
        """
            .formatted(BUCKET, ObjectStore.SPARK, input));
    Fixtures.Printed first = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, first.code(), first.err());
    assertTrue(data.keys().contains("root/shards/latest.json"), data.keys().toString());
    Fixtures.Printed second = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, second.code(), second.err());
    assertTrue(second.err().contains("everything is up to date"), second.err());
    assertEquals(first.out(), second.out());
  }
}
