package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Hash;
import org.gristmill.jobs.ingest.Parquet;
import org.gristmill.sources.ContentHash;
import org.gristmill.sources.Guard;
import org.gristmill.sources.LocalInput;
import org.gristmill.sources.Part;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Large files are read in parts, and nothing else comes of it. */
@ExtendWith(OneSpark.class)
class SplitTest {
  private static final int PART = 1500;
  private static final String IN_PARTS = "spark.hadoop.gristmill.test.part.bytes = " + PART;

  @TempDir Path folder;

  @Test
  void tablesAndShardsAreTheSame() throws IOException {
    Fixtures.corpus(folder.resolve("in"));
    parquet(folder.resolve("in/rows/a.parquet"), 200);
    String from = "{ job = ingest, from = \"" + folder.resolve("in") + "/";
    String steps =
        from
            + "web\", source = web }\n"
            + from
            + "wiki\", source = wiki }\n"
            + from
            + "books\", source = book }\n"
            + from
            + "rows\", source = parquet, url = url }\n"
            + from
            + "dialogue\", source = dialogue }";
    SmallPipeline whole = pipeline("whole").steps(steps).with("maxBroken = 0.1");
    SmallPipeline parts = pipeline("parts").steps(steps).with("maxBroken = 0.1", IN_PARTS);
    List<String> counts = counts(whole.runs());
    assertTrue(counts.size() > 5, counts.toString());
    assertEquals(counts, counts(parts.runs()));
    assertEquals(Fixtures.shards(whole.root()), Fixtures.shards(parts.root()));
    List<Row> expected = records(whole);
    assertTrue(expected.size() > 300);
    assertEquals(expected, records(parts));
    List<Row> files = files(whole);
    assertEquals(13, files.size());
    assertEquals(files, files(parts));
    assertTrue(rowsOfFiles(parts) > 60 && rowsOfFiles(whole) == files.size());
  }

  @Test
  void aFileInPartsIsKnownAgain() throws IOException {
    SmallPipeline pipeline = pipeline("a").from("day1").with(IN_PARTS);
    pipeline.write("day1/part-0.jsonl", 0, 30);
    assertTrue(Files.size(pipeline.in("day1/part-0.jsonl")) > 5 * PART);
    Fixtures.Printed first = pipeline.runs();
    assertEquals(30, SmallPipeline.count(first, "documents"));
    assertEquals(1, files(pipeline).size());
    assertTrue(pipeline.runs().err().contains("everything is up to date"));
    SmallPipeline other = pipeline("b").from("day1");
    other.write("day1/part-0.jsonl", 0, 30);
    other.runs();
    assertEquals(Fixtures.shards(other.root()), Fixtures.shards(pipeline.root()));
    Files.move(pipeline.in("day1"), pipeline.in("elsewhere"));
    Fixtures.Printed moved = pipeline.from("elsewhere").runs();
    assertTrue(moved.err().contains("moved to"), moved.err());
    assertTrue(moved.err().contains("filter    up to date"), moved.err());
    assertEquals(30, SmallPipeline.count(moved, "documents"));
  }

  private SmallPipeline pipeline(String name) throws IOException {
    return new SmallPipeline(Files.createDirectories(folder.resolve(name)));
  }

  private static List<Row> rows(SmallPipeline pipeline, String sql) {
    List<Row> rows = new ArrayList<>();
    pipeline.sql(spark -> rows.addAll(spark.sql(sql).collectAsList()));
    return rows;
  }

  private static List<Row> records(SmallPipeline pipeline) {
    return rows(
        pipeline,
        "SELECT batch, source, kind, status, id, file, offset, url, text,"
            + " to_json(map_from_entries(array_sort(map_entries(meta)))) AS meta, reason, detail"
            + " FROM "
            + pipeline.table("documents")
            + " WHERE status <> 'file' ORDER BY file, offset, id, detail");
  }

  /** What the rows of a file and its parts say together, but for the hash. */
  private static List<Row> files(SmallPipeline pipeline) {
    return rows(
        pipeline,
        "SELECT batch, source, kind, file, url, sum(offset), sum(meta['documents']),"
            + " sum(meta['quarantined']), max(meta['modified']), min(meta['modified']) FROM "
            + pipeline.table("documents")
            + " WHERE status = 'file' GROUP BY ALL ORDER BY file");
  }

