package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.SparkSession;
import org.gristmill.core.Hash;
import org.gristmill.filters.Filters;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.jobs.ingest.Parquet;
import org.gristmill.sources.Guard;
import org.gristmill.sources.LocalInput;
import org.gristmill.sources.Tally;
import org.gristmill.testing.Sentences;
import org.gristmill.tokenize.Tokenizers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that start no Spark, and what all commands have in common. */
class CommandLineTest {
  @TempDir static Path folder;
  private static Path input;
  private static Path conf;

  @BeforeAll
  static void corpus() throws Exception {
    input = folder.resolve("input");
    Fixtures.corpus(input);
    conf = Fixtures.conf(folder, input, folder.resolve("root"), "");
  }

  private static List<JsonNode> lines(Fixtures.Printed printed) throws Exception {
    assertEquals(Exit.DONE, printed.code(), printed.err());
    assertTrue(SparkSession.getActiveSession().isEmpty(), "Spark was started");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : printed.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void textJudgeAndTokensWorkOnOneAnothersOutput() throws Exception {
    Fixtures.Printed text =
        Fixtures.gristmill("text", "--source", "web", input.resolve("web/*.gz").toString());
    List<JsonNode> documents = lines(text);
    assertEquals(100, documents.size());
    for (JsonNode document : documents) {
      for (String field : List.of("id", "kind", "file", "offset", "url", "text", "meta")) {
        assertTrue(document.has(field), field);
      }
    }
    Path file = folder.resolve("web.jsonl");
    Files.writeString(file, text.out());

    List<JsonNode> verdicts = lines(Fixtures.gristmill("judge", conf.toString(), file.toString()));
    assertEquals(100, verdicts.size());
    for (int i = 0; i < 100; i++) {
      assertEquals(documents.get(i).path("id"), verdicts.get(i).path("id"));
      assertEquals(
          documents.get(i).path("text").asText().codePoints().count(),
          verdicts.get(i).path("numbers").path("length.chars").asLong());
      assertTrue(List.of("en", "zh").contains(verdicts.get(i).path("language").asText()));
      assertEquals(
          verdicts.get(i).path("language").asText().equals("en"),
          verdicts.get(i).path("numbers").has("gopher-quality.words"));
    }

    List<JsonNode> asCode =
        lines(Fixtures.gristmill("judge", "--source", "code", conf.toString(), file.toString()));
    assertTrue(asCode.stream().noneMatch(v -> v.path("numbers").has("gopher-quality.words")));

    List<JsonNode> tokens =
        lines(Fixtures.gristmill("tokens", "--tokenizer", "gpt2", file.toString()));
    assertEquals(100, tokens.size());
    int[] ids = new int[tokens.get(7).path("tokens").size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tokens.get(7).path("tokens").get(i).asInt();
    }
    assertEquals(
        documents.get(7).path("text").asText(),
        Tokenizers.BY_NAME.get("gpt2").decode(ids).toString());
  }

  @Test
  void judgeAndTokensTakeWhatTheJsonlSourceTakes() throws Exception {
    String first = "{\"text\": \"A stone grinds the grain.\", \"id\": 7}\n";
    Path file = folder.resolve("plain.jsonl.gz");
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
      packed.write((first + "{\"text\": \n{\"text\": \"石磨\"}").getBytes(StandardCharsets.UTF_8));
    }
    String broken = "plain.jsonl.gz, offset " + first.length() + ": bad-json: ";

    Fixtures.Printed judged = Fixtures.gristmill("judge", conf.toString(), file.toString());
    assertEquals(2, lines(judged).size());
    assertTrue(judged.err().contains(broken), judged.err());
    assertTrue(judged.err().endsWith(", 1 broken\n"), judged.err());
    String asText = Fixtures.gristmill("text", "--source", "jsonl", file.toString()).out();
    assertEquals(
        asText.lines().filter(l -> l.startsWith("{\"id\":")).map(l -> l.substring(0, 40)).toList(),
        judged.out().lines().map(l -> l.substring(0, 40)).toList());

    InputStream before = System.in;
    System.setIn(Files.newInputStream(file));
    try {
      Fixtures.Printed tokens = Fixtures.gristmill("tokens", "--tokenizer", "gpt2", "-");
      assertEquals(2, lines(tokens).size());
      assertTrue(tokens.err().contains("-, offset " + first.length()), tokens.err());
      assertTrue(tokens.err().endsWith(" tokens, 1 broken\n"), tokens.err());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void aQuarantinedRecordIsALine() throws Exception {
    List<JsonNode> found =
        lines(
            Fixtures.gristmill(
                "text", "--source", "dialogue", input.resolve("dialogue").toString()));
    JsonNode last = found.get(found.size() - 1);
    assertEquals("bad-json", last.path("quarantined").asText());
    assertTrue(last.path("offset").asLong() > 0);
    assertTrue(last.path("file").asText().endsWith("talk.jsonl"));
  }

  @Test
  void readsParquetWithNamedColumns() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { optional binary body (UTF8); required int64 stars; }");
    Path file = folder.resolve("rows.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .build()) {
      writer.write(
          new SimpleGroupFactory(schema).newGroup().append("body", "石磨").append("stars", 7L));
      writer.write(new SimpleGroupFactory(schema).newGroup().append("stars", 8L));
    }
    List<JsonNode> found =
        lines(
            Fixtures.gristmill(
                "text",
                "--source",
                "parquet",
                "--set",
                "text=body",
                "--set",
                "meta=[stars]",
                file.toString()));
    assertEquals("石磨", found.get(0).path("text").asText());
    assertEquals("7", found.get(0).path("meta").path("stars").asText());
    assertEquals("missing-field", found.get(1).path("quarantined").asText());
    Files.write(folder.resolve("bad.parquet"), new byte[] {'P', 'A', 'R', '1', 0, 0, 0, 0, 9});
    found =
        lines(
            Fixtures.gristmill(
                "text", "--source", "parquet", folder.resolve("bad.parquet").toString()));
    assertEquals("input-unreadable", found.get(0).path("quarantined").asText());
  }

  @Test
  void damagedParquetIsRowsAndNothingThrown() throws Exception {
    MessageType schema =
        MessageTypeParser.parseMessageType("message m { optional binary text (UTF8); }");
    Path file = folder.resolve("sound.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.GZIP)
            .build()) {
      for (int i = 0; i < 50; i++) {
        writer.write(
            new SimpleGroupFactory(schema).newGroup().append("text", Sentences.english(i, 5)));
      }
    }
    byte[] sound = Files.readAllBytes(file);
    int damaged = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = sound.clone();
      bytes[Hash.range(Hash.xx64(1, "at" + i), bytes.length)] ^= (byte) (1 + i % 255);
      Path mutant = folder.resolve("mutant.parquet");
      Files.write(mutant, bytes);
      LocalInput input = LocalInput.of("test", folder, mutant);
      Tally tally = Guard.read(Parquet.DEFAULTS, input, found -> {});
      assertTrue(tally.documents() + tally.quarantined() <= 51);
      damaged += tally.quarantined() > 0 ? 1 : 0;
    }
    assertTrue(damaged > 50, "only " + damaged + " mutants were noticed");
  }

