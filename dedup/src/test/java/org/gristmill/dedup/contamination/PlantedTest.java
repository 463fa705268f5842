package org.gristmill.dedup.contamination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real benchmarks, planted into real documents: whole, in part, in other editions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedTest {
  private static final Map<String, UnaryOperator<String>> EDITIONS =
      new TreeMap<>(
          Map.of(
              "verbatim", text -> text,
              "upper case", text -> text.toUpperCase(Locale.ROOT),
              "rewrapped", text -> text.strip().replaceAll("\\s+", "\r\n \t"),
              "without punctuation",
                  text ->
                      text.replaceAll("(?<=\\p{L})['’](?=\\p{L})", "")
                          .replaceAll("[.;:!?\"](?=\\s|$)|[。，？！“”、]", " "),
              "Markdown", text -> "## **" + text.replaceAll("\\s+", "** \n> *") + "*",
              "full-width", PlantedTest::wide));

  /** One of so many fields is planted whole; {@code -Dplanted.step=1} plants all. */
  private static final int STEP = Integer.getInteger("planted.step", 30);

  /** Of one of so many items parts are planted. */
  private static final int PARTS_STEP = Math.min(STEP, 4);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<BenchmarkItem> items = new ArrayList<>();
  private NgramIndex index;

  private List<BenchmarkItem> items() throws IOException {
    if (!items.isEmpty()) {
      return items;
    }
    for (Path file : RealFiles.files("benchmarks")) {
      int line = 0;
      for (String json : Files.readAllLines(file)) {
        Map<String, Text> fields = new HashMap<>();
        JsonNode task = JSON.readTree(json);
        for (String field : List.of("passage", "question", "options", "answer")) {
          JsonNode value = task.path(field);
          if (value.isTextual()) {
            fields.put(field, Text.of(value.asText()));
          } else if (value.isArray()) {
            List<String> options = new ArrayList<>();
            value.forEach(option -> options.add(option.asText()));
            fields.put(field, Text.of(String.join("\n", options)));
          }
        }
        items.add(new BenchmarkItem(file.getFileName() + ":" + ++line, fields));
      }
    }
    return items;
  }

  private NgramIndex index() throws IOException {
    index = index == null ? NgramIndex.of(GramSize.GPT3, items()) : index;
    return index;
  }

  @Test
  void wholeFieldsAreFoundWholeInEveryEdition() throws IOException {
    List<BenchmarkItem> items = items();
    Map<String, BenchmarkItem> byId = new HashMap<>();
    items.forEach(item -> byId.put(item.id(), item));
    List<Text> documents = documents();
    Map<String, int[]> counts = new TreeMap<>();
    for (GramSize size : List.of(GramSize.GPT3, GramSize.PALM)) {
      NgramIndex index = size == GramSize.GPT3 ? index() : NgramIndex.of(size, items);
      int step = size == GramSize.GPT3 ? STEP : 20 * STEP;
      int planted = 0;
      for (BenchmarkField field : index.fields()) {
        if (field.grams() == 0 || planted++ % step != 0) {
          continue;
        }
        BenchmarkItem item = byId.get(field.item());
        String text = item.fields().get(field.field()).toString();
        Text host = documents.get(planted % documents.size());
        EDITIONS.forEach(
            (edition, change) -> {
              Text document = planted(host, change.apply(text));
              boolean found =
                  index.scan(document).matches().stream()
                      .anyMatch(match -> match.field().equals(field) && match.share() == 1);
              counts.computeIfAbsent(edition, e -> new int[2])[found ? 0 : 1]++;
            });
      }
    }
    assertEquals(EDITIONS.size(), counts.size());
    String missed =
        counts.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue()[1])
            .collect(Collectors.joining(", "));
    assertEquals(0, counts.values().stream().mapToInt(c -> c[1]).sum(), missed);
  }

  /** Any 13 words or characters in a row, verbatim; by the index and by the fingerprint. */
  @Test
  void partsOfThirteenAreFoundWhereTheyStand() throws IOException {
    List<BenchmarkItem> items = items();
    List<Text> documents = documents();
    NgramIndex index = index();
    FingerprintQuery query = FingerprintQuery.of(Fingerprint.DEFAULT, items);
    SplittableRandom random = new SplittableRandom(13);
    int planted = 0;
    for (int i = 0; i < items.size(); i += PARTS_STEP) {
      BenchmarkItem item = items.get(i);
      for (Map.Entry<String, Text> field : item.fields().entrySet()) {
        Units units = Units.of(field.getValue());
        if (units.size() < 13) {
          continue;
        }
        int at = random.nextInt(units.size() - 12);
        Span part = new Span(units.from(at), units.to(at + 12));
        Text host = documents.get(planted++ % documents.size());
        Text document = planted(host, Spans.of(field.getValue(), part).toString());
        int middle = Spans.next(host.bytes(), host.length() / 2) + 1;
        Span place = new Span(middle, middle + part.length());
        assertTrue(
            index.scan(document).hits().stream().anyMatch(hit -> hit.span().equals(place)),
            item.id());
        assertTrue(
            query.ask(Fingerprint.DEFAULT.of(document)).stream()
                .anyMatch(match -> match.field().item().equals(item.id())),
            item.id());
      }
    }
    assertTrue(planted > 8_000 / PARTS_STEP);
  }

  /** 79 languages, long Chinese novels and copyright files hold nothing of the benchmarks. */
  @Test
  void cleanDocumentsAreClean() throws IOException {
    NgramIndex index = index();
    List<String> folders =
        List.of("multilingual/lingua-sentences", "books/text", "neardup/debian-copyright");
    assertEquals(List.of(), found(index, folders));
  }

  /** Writes what {@code -Dclean.folders=books,code,web} hold to {@code -Dclean.list=FILE}. */
  @Test
  void listsWhatCleanDocumentsHold() throws IOException {
    String list = System.getProperty("clean.list", "");
    assumeFalse(list.isEmpty(), "-Dclean.list=FILE -Dclean.folders=A,B lists hits in folders");
    NgramIndex index = index();
    List<String> folders = List.of(System.getProperty("clean.folders", "").split(","));
    Files.write(Path.of(list), found(index, folders));
  }

  private static List<String> found(NgramIndex index, List<String> folders) throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : folders) {
      for (Path file : RealFiles.files(folder)) {
        Text text = Text.of(content(file));
        for (Span span : index.scan(text).spans()) {
          found.add(file + " " + span + " " + Spans.of(text, span).toString().replace('\n', ' '));
        }
      }
    }
    return found;
  }

  private static byte[] content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.toString().endsWith(".gz")) {
      return bytes;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      in.transferTo(whole);
    } catch (IOException cutShort) {
      // some of these files are cut on purpose; what came before is text all the same
    }
    return whole.toByteArray();
  }

  private static List<Text> documents() throws IOException {
    List<Text> documents = new ArrayList<>();
    for (Path file : RealFiles.files("multilingual/lingua-sentences")) {
      Text text = Text.of(content(file));
      documents.add(Spans.of(text, new Span(0, Spans.next(text.bytes(), 1_500))));
    }
    return documents;
  }

  private static Text planted(Text host, String text) {
    int middle = Spans.next(host.bytes(), host.length() / 2);
    Text before = Spans.of(host, new Span(0, middle));
    Text after = Spans.of(host, new Span(middle, host.length()));
    return Text.of(before + "\n" + text + "\n" + after);
  }

  private static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    text.chars()
        .map(c -> c == ' ' ? 0x3000 : c > ' ' && c < 0x7F ? c + 0xFEE0 : c)
        .forEach(c -> wide.append((char) c));
    return wide.toString();
  }
}
