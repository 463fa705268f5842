package org.gristmill.jobs.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Predicate;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * The files of a table, with the partition values that its log gives them: for Spark to scan
 * without asking the log again.
 *
 * @param partitionSchema the columns {@code batch} and {@code made}
 * @param directories the files of each pair of their values
 */
record TableFiles(StructType partitionSchema, List<PartitionDirectory> directories)
    implements FileIndex {
  /** What a table is partitioned by. */
  static final List<String> PARTITION = List.of("batch", Tables.MADE);

  /**
   * The rows of some files of a table.
   *
   * @param columns all of the table, those of the partition among them
   */
  static Dataset<Row> read(
      SparkSession spark, StructType columns, Collection<TableState.DataFile> files) {
    StructType partition = new StructType();
    for (String name : PARTITION) {
      partition = partition.add(columns.apply(name));
    }
    List<StructField> data = new ArrayList<>(List.of(columns.fields()));
    data.removeIf(field -> PARTITION.contains(field.name()));
    TreeMap<String, List<FileStatus>> statuses = new TreeMap<>();
    TreeMap<String, Map<String, String>> values = new TreeMap<>();
    for (TableState.DataFile file : files) {
      String key = file.partition().get("batch") + "/" + file.partition().get(Tables.MADE);
      values.put(key, file.partition());
      statuses
          .computeIfAbsent(key, k -> new ArrayList<>())
          .add(new FileStatus(file.bytes(), false, 0, 0, file.modified(), new Path(file.path())));
    }
    List<PartitionDirectory> directories = new ArrayList<>();
    statuses.forEach(
        (key, list) ->
            directories.add(
                PartitionDirectory.apply(row(values.get(key)), list.toArray(new FileStatus[0]))));
    return spark
        .baseRelationToDataFrame(
            new HadoopFsRelation(
                new TableFiles(partition, directories),
                partition,
                new StructType(data.toArray(new StructField[0])),
                Option.empty(),
                new ParquetFileFormat(),
                Map$.MODULE$.empty(),
                spark))
        .select(
            List.of(columns.fieldNames()).stream()
                .map(org.apache.spark.sql.functions::col)
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  private static InternalRow row(Map<String, String> values) {
    Object[] row = PARTITION.stream().map(values::get).map(UTF8String::fromString).toArray();
    return InternalRow.fromSeq(CollectionConverters.asScala(List.of(row)).toSeq());
  }

  @Override
  public Seq<PartitionDirectory> listFiles(
      Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
    List<BasePredicate> filters = new ArrayList<>();
    for (Expression filter : CollectionConverters.asJava(partitionFilters)) {
      filters.add(Predicate.createInterpreted(filter.transform(new Bound())));
    }
    List<PartitionDirectory> chosen = new ArrayList<>(directories);
    chosen.removeIf(d -> !filters.stream().allMatch(filter -> filter.eval(d.values())));
    return CollectionConverters.asScala(chosen).toSeq();
  }

  /** Columns of the partition become places of its row. */
  private static final class Bound extends AbstractPartialFunction<Expression, Expression> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof AttributeReference;
    }

    @Override
    public Expression apply(Expression expression) {
      int place = PARTITION.indexOf(((AttributeReference) expression).name());
      return new BoundReference(place, expression.dataType(), true);
    }
  }

  @Override
  public Seq<Path> rootPaths() {
    return CollectionConverters.asScala(List.<Path>of()).toSeq();
  }

  @Override
  public String[] inputFiles() {
    return directories.stream()
        .flatMap(d -> CollectionConverters.asJava(d.files()).stream())
        .map(file -> file.getPath().toUri().toString())
        .toArray(String[]::new);
  }

  @Override
  public void refresh() {
    // the files of a version of a table are what they are
  }

  @Override
  public long sizeInBytes() {
    return directories.stream()
        .flatMap(d -> CollectionConverters.asJava(d.files()).stream())
        .mapToLong(file -> file.fileStatus().getLen())
        .sum();
  }
}
