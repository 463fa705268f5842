package org.gristmill.jobs.table;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionBuilder;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.internal.data.DefaultColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A Delta table as this process can read it, and append to it, without Spark: its log, and small
 * tables whole.
 *
 * @see <a href="https://github.com/delta-io/delta/tree/master/kernel">Delta Kernel</a>
 */
final class TableLog implements TableState {
  private static final Pattern RECORDS = Pattern.compile("\"numRecords\"\\s*:\\s*([0-9]+)");

  /** Delta Kernel needs a Parquet that knows geometry; that of Spark 4.0 does not. */
  static boolean usable() {
    try {
      Class.forName(
          "org.apache.parquet.schema.LogicalTypeAnnotation$GeometryLogicalTypeAnnotation");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private final Engine engine;
  private final String path;
  private final Optional<Snapshot> snapshot;

  /** The table in a folder as it is now. */
  TableLog(Configuration hadoop, String folder) {
    engine = DefaultEngine.create(hadoop);
    try {
      Path qualified = new Path(folder);
      path = qualified.getFileSystem(hadoop).makeQualified(qualified).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    snapshot = latest();
  }

  private Optional<Snapshot> latest() {
    try {
      return Optional.of(io.delta.kernel.Table.forPath(engine, path).getLatestSnapshot(engine));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean exists() {
    return snapshot.isPresent();
  }

  @Override
  public List<String> columns() {
    return snapshot.map(s -> s.getSchema().fieldNames()).orElse(List.of());
  }

  @Override
  public List<DataFile> files() {
    List<DataFile> files = new ArrayList<>();
    snapshot.ifPresent(
        s ->
            scanFiles(
                s.getScanBuilder().build(),
                row -> {
                  FileStatus status = InternalScanFileUtils.getAddFileStatus(row);
                  files.add(
                      new DataFile(
                          InternalScanFileUtils.getPartitionValues(row),
                          rows(row),
                          status.getSize(),
                          status.getPath(),
                          status.getModificationTime()));
                }));
    return files;
  }

  /** Deletion vectors, mapped columns and widened types all raise the reader's version. */
  @Override
  public Optional<String> plainSchema() {
    return snapshot
        .map(SnapshotImpl.class::cast)
        .filter(s -> s.getProtocol().getMinReaderVersion() == 1)
        .filter(s -> s.getPartitionColumnNames().equals(TableFiles.PARTITION))
        .map(s -> DataTypeJsonSerDe.serializeStructType(s.getSchema()));
  }

  private void scanFiles(Scan scan, Consumer<Row> out) {
    try (CloseableIterator<Row> rows = Utils.intoRows(scan.getScanFiles(engine, true))) {
      rows.forEachRemaining(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long rows(Row file) {
    Row add = file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL);
    int stats = InternalScanFileUtils.ADD_FILE_STATS_ORDINAL;
    Matcher records = RECORDS.matcher(add.isNullAt(stats) ? "" : add.getString(stats));
    if (!records.find()) {
      return -1;
    }
    DeletionVectorDescriptor deleted =
        InternalScanFileUtils.getDeletionVectorDescriptorFromRow(file);
    return Long.parseLong(records.group(1)) - (deleted == null ? 0 : deleted.getCardinality());
  }

  /** Hands over every row of a table that is small enough for one process. */
  void rows(Consumer<Row> out) {
    snapshot.ifPresent(
        s -> {
          Scan scan = s.getScanBuilder().build();
          Row state = scan.getScanState(engine);
          scanFiles(scan, file -> rows(state, file, out));
        });
  }

  private void rows(Row state, Row file, Consumer<Row> out) {
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    StructType columns = ScanStateRow.getPhysicalDataReadSchema(state);
    try (CloseableIterator<FileReadResult> read =
            engine
                .getParquetHandler()
                .readParquetFiles(
                    Utils.singletonCloseableIterator(status), columns, Optional.empty());
        CloseableIterator<ColumnarBatch> data = read.map(FileReadResult::getData);
        CloseableIterator<Row> rows =
            Utils.intoRows(Scan.transformPhysicalData(engine, state, file, data))) {
      rows.forEachRemaining(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Appends rows in one commit, and makes the table where there is none.
   *
   * @param schema of the table, as Spark writes schemas in JSON
   * @param values the rows' values by column; maps of strings as {@link
   *     VectorUtils#stringStringMapValue}
   */
  void append(String schema, List<List<?>> values) {
    StructType columns = DataTypeJsonSerDe.deserializeStructType(schema);
    ColumnVector[] vectors = new ColumnVector[values.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = VectorUtils.buildColumnVector(values.get(i), columns.at(i).getDataType());
    }
    int size = values.get(0).size();
    TransactionBuilder builder =
        io.delta.kernel.Table.forPath(engine, path)
            .createTransactionBuilder(
                engine, "Gristmill", exists() ? Operation.WRITE : Operation.CREATE_TABLE);
    if (!exists()) {
      builder = builder.withSchema(engine, columns);
    }
    Transaction transaction = builder.build(engine);
    Row state = transaction.getTransactionState(engine);
    FilteredColumnarBatch batch =
        new FilteredColumnarBatch(
            new DefaultColumnarBatch(size, columns, vectors), Optional.empty());
    try (CloseableIterator<FilteredColumnarBatch> data =
        Transaction.transformLogicalData(
            engine, state, Utils.singletonCloseableIterator(batch), Map.of())) {
      DataWriteContext context = Transaction.getWriteContext(engine, state, Map.of());
      CloseableIterator<DataFileStatus> files =
          engine
              .getParquetHandler()
              .writeParquetFiles(
                  context.getTargetDirectory(), data, context.getStatisticsColumns());
      CloseableIterator<Row> actions =
          Transaction.generateAppendActions(engine, state, files, context);
      TransactionCommitResult result =
          transaction.commit(engine, CloseableIterable.inMemoryIterable(actions));
      for (PostCommitHook hook : result.getPostCommitHooks()) {
        hook.threadSafeInvoke(engine);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The type of a nested column of a table's schema, to build its values with. */
  static StructField field(String schema, String column) {
    return DataTypeJsonSerDe.deserializeStructType(schema).get(column);
  }
}