  @Test
  void listsWhatTheCodeKnows() {
    Fixtures.Printed filters = Fixtures.gristmill("list", "filters");
    Filters.BY_NAME.keySet().forEach(n -> assertTrue(filters.out().contains(n), n));
    assertTrue(filters.out().contains("minWords = 50"), filters.out());
    for (String what : List.of("sources", "tokenizers", "formats", "jobs")) {
      assertFalse(Fixtures.gristmill("list", what).out().isEmpty());
    }
    assertEquals(Exit.MISTAKE, Fixtures.gristmill("list", "nothing").code());
  }

  @Test
  void checkShowsAllMistakesAndStartsNothing() throws Exception {
    assertEquals(Exit.DONE, Fixtures.gristmill("check", conf.toString()).code());
    Path bad = folder.resolve("bad.conf");
    Fixtures.write(
        bad,
        Files.readString(conf)
            .replace("gopher-quality", "gopher-qualty")
            .replace("/wiki/*.xml", "/wiki/*.nothing"));
    Fixtures.Printed printed = Fixtures.gristmill("check", bad.toString());
    assertEquals(Exit.MISTAKE, printed.code());
    assertTrue(
        printed.err().contains("bad.conf:14: name: unknown filter gopher-qualty"), printed.err());
    assertTrue(SparkSession.getActiveSession().isEmpty());
    Fixtures.write(bad, Files.readString(conf).replace("/wiki/*.xml", "/wiki/*.nothing"));
    printed = Fixtures.gristmill("run", bad.toString());
    assertEquals(Exit.MISTAKE, printed.code());
    assertTrue(printed.err().contains("no file matches"), printed.err());
  }

  @Test
  void everyCommandHelps() {
    for (String command : List.of("run", "check", "ledger", "text", "judge", "tokens", "list")) {
      Fixtures.Printed help = Fixtures.gristmill(command, "--help");
      assertEquals(Exit.DONE, help.code());
      assertTrue(help.out().contains("Usage: gristmill " + command), help.out());
    }
    assertEquals(Exit.MISTAKE, Fixtures.gristmill("grind").code());
    assertEquals(Exit.MISTAKE, Fixtures.gristmill("text", "--source", "wob", "x").code());
    assertEquals(
        Exit.MISTAKE, Fixtures.gristmill("tokens", "--tokenizer", "gpt2", "missing").code());
  }
}
