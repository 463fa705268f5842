package org.gristmill.jobs;

import static org.apache.spark.sql.functions.expr;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Text;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Tokenizers;

/**
 * Kept documents that are no duplicates to the table {@code tokens}: their token ids, with the
 * end-of-document id last.
 *
 * <p>A batch depends on its documents and on which of them are duplicates: when new data changes
 * nothing there, it stays as it is.
 *
 * @param tokenizer a name in {@link Tokenizers#BY_NAME}
 * @param keepDuplicates whether duplicates get tokens too; if not, a cluster step must come before
 */
record TokenizeJob(String tokenizer, boolean keepDuplicates) implements Job {
  static final TokenizeJob DEFAULTS = new TokenizeJob("cl100k_base", false);

  TokenizeJob {
    if (!Tokenizers.BY_NAME.containsKey(tokenizer)) {
      throw new IllegalArgumentException(
          "tokenizer is "
              + tokenizer
              + ", must be one of "
              + String.join(", ", Tokenizers.BY_NAME.keySet()));
    }
  }

  @Override
  public String name() {
    return "tokenize";
  }

  @Override
  public String to() {
    return "tokens";
  }

  @Override
  public String schema() {
    return "batch string, source string, language string, id string, tokens binary, length long";
  }

  @Override
  public SortedMap<String, String> inputs(Tables tables) {
    Map<String, String> duplicates = new HashMap<>();
    if (!keepDuplicates) {
      tables
          .read("clusters")
          .where("not keep")
          .groupBy("batch")
          .agg(expr("count(1)"), expr("sum(cast(xxhash64(id) as decimal(38, 0)))"))
          .collectAsList()
          .forEach(row -> duplicates.put(row.getString(0), row.get(1) + "/" + row.get(2)));
    }
    SortedMap<String, String> inputs = new TreeMap<>();
    tables
        .state("judged")
        .forEach(
            (batch, fingerprint) ->
                inputs.put(batch, fingerprint + " without " + duplicates.get(batch)));
    return inputs;
  }

  @Override
  public Dataset<Row> plan(Tables tables, SortedMap<String, String> changed) {
    Dataset<Row> kept = tables.read("judged", changed.keySet()).where("kept");
    if (!keepDuplicates) {
      Dataset<Row> duplicates =
          tables.read("clusters", changed.keySet()).where("not keep").select("id");
      kept = kept.join(duplicates, Rows.seq(List.of("id")), "left_anti");
    }
    String name = tokenizer;
    MapFunction<Row, Row> encode = row -> encode(Tokenizers.BY_NAME.get(name), row);
    return kept.select("batch", "source", "language", "id", "text")
        .map(encode, Encoders.row(StructType.fromDDL(schema())));
  }

  private static Row encode(Tokenizer tokenizer, Row row) {
    int[] text = tokenizer.encode(Text.of(row.getString(4)));
    int[] tokens = Arrays.copyOf(text, text.length + 1);
    tokens[text.length] = tokenizer.endOfDocument();
    return RowFactory.create(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        Rows.bytes(tokens),
        (long) tokens.length);
  }
}
