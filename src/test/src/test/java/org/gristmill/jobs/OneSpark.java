package org.gristmill.jobs;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.gristmill.jobs.run.Sessions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One Spark for all runs of a test class: starting it costs more than a small run does. */
public final class OneSpark implements BeforeAllCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Sessions.start(
        "tests",
        Map.of(
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.sql.shuffle.partitions", "1",
            "spark.databricks.delta.retentionDurationCheck.enabled", "false"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    SparkSession.getDefaultSession().get().stop();
  }
}
