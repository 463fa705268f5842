package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.filters.Filter;
import org.gristmill.filters.FilterChain;
import org.gristmill.filters.Filters;
import org.gristmill.jobs.sql.GristmillFunctions;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filters as functions of SQL. */
class FunctionsTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    SparkSession.getActiveSession().foreach(s -> stopped(s));
    spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("functions")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.extensions", GristmillFunctions.class.getName())
            .getOrCreate();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      texts.add(Sentences.english(i, 3 * i));
      texts.add(Sentences.chinese(i, 3 * i));
    }
    texts.add(null);
    spark.createDataset(texts, Encoders.STRING()).toDF("text").createOrReplaceTempView("texts");
  }

  private static Object stopped(SparkSession session) {
    session.stop();
    return null;
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static FilterChain.Judged judged(Filter filter, String text, String language) {
    Document document =
        new Document("x", "", "", "", 0, "", language, Text.of(text), new TreeMap<>());
    return new FilterChain(List.of(new FilterChain.Step(filter, List.of(), List.of())))
        .judge(document);
  }

  @Test
  void everyFilterAnswersAsItDoesInAPipeline() {
    Filters.BY_NAME.forEach(
        (name, filter) -> {
          if (Stream.of(filter.getClass().getRecordComponents())
              .anyMatch(c -> c.getAnnotation(Setting.class).required())) {
            return; // needs a file
          }
          String function = "gristmill_" + name.replace('-', '_');
          int kept = 0;
          for (Row row :
              spark
                  .sql("SELECT text, f.* FROM (SELECT text, " + function + "(text) f FROM texts)")
                  .collectAsList()) {
            if (row.isNullAt(0)) {
              assertTrue(row.isNullAt(1), function);
              continue;
            }
            FilterChain.Judged judged = judged(filter, row.getString(0), Document.UNDETERMINED);
            assertEquals(judged.kept(), row.getBoolean(1), function);
            assertEquals(judged.rule(), row.getString(2), function);
            assertEquals(judged.measured(), row.getDouble(3), function);
            assertEquals(judged.limit(), row.getDouble(4), function);
            assertEquals(judged.numbers(), new TreeMap<>(row.<String, Double>getJavaMap(5)));
            assertEquals(judged.document().language(), row.getString(6), function);
            assertEquals(judged.document().text().toString(), row.getString(7), function);
            kept++;
          }
          assertEquals(20, kept);
        });
  }

  @Test
  void settingsAndChainsAreLiterals() {
    Row row =
        spark
            .sql(
                "SELECT gristmill_length('abc', 'en', 'minChars = 4').rule,"
                    + " gristmill_length('abc', 'en', 'minChars = 3').kept,"
                    + " gristmill_judge('abc', 'en', '[ { name = length, minChars = 2 },"
                    + " { name = length, maxChars = 2 } ]') AS chain")
            .collectAsList()
            .get(0);
    assertEquals("length.chars", row.getString(0));
    assertTrue(row.getBoolean(1));
    Row chain = row.getStruct(2);
    assertFalse(chain.getBoolean(0));
    assertEquals(Map.of("length.chars", 3.0), chain.getJavaMap(4));
  }

  @Test
  void mistakesAreFoundBeforeAnythingRuns() {
    String[] mistakes = {
      "gristmill_length('abc', 'en', 'minChar = 4')", "did you mean",
      "gristmill_length()", "takes a text",
      "gristmill_length(text, 'en', text)", "as a literal",
      "gristmill_judge('abc', 'en', '[ { name = lenght } ]')", "length",
      "gristmill_judge('abc', 'en', '[ { name = pii } { name = length } ]')", "comma"
    };
    for (int i = 0; i < mistakes.length; i += 2) {
      String query = "SELECT " + mistakes[i] + " FROM texts";
      Exception thrown = assertThrows(Exception.class, () -> spark.sql(query));
      assertTrue(thrown.getMessage().contains(mistakes[i + 1]), thrown.getMessage());
    }
  }
}
