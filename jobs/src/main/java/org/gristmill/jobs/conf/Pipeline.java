package org.gristmill.jobs.conf;

import java.util.List;
import java.util.Map;
import org.gristmill.jobs.table.Job;

/**
 * A pipeline as read from its conf.
 *
 * @param name for people
 * @param root folder of its tables and shards, on any Hadoop file system; absolute
 * @param maxBroken largest share of broken records among all records that is still a clean run
 * @param commitBytes about so much input goes into one commit
 * @param spark Spark settings
 * @param jobs in the order they run
 */
public record Pipeline(
    String name,
    String root,
    double maxBroken,
    long commitBytes,
    Map<String, String> spark,
    List<Job> jobs) {
  public Pipeline {
    spark = Map.copyOf(spark);
    jobs = List.copyOf(jobs);
  }
}
