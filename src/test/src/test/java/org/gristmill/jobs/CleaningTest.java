package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.dedup.lines.Duplicates;
import org.gristmill.dedup.lines.LineDedup;
import org.gristmill.dedup.lines.Rule;
import org.gristmill.dedup.lines.Unit;
import org.gristmill.dedup.spans.Keep;
import org.gristmill.dedup.spans.RepeatedSpans;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.gristmill.dedup.spans.Symbols;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lines and spans that stand elsewhere too, taken out of two deliveries. */
@ExtendWith(OneSpark.class)
class CleaningTest {
  private static final LineDedup LINES = new LineDedup(Rule.THREE_SENTENCES, 1, 1);
  private static final RepeatedSpans SPANS = new RepeatedSpans(60, 20);

  @TempDir Path folder;

  /** A text of sentences of which many stand in others too, some in a row, some in Chinese. */
  private static String text(int document) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (int i = 0; i < 12; i++) {
      int chance = Hash.range(Hash.xx64(document, "sentence " + i), 100);
      at = chance < 60 ? at + 1 : chance < 80 ? chance % 7 * 20 : document * 100 + i;
      boolean chinese = chance % 5 == 4;
      text.append(chinese ? Sentences.chinese(at, 2) : Sentences.english(at, 1).strip());
      text.append(chance % 4 == 3 ? "\n" : " ");
    }
    return document % 10 == 7 ? text + text(document - 7).substring(5) : text.toString();
  }

  private void write(String name, int first, int documents) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = first; i < first + documents; i++) {
      lines.append(new ObjectMapper().writeValueAsString(Map.of("text", text(i)))).append('\n');
    }
    Fixtures.write(folder.resolve("in").resolve(name), lines.toString());
  }

  private Path conf() throws Exception {
    Path conf = folder.resolve("cleaning.conf");
    Fixtures.write(
        conf,
        """
        name = cleaning
        root = "%s"
        steps = [
          { job = ingest, source = jsonl, from = "%s" }
          { job = filter, filters = [ { name = length, minChars = 10 } ] }
          { job = lines, what { rule = three-sentences, minCharacters = 1, minWords = 1 },
            minLeft = 20, keepDuplicates = true }
          { job = spans, from = cleaned, what { length = 60, gram = 20 }, keep = none, minLeft = 20 }
          { job = tokenize, from = trimmed, tokenizer = r50k_base }
          { job = pack, sequenceTokens = 128, shardTokens = 2048 }
        ]
        """
            .formatted(folder.resolve("root"), folder.resolve("in")));
    return conf;
  }

  private List<Row> rows(String table, String columns, String where) {
    String path = folder.resolve("root/tables/" + table).toString();
    return SparkSession.getDefaultSession()
        .get()
        .sql("SELECT " + columns + " FROM delta.`" + path + "` WHERE " + where)
        .collectAsList();
  }

  private List<Row> rows(String table, String columns) {
    return rows(table, columns, "true");
  }

  private record Document(String id, Text text) {}

  /** The documents of every delivery, each in the order in which they are decided. */
  private static TreeMap<String, List<Document>> deliveries(List<Row> texts) {
    TreeMap<String, List<Document>> deliveries = new TreeMap<>();
    for (Row row : texts) {
      deliveries
          .computeIfAbsent(row.getString(0), f -> new ArrayList<>())
          .add(new Document(row.getString(1), Text.of(row.getString(2))));
    }
    deliveries
        .values()
        .forEach(
            its ->
                its.sort(
                    Comparator.<Document>comparingInt(d -> -d.text().length())
                        .thenComparing(Document::id)));
    return deliveries;
  }

  private List<Row> ingested() {
    return rows("documents", "file, id, text", "status = 'document'");
  }

  /** The texts that were left of those that were kept. */
  private List<Row> cleaned() {
    TreeMap<String, String> whole = new TreeMap<>();
    ingested().forEach(row -> whole.put(row.getString(1), row.getString(2)));
    List<Row> cleaned = new ArrayList<>();
    for (Row row : rows("cleaned", "file, id, text", "kept")) {
      String text = row.isNullAt(2) ? whole.get(row.getString(1)) : row.getString(2);
      cleaned.add(RowFactory.create(row.getString(0), row.getString(1), text));
    }
    return cleaned;
  }

  private static List<List<Span>> lines(List<Document> documents, Keep keep) {
    List<List<Unit>> units = documents.stream().map(d -> LINES.of(d.text())).toList();
    List<BitSet> gone = Duplicates.of(units, keep);
    List<List<Span>> spans = new ArrayList<>();
    for (int i = 0; i < gone.size(); i++) {
      spans.add(
          Spans.union(gone.get(i).stream().mapToObj(units.get(i)::get).map(Unit::gone).toList()));
    }
    return spans;
  }

  private static List<List<Span>> spans(List<Document> documents, Keep keep) {
    List<List<Span>> found =
        SPANS.find(documents.stream().map(d -> Symbols.of(d.text())).toList(), keep);
    List<List<Span>> whole = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      whole.add(Spans.wholeCharacters(documents.get(i).text(), found.get(i)));
    }
    return whole;
  }

  private interface Reference {
    List<List<Span>> of(List<Document> documents, Keep keep);
  }

  private void assertFound(
      String table, List<Row> texts, String rule, Reference reference, Keep keep) {
    TreeMap<String, Row> rows = new TreeMap<>();
    rows(table, "id, text, kept, rule, removed, spans").forEach(r -> rows.put(r.getString(0), r));
    List<Document> all = new ArrayList<>();
    int cut = 0;
    for (List<Document> delivery : deliveries(texts).values()) {
      int before = all.size();
      all.addAll(delivery);
      List<List<Span>> expected = reference.of(all, keep);
      for (int i = before; i < all.size(); i++) {
        Row row = rows.remove(all.get(i).id());
        List<Span> spans =
            row.<Row>getList(5).stream().map(s -> new Span(s.getInt(0), s.getInt(1))).toList();
        assertEquals(expected.get(i), spans, table + " " + all.get(i).id());
        Text left = Spans.without(all.get(i).text(), spans);
        if (!spans.isEmpty()) {
          assertEquals(left.toString(), row.getString(1));
        }
        assertEquals((long) all.get(i).text().length() - left.length(), row.getLong(4));
        boolean kept = spans.isEmpty() || left.toString().codePoints().count() >= 20;
        assertEquals(kept, row.getBoolean(2));
        assertEquals(kept ? "" : rule, row.getString(3));
        cut += spans.isEmpty() ? 0 : 1;
      }
    }
    assertTrue(rows.isEmpty());
    assertTrue(cut > all.size() / 5 && cut < all.size(), cut + " of " + all.size());
  }

  @Test
  void takesOutWhatAPlainReferenceFindsAndLeavesEarlierDeliveriesAlone() throws Exception {
    write("a.jsonl", 0, 60);
    Fixtures.Printed first = Fixtures.gristmill("run", conf().toString());
    assertEquals(Exit.DONE, first.code(), first.err());
    TreeMap<String, String> before = new TreeMap<>();
    rows("trimmed", "id, removed, spans").forEach(r -> before.put(r.getString(0), r.toString()));
    List<String> shards = List.copyOf(Fixtures.shards(folder.resolve("root")).keySet());
    write("b.jsonl", 40, 80); // twenty of them are there already
    Fixtures.Printed second = Fixtures.gristmill("run", conf().toString());
    assertEquals(Exit.DONE, second.code(), second.err());
    assertFound("cleaned", ingested(), "lines", CleaningTest::lines, Keep.FIRST);
    assertFound("trimmed", cleaned(), "spans", CleaningTest::spans, Keep.NONE);
    for (Row row : rows("trimmed", "id, removed, spans")) {
      assertEquals(before.getOrDefault(row.getString(0), row.toString()), row.toString());
    }
    assertTrue(Fixtures.shards(folder.resolve("root")).keySet().containsAll(shards));
    assertEquals(
        rows("trimmed", "count(1)", "kept").get(0).getLong(0),
        rows("tokens", "count(1)").get(0).getLong(0));
    Fixtures.Printed third = Fixtures.gristmill("run", conf().toString());
    assertTrue(third.err().contains("nothing was written"), third.err());
  }
}
