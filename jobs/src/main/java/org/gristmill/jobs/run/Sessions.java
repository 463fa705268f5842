package org.gristmill.jobs.run;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** Starts Spark: on the cluster that spark-submit names, or embedded in this process. */
public final class Sessions {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String CATALOG = "spark.sql.catalog.spark_catalog";
  private static final String DELTA = "io.delta.sql.DeltaSparkSessionExtension";

  private Sessions() {}

  /**
   * The file systems' settings as a session with some Spark settings would have them; starts
   * nothing.
   */
  public static Configuration hadoop(Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::setIfMissing);
    return SparkHadoopUtil.get().newConfiguration(conf);
  }

  /**
   * A session with some Spark settings, where spark-submit does not say otherwise.
   *
   * @param name of the pipeline
   */
  public static SparkSession start(String name, Map<String, String> settings) {
    SparkConf given = new SparkConf();
    boolean embedded = !given.contains("spark.master");
    SparkSession.Builder builder = SparkSession.builder().appName("gristmill " + name);
    if (embedded) {
      builder.master("local[*]");
      // One machine: the defaults, made for a cluster, would only cost time.
      int partitions = 2 * Runtime.getRuntime().availableProcessors();
      builder.config("spark.sql.shuffle.partitions", Integer.toString(partitions));
      builder.config(
          "spark.sql.sources.parallelPartitionDiscovery.parallelism", Integer.toString(partitions));
      builder.config("spark.ui.enabled", "false");
      builder.config("spark.sql.ui.explainMode", "simple"); // nobody sees it
      builder.config("spark.databricks.delta.snapshotPartitions", "1");
      builder.config("spark.driver.host", "127.0.0.1");
      builder.config("spark.driver.bindAddress", "127.0.0.1");
    }
    String extensions = given.get(EXTENSIONS, "");
    if (!extensions.contains(DELTA)) {
      builder.config(EXTENSIONS, extensions.isEmpty() ? DELTA : extensions + "," + DELTA);
    }
    if (!given.contains(CATALOG)) {
      builder.config(CATALOG, "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    }
    builder.config("spark.sql.session.timeZone", "UTC");
    builder.config("spark.sql.icu.caseMappings.enabled", "false"); // only hex digits are lowered
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      if (!given.contains(setting.getKey())) {
        builder.config(setting.getKey(), setting.getValue());
      }
    }
    return builder.getOrCreate();
  }

  /**
   * Lets a session interpret its plans from now on, or compile code for them. The rows are the
   * same; what the user has set stays.
   */
  static void interpret(SparkSession spark, boolean interpret) {
    set(spark, "spark.sql.codegen.wholeStage", interpret ? "false" : "true");
    set(spark, "spark.sql.codegen.factoryMode", interpret ? "NO_CODEGEN" : "FALLBACK");
  }

  private static void set(SparkSession spark, String key, String value) {
    if (!spark.sparkContext().getConf().contains(key)) {
      spark.conf().set(key, value);
    }
  }
}
