package org.gristmill.jobs.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gristmill.core.Hash;
import org.gristmill.jobs.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mix} over lists written by hand, as {@code Manifest} writes them. */
class MixCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path mixture;
  private Path root;

  private record Printed(int code, String out, String err) {}

  @BeforeEach
  void lists() throws IOException {
    root = folder.resolve("root");
    String first = generation("g2", group("web", 600, 60_000), group("book", 100, 10_000));
    String second = generation("g1", group("code", 50, 4_000), group("web", 400, 40_000));
    Files.writeString(
        root.resolve("shards/latest.json"),
        """
        { "version": 2, "corpus": "c0ffee", "generations": [
          { "name": "g2", "manifest_sha256": "%s" }, { "name": "g1", "manifest_sha256": "%s" } ] }
        """
            .formatted(Hash.sha256Hex(first), Hash.sha256Hex(second)));
    mixture = folder.resolve("mix.conf");
    Files.writeString(
        mixture,
        """
        tokens = 20000
        phases = [
          { until = 0.5, groups { web = 3, book = 1 } }
          { groups { web = 1, book { weight = 1, maxEpochs = 0.5 }, code = 2 } }
        ]
        """);
  }

  private static String group(String name, int sequences, int tokens) {
    return "{ \"name\": \"%s\", \"sequences\": %d, \"tokens\": %d }"
        .formatted(name, sequences, tokens);
  }

  private String generation(String name, String... groups) throws IOException {
    Path manifest = root.resolve("shards/" + name + "/manifest.json");
    Files.createDirectories(manifest.getParent());
    String text =
        "{ \"version\": 1, \"generation\": \"%s\", \"sequence_tokens\": 128, \"groups\": [ %s ] }"
            .formatted(name, String.join(", ", groups));
    Files.writeString(manifest, text);
    return text;
  }

  private static Printed mix(Object... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "mix";
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = arguments[i].toString();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            all);
    return new Printed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void printsWhatWouldBeDrawn() {
    Printed plan = mix(mixture, "--of", root, "--plan");
    assertEquals(Exit.DONE, plan.code(), plan.err());
    assertEquals("", plan.err());
    assertEquals(
        """
        corpus c0ffee: sequences of 128 tokens
        phase  group             tokens      sequences   asked       drawn tokens      sequences   share   epochs      unseen tokens
        1      book              10,000            100  25.00%              2,500             25  25.00%    0.250              7,500
        1      web              100,000          1,000  75.00%              7,500             75  75.00%    0.075             92,500
        1      total            114,000          1,150                     10,000            100
        2      book              10,000            100  25.00%              2,500             25  24.90%    0.500              5,000
        2      code               4,000             50  50.00%              5,040             63  50.20%    1.260                  0
        2      web              100,000          1,000  25.00%              2,500             25  24.90%    0.100             90,000
        2      total            114,000          1,150                     10,040            113
        all    total            114,000          1,150                     20,040            213
        """,
        plan.out());
    assertEquals(plan, mix(mixture, "--of", root.resolve("shards"), "--plan"));
    assertEquals(plan, mix(mixture, "--of", root.resolve("shards/latest.json"), "--plan"));
  }

  /** The file is what the tests of the Python reader read. */
  @Test
  void writesThePlanForTheReader() throws IOException {
    Path file = folder.resolve("plan.json");
    Printed printed = mix(mixture, "--of", root, "--to", file);
    assertEquals(Exit.DONE, printed.code(), printed.err());
    ObjectNode expected =
        (ObjectNode) JSON.readTree(Path.of("../handoff/tests/mix/plan.json").toFile());
    String list = Files.readString(root.resolve("shards/latest.json"));
    expected.put("manifest", Hash.sha256Hex(list));
    assertEquals(expected, JSON.readTree(file.toFile()));
    String bytes = Files.readString(file);
    mix(mixture, "--of", root, "--to", file);
    assertEquals(bytes, Files.readString(file));
  }

  @Test
  void plansTheRestOfARun() throws IOException {
    Path state = folder.resolve("state.json");
    Files.writeString(
        state,
        """
        { "position": 120, "groups": { "web": { "sequences": 80 }, "book": { "sequences": 40 } } }
        """);
    Path file = folder.resolve("plan.json");
    Printed printed = mix(mixture, "--of", root, "--after", state, "--to", file);
    assertEquals(Exit.DONE, printed.code(), printed.err());
    JsonNode plan = JSON.readTree(file.toFile());
    assertEquals(120, plan.path("start").path("position").asInt());
    assertEquals(40, plan.path("start").path("groups").path("book").asInt());
    assertEquals(1, plan.path("phases").size());
    assertEquals(8_000, plan.path("phases").get(0).path("tokens").asInt());
    assertEquals(10, plan.path("phases").get(0).path("draws").get(0).path("sequences").asInt());
    assertTrue(printed.err().contains("book stops at 0.5 epochs, with 1,000 tokens of the 2,000"));
    Files.writeString(
        state, "{ \"position\": 121, \"groups\": { \"web\": { \"sequences\": 80 } } }");
    Printed refused = mix(mixture, "--of", root, "--after", state, "--plan");
    assertEquals(Exit.MISTAKE, refused.code());
    assertTrue(refused.err().contains("is not the state of a MixedDataset"), refused.err());
  }

  @Test
  void mistakesAreSaidWithFileAndLine() throws IOException {
    Files.writeString(mixture, "tokens = 20000\ngroups {\n  wbe = 3\n  book = -1\n}\n");
    Printed mistakes = mix(mixture, "--of", root, "--plan");
    assertEquals(Exit.MISTAKE, mistakes.code());
    assertTrue(
        mistakes.err().contains(mixture + ":3: groups: unknown group wbe, did you mean web?"),
        mistakes.err());
    assertTrue(mistakes.err().contains(mixture + ":4: book: must be at least 0"), mistakes.err());
    assertTrue(mistakes.err().contains("2 mistakes"), mistakes.err());
    assertEquals(Exit.MISTAKE, mix(mixture, "--of", root).code(), "neither --plan nor --to");
    assertEquals(Exit.MISTAKE, mix(mixture, "--of", folder, "--plan").code(), "no corpus");
    Files.writeString(root.resolve("shards/g1/manifest.json"), "{ \"groups\": [] }");
    Printed changed = mix(mixture, "--of", root, "--plan");
    assertEquals(Exit.MISTAKE, changed.code());
    assertTrue(changed.err().contains("g1/manifest.json: is not what"), changed.err());
  }
}
