import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Hash;
import org.gristmill.dedup.ShingleSet;
import org.gristmill.jobs.run.Sessions;
import org.gristmill.jobs.steps.ClusterJob;
import org.gristmill.jobs.steps.SignJob;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;

/**
 * What hot buckets cost in the step cluster: HotBuckets ROOT DOCUMENTS CASE...
 *
 * <p>Texts of 300 shingles. {@code copies}: all equal. {@code alike}: all different, of similarity
 * 0.99, with the same 14 bands. {@code one-band}: the same, but only one band is common. {@code
 * unlike}: one band is common, no shingle is. {@code spread}: nothing is common, for comparison.
 */
public final class HotBuckets {
  private static final int BANDS = 14;
  private static final int SHINGLES = 300;
  private static final long LONG_MILLIS = 10_000;

  public static void main(String[] args) throws Exception {
    long documents = Long.parseLong(args[1]);
    SparkSession spark = Sessions.start("hot-buckets", Map.of());
    spark.sparkContext().setLogLevel("ERROR");
    for (String name : Arrays.asList(args).subList(2, args.length)) {
      String root = args[0] + "/" + name;
      Tables tables =
          new Tables(() -> spark, spark.sparkContext().hadoopConfiguration(), root, () -> {});
      SignJob sign = SignJob.DEFAULTS;
      ClusterJob cluster = ClusterJob.DEFAULTS;
      tables.jobs(List.of(sign, cluster));
      SortedMap<String, Made> batch = new TreeMap<>(Map.of("b", Made.of(Map.of(), Map.of())));
      tables.commit(sign, signatures(spark, name, documents), batch, List.of());
      Costs costs = new Costs();
      spark.sparkContext().addSparkListener(costs);
      long start = System.nanoTime();
      SortedMap<String, Made> made = cluster.made(tables);
      tables.commit(cluster, cluster.plan(tables, made.keySet()), made, List.of());
      double seconds = (System.nanoTime() - start) / 1e9;
      costs.report(spark, name, documents, seconds);
      spark.sparkContext().removeSparkListener(costs);
      check(tables, name, documents);
      tables.clearScratch();
    }
    spark.stop();
  }

  private static Dataset<Row> signatures(SparkSession spark, String name, long documents) {
    MapFunction<Long, Row> sign = i -> row(name, i);
    int parts = (int) Math.max(2, documents / 200_000);
    return spark
        .range(0, documents, 1, parts)
        .as(Encoders.LONG())
        .map(sign, Encoders.row(StructType.fromDDL(SignJob.DEFAULTS.schema())));
  }

  private static Row row(String name, long i) {
    long own = Hash.mix(i + 1);
    long text = name.equals("copies") ? 1 : own;
    int common =
        switch (name) {
          case "copies", "alike" -> BANDS;
          case "one-band", "unlike" -> 1;
          default -> 0;
        };
    long[] bands = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      bands[band] = Hash.mix(band < common ? band + 77 : own + band);
    }
    boolean alike = List.of("copies", "alike", "one-band").contains(name);
    long[] shingles = new long[SHINGLES];
    for (int k = 0; k < SHINGLES; k++) {
      shingles[k] = Hash.mix(alike ? k + 1 : own + 1000 * (k + 1));
    }
    shingles[(int) Long.remainderUnsigned(text, SHINGLES)] = text;
    return RowFactory.create(
        "b",
        "web",
        hex(own, i),
        hex(text, text),
        bands,
        ShingleSet.encode(shingles),
        1800 + Long.remainderUnsigned(text, 1000),
        null);
  }

  private static String hex(long a, long b) {
    return HexFormat.of().formatHex(ByteBuffer.allocate(16).putLong(a).putLong(b).array());
  }

  private static void check(Tables tables, String name, long documents) {
    Row found =
        tables
            .read("clusters")
            .selectExpr("count(1)", "count(DISTINCT keeper)", "min(similarity)")
            .head();
    long dropped = found.getLong(0);
    System.out.printf(
        Locale.ROOT,
        "          %,d dropped for %,d that stay, least similarity %s%n",
        dropped,
        found.getLong(1),
        found.get(2));
    if (dropped != (List.of("unlike", "spread").contains(name) ? 0 : documents - 1)) {
      throw new IllegalStateException("not what is right");
    }
  }

  /** Sums and peaks over tasks. */
  private static final class Costs extends SparkListener {
    private final LongAdder cpu = new LongAdder();
    private final LongAdder shuffled = new LongAdder();
    private final LongAdder spilled = new LongAdder();
    private final LongAccumulator execution = new LongAccumulator(Math::max, 0);
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      TaskMetrics its = end.taskMetrics();
      if (its != null) {
        cpu.add(its.executorCpuTime());
        shuffled.add(its.shuffleWriteMetrics().bytesWritten());
        spilled.add(its.diskBytesSpilled());
        execution.accumulate(its.peakExecutionMemory());
        longest.accumulate(end.taskInfo().duration());
      }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
      StageInfo stage = completed.stageInfo();
      long millis =
          (Long) stage.completionTime().get() - (Long) stage.submissionTime().get();
      if (millis > LONG_MILLIS) {
        TaskMetrics its = stage.taskMetrics();
        System.out.printf(
            Locale.ROOT,
            "          stage %d: %,d s, %d tasks, read %,d MB, shuffled %,d MB, spilled %,d MB%n",
            stage.stageId(),
            millis / 1000,
            stage.numTasks(),
            its.shuffleReadMetrics().totalBytesRead() >> 20,
            its.shuffleWriteMetrics().bytesWritten() >> 20,
            its.diskBytesSpilled() >> 20);
      }
    }

    void report(SparkSession spark, String name, long documents, double seconds)
        throws TimeoutException, IOException {
      spark.sparkContext().listenerBus().waitUntilEmpty(10_000);
      System.out.printf(
          Locale.ROOT,
          "%-9s %,d documents: %.0f s, %.0f CPU s, longest task %d s; %,d MB shuffled, %,d MB"
              + " spilled; peaks: %,d MB execution memory of a task, MB resident of processes %s%n",
          name,
          documents,
          seconds,
          cpu.sum() / 1e9,
          longest.get() / 1000,
          shuffled.sum() >> 20,
          spilled.sum() >> 20,
          execution.get() >> 20,
          resident(spark));
    }

    /** Of the executors, then of this process. */
    private static List<Long> resident(SparkSession spark) throws IOException {
      String driver = ":" + spark.sparkContext().getConf().get("spark.driver.port");
      List<Long> peaks = new ArrayList<>();
      for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
        String line = process.info().commandLine().orElse("");
        if (line.contains("CoarseGrainedExecutorBackend") && line.contains(driver)) {
          peaks.add(peak(process.pid()));
        }
      }
      peaks.add(peak(ProcessHandle.current().pid()));
      return peaks;
    }

    private static long peak(long pid) throws IOException {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10;
        }
      }
      return 0;
    }
  }
}
