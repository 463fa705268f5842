package org.gristmill.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.UserError;

/** Changes tables, a commit each. */
record TableWriter(Tables tables) {
  /** See {@link Tables#commit}. */
  void replace(
      Job job, Dataset<Row> rows, SortedMap<String, Made> changed, Collection<String> removed) {
    Map<String, String> ids = new HashMap<>();
    changed.forEach((batch, made) -> ids.put(batch, made.id()));
    StructType declared = StructType.fromDDL(job.schema());
    List<Column> columns = new ArrayList<>();
    for (StructField field : declared.fields()) {
      columns.add(col(field.name()).as(field.name(), field.metadata()));
    }
    UDF1<String, String> id = ids::get;
    columns.add(udf(id, DataTypes.StringType).apply(col("batch")).as(Tables.MADE));
    TreeSet<String> touched = new TreeSet<>(changed.keySet());
    touched.addAll(removed);
    DataFrameWriter<Row> writer =
        rows.select(columns.toArray(new Column[0]))
            .write()
            .format("delta")
            .partitionBy("batch", Tables.MADE);
    writer = scope(job, writer, touched, declared);
    tables.checkGuard();
    writer.save(tables.path(job.to()));
  }

  /** Which rows a write replaces, and what it may change of the table's columns. */
  private DataFrameWriter<Row> scope(
      Job job, DataFrameWriter<Row> writer, Set<String> touched, StructType declared) {
    TreeSet<String> stay = new TreeSet<>(tables.present(job.to()).keySet());
    boolean fresh = !stay.removeAll(touched);
    if (stay.isEmpty()) {
      return writer.mode("overwrite").option("overwriteSchema", "true");
    }
    if (hasOtherColumns(job)) {
      throw new UserError(
          "the columns of table "
              + job.to()
              + " have changed since it was made, and these batches cannot be made again: "
              + String.join(", ", stay));
    }
    writer.option("mergeSchema", Boolean.toString(!types(declared).equals(then(job))));
    return fresh
        ? writer.mode("append")
        : writer.mode("overwrite").option("replaceWhere", "batch IN (" + quoted(touched) + ")");
  }

  /** See {@link Tables#hasOtherColumns}. */
  boolean hasOtherColumns(Job job) {
    Map<String, String> now = types(StructType.fromDDL(job.schema()));
    return !now.entrySet().containsAll(then(job).entrySet());
  }

  private Map<String, String> then(Job job) {
    Map<String, String> then = types(tables.schema(job.to()));
    then.remove(Tables.MADE);
    return then;
  }

  private static String quoted(Collection<String> names) {
    return names.stream()
        .map(n -> "'" + n.replace("\\", "\\\\").replace("'", "\\'") + "'")
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> types(StructType schema) {
    Map<String, String> types = new TreeMap<>();
    for (StructField field : schema.fields()) {
      types.put(field.name(), field.dataType().sql());
    }
    return types;
  }

  /** See {@link Tables#compact}. */
  void compact(String table, Collection<String> batches) {
    tables.checkGuard();
    String name = "delta.`" + tables.path(table) + "`";
    if (!batches.isEmpty()) {
      tables.spark().sql("OPTIMIZE " + name + " WHERE batch IN (" + quoted(batches) + ")");
    }
    tables.spark().sql("VACUUM " + name);
  }
}
