package org.gristmill.jobs.run;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.gristmill.jobs.conf.Pipeline;

/**
 * Spark for one command, started when it is first needed: most of what a run does needs none. A
 * session that this process had before is used, and left running.
 */
public final class Session implements Supplier<SparkSession>, AutoCloseable {
  private final Pipeline pipeline;
  private final Consumer<SparkSession> started;
  private SparkSession spark;
  private boolean ours;

  /**
   * Starts nothing yet, unless a cluster manager runs this very process and waits for it.
   *
   * @param started told of the session when it has started
   * @throws org.gristmill.core.UserError if the Spark here is not the one this was built for
   */
  public Session(Pipeline pipeline, Consumer<SparkSession> started) {
    this.pipeline = pipeline;
    this.started = started;
    BuiltFor.check(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    if (new SparkConf().get("spark.submit.deployMode", "client").equals("cluster")) {
      get();
    }
  }

  /** The file systems' settings, as Spark will have them. */
  public Configuration hadoop() {
    return spark != null
        ? spark.sparkContext().hadoopConfiguration()
        : Sessions.hadoop(pipeline.spark());
  }

  @Override
  public SparkSession get() {
    if (spark == null) {
      ours = SparkSession.getDefaultSession().isEmpty();
      spark = Sessions.start(pipeline.name(), pipeline.spark());
      started.accept(spark);
    }
    return spark;
  }

  @Override
  public void close() {
    if (ours) {
      spark.stop();
    }
  }
}
