package org.gristmill.jobs.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gristmill.jobs.ingest.IngestJob;
import org.gristmill.jobs.steps.ClusterJob;
import org.gristmill.jobs.steps.FilterJob;
import org.gristmill.jobs.steps.IndexJob;
import org.gristmill.jobs.steps.LinesJob;
import org.gristmill.jobs.steps.PackJob;
import org.gristmill.jobs.steps.SignJob;
import org.gristmill.jobs.steps.SpansJob;
import org.gristmill.jobs.steps.TokenizeJob;
import org.gristmill.jobs.table.Job;

/** Every job a pipeline may name, with its defaults. A new job is its file and a line here. */
public final class Jobs {
  /** By name, in the order in which data usually flows; unmodifiable. */
  public static final Map<String, Job> BY_NAME =
      byName(
          new IngestJob(IngestJob.DOCUMENTS, List.of(), Set.of()),
          FilterJob.DEFAULTS,
          SignJob.DEFAULTS,
          ClusterJob.DEFAULTS,
          IndexJob.DEFAULTS,
          LinesJob.DEFAULTS,
          SpansJob.DEFAULTS,
          TokenizeJob.DEFAULTS,
          PackJob.DEFAULTS);

  private Jobs() {}

  private static Map<String, Job> byName(Job... jobs) {
    Map<String, Job> byName = new LinkedHashMap<>();
    for (Job job : jobs) {
      byName.put(job.name(), job);
    }
    return Collections.unmodifiableMap(byName);
  }
}
