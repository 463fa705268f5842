package org.gristmill.jobs.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;

/** What the log of a Delta table says, by way of Spark: where {@link TableLog} cannot be used. */
final class SparkLog implements TableState {
  private final Snapshot snapshot;

  SparkLog(SparkSession spark, String folder) {
    DeltaLog.invalidateCache(spark, new Path(folder));
    snapshot = DeltaLog.forTable(spark, folder).unsafeVolatileSnapshot();
  }

  @Override
  public boolean exists() {
    return snapshot.version() >= 0;
  }

  @Override
  public List<String> columns() {
    return exists() ? List.of(snapshot.schema().fieldNames()) : List.of();
  }

  @Override
  public List<DataFile> files() {
    List<DataFile> files = new ArrayList<>();
    if (exists()) {
      for (Row row :
          snapshot
              .allFiles()
              .selectExpr(
                  "coalesce(partitionValues['batch'], '')",
                  "coalesce(partitionValues['made'], '')",
                  "size",
                  "coalesce(cast(get_json_object(stats, '$.numRecords') AS long)"
                      + " - coalesce(deletionVector.cardinality, 0), -1)")
              .collectAsList()) {
        files.add(
            new DataFile(
                Map.of("batch", row.getString(0), "made", row.getString(1)),
                row.getLong(3),
                row.getLong(2),
                "",
                0));
      }
    }
    return files;
  }

  @Override
  public Optional<String> plainSchema() {
    return Optional.empty();
  }
}
