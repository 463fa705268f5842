package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.testing.Sentences;
import org.gristmill.tokenize.BpeTokenizer;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Track;
import org.gristmill.tokenize.format.ArrowRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Code to fill in, dialogues and plain text in one corpus, and masked words in another. */
@ExtendWith(OneSpark.class)
class ObjectivesTest {
  private static final Tokenizer GPT4 = BpeTokenizer.CL100K_BASE;
  private static final int PREFIX = GPT4.id("<|fim_prefix|>").orElseThrow();
  private static final int DOCUMENTS = 30;

  @TempDir Path folder;

  private void input() throws IOException {
    StringBuilder code = new StringBuilder();
    StringBuilder text = new StringBuilder();
    StringBuilder dialogues = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      String said = Sentences.english(i, 4).replace("\n", " ");
      text.append("{\"text\": \"").append(said).append("\"}\n");
      code.append("{\"text\": \"int stone").append(i).append("(int 磨) {\\n");
      code.append("  return 磨 * ".concat(i + ";\\n").repeat(1 + i % 9)).append("}\\n\"}\n");
      dialogues.append("{\"messages\": [{\"role\": \"system\", \"content\": \"Be kind.\"}");
      for (int turn = 0; turn <= i % 3; turn++) {
        dialogues.append(", {\"role\": \"user\", \"content\": \"Question ").append(turn);
        dialogues.append("?\"}, {\"role\": \"assistant\", \"content\": \"Answer ").append(i);
        dialogues.append(" to ").append(turn).append("\"}");
      }
      dialogues.append("]}\n");
    }
    Fixtures.write(folder.resolve("code.jsonl"), code.toString());
    Fixtures.write(folder.resolve("text.jsonl"), text.toString());
    Fixtures.write(folder.resolve("dialogues.jsonl"), dialogues.toString());
    List<String> words =
        new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "."));
    for (char c = 'a'; c <= 'z'; c++) {
      words.add(String.valueOf(c));
      words.add("##" + c);
    }
    Files.write(folder.resolve("vocab.txt"), words);
  }

  private Path conf() throws IOException {
    Path conf = folder.resolve("objectives.conf");
    Fixtures.write(
        conf,
        """
        name = objectives
        root = "%1$s/root"
        steps = [
          { job = ingest, source = jsonl, name = code, from = "%1$s/code.jsonl" }
          { job = ingest, source = jsonl, name = text, from = "%1$s/text.jsonl" }
          { job = ingest, source = dialogue, from = "%1$s/dialogues.jsonl" }
          { job = filter, filters = [ { name = length, minChars = 10 } ] }
          { job = tokenize, tokenizer = cl100k_base, keepDuplicates = true, objectives = [
              { name = fim, sources = [code], maxTokens = 64 }
              { name = chat, sources = [dialogue], maxTokens = 40, template = custom,
                turn = "{role}: {content}\\n" } ] }
          { job = pack, sequenceTokens = 128, shardTokens = 2048,
            formats = [arrow, mds, megatron, numpy, parquet, webdataset] }
          { job = pack, to = grouped, groupBy = [source], sequenceTokens = 128, shardTokens = 2048 }
          { job = tokenize, to = words, keepDuplicates = true,
            tokenizer = { file = "%1$s/vocab.txt", pattern = uncased },
            objectives = [ { name = bert, maxTokens = 64, dupeFactor = 2, wholeWord = true } ] }
          { job = pack, from = words, to = word_shards, sequenceTokens = 128, shardTokens = 32768 }
        ]
        """
            .formatted(folder));
    return conf;
  }

  @Test
  void everyObjectiveReachesTheShards() throws IOException {
    input();
    Fixtures.Printed run = Fixtures.gristmill("run", conf().toString());
    assertEquals(Exit.DONE, run.code(), run.err());
    mixed(rows("latest.json"));
    masked(rows("latest-word_shards.json"));
    grouped(rows("latest.json").size());
    Fixtures.Printed again = Fixtures.gristmill("run", conf().toString());
    assertTrue(again.err().contains("everything is up to date"), again.err());
  }

  /** Shards of one source each, which hold all that shards of all sources hold. */
  private void grouped(int ungrouped) throws IOException {
    Path shards = folder.resolve("root/shards");
    ObjectMapper json = new ObjectMapper();
    JsonNode corpus = json.readTree(shards.resolve("latest-grouped.json").toFile());
    JsonNode generation = corpus.path("generations").get(0);
    Path own = shards.resolve(generation.path("name").asText());
    JsonNode manifest = json.readTree(own.resolve("manifest.json").toFile());
    assertEquals(generation.path("groups"), manifest.path("groups"));
    assertEquals("[\"source\"]", manifest.path("group_by").toString());
    SortedMap<String, Set<String>> documents = new TreeMap<>();
    SortedMap<String, Long> sequences = new TreeMap<>();
    for (JsonNode shard : manifest.path("shards")) {
      String group = shard.path("group").asText();
      sequences.merge(group, shard.path("sequences").asLong(), Long::sum);
      ArrowRows.read(
          own.resolve(shard.path("path").asText()),
          row -> {
            for (Sequence.Piece piece : row.pieces()) {
              documents.computeIfAbsent(group, g -> new TreeSet<>()).add(piece.id());
            }
          });
    }
    assertEquals(Set.of("code", "dialogue", "text"), documents.keySet());
    Set<String> all = new TreeSet<>();
    documents.values().forEach(all::addAll);
    assertEquals(3 * DOCUMENTS, all.size(), "no document is in two groups");
    long listed = 0;
    for (JsonNode group : manifest.path("groups")) {
      String name = group.path("name").asText();
      assertEquals(DOCUMENTS, documents.get(name).size());
      assertEquals(sequences.get(name), group.path("sequences").asLong());
      listed += group.path("tokens").asLong();
    }
    assertEquals(manifest.path("tokens").asLong(), listed);
    assertTrue(manifest.path("sequences").asLong() >= ungrouped - 3, "as full as ever");
    for (Set<String> its : documents.values()) {
      whyKnowsTheShard(its.iterator().next());
    }
    Path mixture = folder.resolve("mixture.conf");
    Fixtures.write(mixture, "tokens = 20000, groups { code = 3, dialogue { weight = 1 } }");
    Fixtures.Printed plan =
        Fixtures.gristmill("mix", mixture.toString(), "--of", folder + "/root", "--plan");
    assertEquals(Exit.MISTAKE, plan.code());
    assertTrue(plan.err().contains("groupBy = [source]"), plan.err());
    String list = shards.resolve("latest-grouped.json").toString();
    plan = Fixtures.gristmill("mix", mixture.toString(), "--of", list, "--plan");
    assertEquals(Exit.DONE, plan.code(), plan.err());
    assertTrue(plan.out().contains(" 75.00%"), plan.out());
  }

  private void whyKnowsTheShard(String id) throws IOException {
    Fixtures.Printed why = Fixtures.gristmill("why", conf().toString(), id);
    String file =
        why.out()
            .lines()
            .filter(line -> line.startsWith("  grouped "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(why.out() + why.err()))
            .substring("  grouped ".length())
            .strip();
    Set<String> ids = new TreeSet<>();
    ArrowRows.read(Path.of(file), row -> row.pieces().forEach(piece -> ids.add(piece.id())));
    assertTrue(ids.contains(id), () -> id + " is not in " + file);
  }

  /** All rows of the corpus that a list names. */
  private List<ArrowRows.Row> rows(String list) throws IOException {
    Path shards = folder.resolve("root/shards");
    List<ArrowRows.Row> rows = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (JsonNode g : json.readTree(shards.resolve(list).toFile()).path("generations")) {
      Path generation = shards.resolve(g.path("name").asText());
      JsonNode manifest = json.readTree(generation.resolve("manifest.json").toFile());
      for (JsonNode shard : manifest.path("shards")) {
        if (shard.path("format").asText().equals("arrow")) {
          ArrowRows.read(generation.resolve(shard.path("path").asText()), rows::add);
        }
      }
    }
    return rows;
  }

  private static void mixed(List<ArrowRows.Row> rows) {
    Set<String> answers = new TreeSet<>();
    int filledIn = 0;
    int all = 0;
    for (ArrowRows.Row row : rows) {
      assertEquals(Set.of(Track.LOSS_MASK), row.tracks().keySet());
      int[] mask = row.tracks().get(Track.LOSS_MASK);
      int at = 0;
      for (Sequence.Piece piece : row.pieces()) {
        int[] tokens = Arrays.copyOfRange(row.tokens(), at, at + piece.length());
        int[] counts = Arrays.copyOfRange(mask, at, at + piece.length());
        String text = GPT4.decode(tokens).toString();
        if (text.startsWith("system: ")) {
          int[] learned = new int[piece.length()];
          int n = 0;
          for (int i = 0; i < tokens.length; i++) {
            if (counts[i] == 1) {
              learned[n++] = tokens[i];
            }
          }
          String answer = GPT4.decode(Arrays.copyOf(learned, n)).toString();
          answers.addAll(answer.lines().map(String::strip).toList());
          assertTrue(text.startsWith("system: Be kind.\nuser: Question"), text);
        } else {
          assertEquals(piece.length(), Arrays.stream(counts).sum(), text);
          filledIn += tokens[0] == PREFIX ? 1 : 0;
        }
        all++;
        at += piece.length();
      }
      assertEquals(0, Arrays.stream(mask, at, mask.length).sum());
    }
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      for (int turn = 0; turn <= i % 3; turn++) {
        expected.add("Answer " + i + " to " + turn);
      }
    }
    assertEquals(expected, answers);
    assertTrue(all > 3 * DOCUMENTS, "some dialogues and code were cut: " + all);
    assertTrue(filledIn > DOCUMENTS / 4 && filledIn < DOCUMENTS * 2, filledIn + " filled in");
  }

  private static void masked(List<ArrowRows.Row> rows) {
    int[] labels = new int[2];
    for (ArrowRows.Row row : rows) {
      assertEquals(Set.of(Track.LABELS, Track.TOKEN_TYPES), row.tracks().keySet());
      int at = 0;
      for (Sequence.Piece piece : row.pieces()) {
        labels[piece.label()]++;
        int last = at + piece.length() - 1;
        assertEquals(2, row.tokens()[at], "[CLS]");
        assertEquals(3, row.tokens()[last], "[SEP]");
        assertEquals(1, row.tracks().get(Track.TOKEN_TYPES)[last]);
        int[] its = Arrays.copyOfRange(row.tracks().get(Track.LABELS), at, last + 1);
        long hidden = Arrays.stream(its).filter(label -> label != Track.IGNORED).count();
        assertTrue(hidden <= Math.max(1, Math.rint(piece.length() * 0.15)));
        at = last + 1;
      }
    }
    assertTrue(labels[0] > 20 && labels[1] > labels[0] / 2, Arrays.toString(labels));
  }
}