  private static long rowsOfFiles(SmallPipeline pipeline) {
    String sql = "SELECT count(*) FROM " + pipeline.table("documents") + " WHERE status = 'file'";
    return rows(pipeline, sql).get(0).getLong(0);
  }

  /** The ledger that a run printed, without the paths below it. */
  private static List<String> counts(Fixtures.Printed run) {
    return run.out().lines().filter(line -> !line.contains("/")).toList();
  }

  private static void parquet(Path file, int rows) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { optional binary other (UTF8); optional binary text (UTF8);"
                + " optional int64 stars; optional binary url (UTF8); }");
    Files.createDirectories(file.getParent());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withRowGroupSize(4L << 10)
            .withMinRowCountForPageSizeCheck(2)
            .withMaxRowCountForPageSizeCheck(10)
            .withPageSize(1 << 10)
            .withCompressionCodec(CompressionCodecName.GZIP)
            .build()) {
      for (int i = 0; i < rows; i++) {
        Group row = new SimpleGroupFactory(schema).newGroup();
        row.append("other", Sentences.english(5000 + i, 2)).append("stars", (long) i);
        if (i % 17 != 3) {
          row.append("text", Sentences.english(i, 5)).append("url", "http://a/" + i);
        }
        writer.write(row);
      }
    }
  }

  @Test
  void rowGroupsAreReadWhereTheyStart() throws IOException {
    Path file = folder.resolve("a.parquet");
    parquet(file, 300);
    byte[] sound = Files.readAllBytes(file);
    Parquet parquet = new Parquet("text", "url", List.of("stars", "missing"));
    List<Found> whole = read(parquet, file, new TreeSet<>());
    assertEquals(300, whole.size());
    assertEquals("http://a/299", ((Document) whole.get(299)).url());
    assertEquals("299", ((Document) whole.get(299)).meta().get("stars"));
    for (int i = 0; i < 300; i++) {
      assertEquals(i, whole.get(i).offset());
    }
    int most = 0;
    for (int seed = 0; seed < 10; seed++) {
      assertEquals(whole, read(parquet, file, places(sound.length, seed)));
    }
    for (int seed = 0; seed < 60; seed++) {
      byte[] bytes = sound.clone();
      bytes[Hash.range(Hash.xx64(1, "at" + seed), bytes.length)] ^= (byte) (1 + seed % 255);
      Path mutant = Files.write(folder.resolve("mutant.parquet"), bytes);
      List<Found> all = read(parquet, mutant, new TreeSet<>());
      assertEquals(all, read(parquet, mutant, places(bytes.length, seed)));
      most = Math.max(most, all.equals(whole) ? 0 : all.size());
    }
    assertTrue(most > 200, "a broken group took others with it");
    Parquet other = new Parquet("none", "", List.of());
    assertEquals(300, read(other, file, new TreeSet<>()).size());
  }

  private static TreeSet<Integer> places(int length, int seed) {
    TreeSet<Integer> places = new TreeSet<>();
    for (int i = 0; i <= seed % 9; i++) {
      places.add(1 + Hash.range(Hash.xx64(seed, "place " + i), length - 1));
    }
    return places;
  }

  private List<Found> read(Parquet parquet, Path file, TreeSet<Integer> places) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<Found> found = new ArrayList<>();
    int start = 0;
    places.add(bytes.length);
    for (int end : places) {
      Part part = new Part(start, end == bytes.length ? Long.MAX_VALUE : end);
      String sha256 =
          Guard.read(
                  parquet,
                  LocalInput.of("test", folder, file),
                  part,
                  ContentHash.BLOCK_BYTES,
                  found::add)
              .sha256();
      assertEquals(Hash.sha256Hex(Arrays.copyOfRange(bytes, start, end)), sha256);
      start = end;
    }
    return found;
  }

  @Test
  void theHashOfALargeFileIsItsOwn() {
    byte[] bytes = new byte[10];
    ContentHash blocks = new ContentHash(4);
    blocks.update(bytes, 0, 10);
    assertNotEquals(Hash.sha256Hex(bytes), blocks.hex());
  }
}
