package org.gristmill.jobs.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.gristmill.jobs.table.Tables;

/**
 * What other limits of a rule would do, from the numbers that every filter has left of every
 * document, kept or dropped: no text is read.
 *
 * <p>Values are put together by their first three digits, so that the answer is small for any
 * corpus and the same for any partitioning.
 *
 * @param tables as they are
 * @param judged table of judged documents
 */
public record Sweep(Tables tables, String judged) {
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

  /**
   * A rule, over all documents that it measured.
   *
   * @param name {@code gopher-quality.words} for example
   * @param documents that have the number
   * @param broken documents that were dropped for it
   * @param limits it was held to where documents broke it, ascending
   */
  public record Rule(String name, long documents, long broken, List<Double> limits) {}

  /**
   * Documents with a value.
   *
   * @param value of three digits
   * @param documents that have it
   * @param kept those of them that no filter dropped
   * @param broken those of them that were dropped for this rule
   */
  public record Step(double value, long documents, long kept, long broken) {}

  /** The rules that there are numbers for, by name. */
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (Row row :
        tables
            .read(judged)
            .select(col("rule"), col("limit"), explode(expr("map_keys(numbers)")).as("name"))
            .groupBy("name")
            .agg(
                count(lit(1)).as("documents"),
                sum(when(col("rule").equalTo(col("name")))).as("broken"),
                expr("array_sort(collect_set(if(rule = name, `limit`, null)))").as("limits"))
            .orderBy("name")
            .collectAsList()) {
      rules.add(new Rule(row.getString(0), row.getLong(1), row.getLong(2), row.<Double>getList(3)));
    }
    return rules;
  }

  /** How many documents have which value of a rule's number, ascending. */
  public List<Step> steps(String rule) {
    UDF1<Double, Double> rounded = Sweep::rounded;
    Dataset<Row> values =
        tables
            .read(judged)
            .select(expr("numbers").getItem(rule).as("value"), col("kept"), col("rule"))
            .where("value IS NOT NULL")
            .withColumn("value", udf(rounded, DataTypes.DoubleType).apply(col("value")));
    List<Step> steps = new ArrayList<>();
    for (Row row :
        values
            .groupBy("value")
            .agg(count(lit(1)), sum(when(col("kept"))), sum(when(col("rule").equalTo(rule))))
            .orderBy("value")
            .collectAsList()) {
      steps.add(new Step(row.getDouble(0), row.getLong(1), row.getLong(2), row.getLong(3)));
    }
    return steps;
  }

  private static Column when(Column condition) {
    return org.apache.spark.sql.functions.when(condition, 1L).otherwise(0L);
  }

  static double rounded(double value) {
    return value == 0 ? 0.0 : new BigDecimal(value).round(DIGITS).doubleValue();
  }

  /**
   * Steps put together into so many at most, of about equally many documents; each has the value of
   * its last.
   */
  public static List<Step> few(List<Step> steps, int most) {
    long all = steps.stream().mapToLong(Step::documents).sum();
    List<Step> few = new ArrayList<>();
    long before = 0;
    Step open = new Step(0, 0, 0, 0);
    TreeSet<Long> ends = new TreeSet<>();
    for (int i = 1; i <= most; i++) {
      ends.add(Math.max(1, all * i / most));
    }
    for (Step step : steps) {
      open =
          new Step(
              step.value(),
              open.documents() + step.documents(),
              open.kept() + step.kept(),
              open.broken() + step.broken());
      if (before + open.documents() >= ends.first()) {
        before += open.documents();
        ends.headSet(before, true).clear();
        few.add(open);
        open = new Step(0, 0, 0, 0);
        if (ends.isEmpty()) {
          break;
        }
      }
    }
    return few;
  }
}
