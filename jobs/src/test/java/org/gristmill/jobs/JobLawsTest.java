package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Blocks;
import org.gristmill.filters.FilterChain;
import org.gristmill.filters.Filters;
import org.junit.jupiter.api.Test;

/** What holds for every job. */
class JobLawsTest {
  private static List<Job> jobs() {
    List<FilterChain.Step> steps =
        Filters.BY_NAME.values().stream()
            .map(f -> new FilterChain.Step(f, List.of("web"), List.of()))
            .toList();
    IngestStep web =
        new IngestStep(
            "web",
            "web",
            Kinds.BY_NAME.get("web"),
            List.of("a"),
            IngestStep.Vanished.KEEP,
            1,
            "here");
    return List.of(
        new IngestJob(List.of(web)),
        new FilterJob(new FilterChain(steps)),
        SignJob.DEFAULTS,
        ClusterJob.DEFAULTS,
        TokenizeJob.DEFAULTS,
        PackJob.DEFAULTS);
  }

  @Test
  void isARecordWithANameATableAndASchema() {
    Set<String> tables = new HashSet<>();
    for (Job job : jobs()) {
      assertTrue(job.getClass().isRecord());
      assertTrue(tables.add(job.to()));
      StructType schema = StructType.fromDDL(job.schema());
      assertTrue(schema.size() > 4);
      assertEquals(Blocks.name(job.getClass()), job.name() + "-job");
    }
  }

  @Test
  void survivesTheTripToAnExecutor() throws Exception {
    for (Job job : jobs()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(job);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertEquals(job, in.readObject());
      }
    }
  }

  @Test
  void aSettingChangesTheFingerprint() {
    Map<Job, Job> changed =
        Map.of(
            ClusterJob.DEFAULTS, new ClusterJob(0.9, List.of()),
            TokenizeJob.DEFAULTS, new TokenizeJob("gpt2", false),
            PackJob.DEFAULTS, new PackJob("cl100k_base", 2048, 32L << 20, List.of("arrow"), 2));
    changed.forEach(
        (a, b) -> {
          assertEquals(Runner.fingerprint(a, "x"), Runner.fingerprint(a, "x"));
          assertTrue(
              Stream.of(Runner.fingerprint(b, "x"), Runner.fingerprint(a, "y"))
                  .noneMatch(Runner.fingerprint(a, "x")::equals));
        });
    assertEquals("kept", Runner.fingerprint(PackJob.DEFAULTS, Runner.FROZEN + "kept"));
  }
}
