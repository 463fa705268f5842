package org.gristmill.jobs;

import java.util.List;
import java.util.Map;

/**
 * A pipeline as read from its conf.
 *
 * @param name for people
 * @param root folder of its tables and shards, on any Hadoop file system
 * @param maxBroken largest share of broken records among all records that is still a clean run
 * @param spark Spark settings
 * @param jobs in the order they run
 */
record Pipeline(
    String name, String root, double maxBroken, Map<String, String> spark, List<Job> jobs) {
  Pipeline {
    spark = Map.copyOf(spark);
    jobs = List.copyOf(jobs);
  }
}
