package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Block;
import org.gristmill.core.Setting;
import org.gristmill.filters.CodeLines;
import org.gristmill.filters.Filter;
import org.gristmill.filters.FilterChain;
import org.gristmill.filters.Length;
import org.gristmill.filters.UrlBlock;
import org.gristmill.jobs.ingest.IngestJob;
import org.gristmill.jobs.ingest.IngestStep;
import org.gristmill.jobs.registry.AllFilters;
import org.gristmill.jobs.registry.Jobs;
import org.gristmill.jobs.registry.Kinds;
import org.gristmill.jobs.steps.FilterJob;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.TableDocs;
import org.gristmill.testing.Laws;
import org.junit.jupiter.api.Test;

/** What holds for every job of the registry. */
class JobLawsTest {
  /** The registered jobs, and two that hold every filter and every source. */
  private static List<Job> jobs() {
    List<FilterChain.Step> steps =
        AllFilters.BY_NAME.values().stream()
            .map(f -> new FilterChain.Step(f, List.of("web"), List.of()))
            .toList();
    List<IngestStep> sources =
        Kinds.BY_NAME.entrySet().stream()
            .map(
                e ->
                    new IngestStep(
                        e.getKey(),
                        e.getKey(),
                        e.getValue(),
                        List.of("a"),
                        IngestStep.Intake.DEFAULTS,
                        "here"))
            .toList();
    List<Job> jobs = new ArrayList<>(Jobs.BY_NAME.values());
    jobs.add(new FilterJob("documents", "judged", new FilterChain(steps)));
    jobs.add(new IngestJob("documents", sources, Set.of()));
    return jobs;
  }

  @Test
  void isDescribedToPeople() {
    Set<String> tables = new HashSet<>();
    Jobs.BY_NAME.forEach(
        (name, job) -> {
          assertEquals(name, job.name());
          assertTrue(tables.add(job.to()));
          assertNotNull(job.getClass().getAnnotation(Block.class), name);
          if (!(job instanceof IngestJob)) {
            for (RecordComponent component : job.getClass().getRecordComponents()) {
              assertNotNull(component.getAnnotation(Setting.class), name + "." + component);
            }
          }
          for (StructField field : StructType.fromDDL(job.schema()).fields()) {
            assertTrue(field.getComment().isDefined(), name + "." + field.name());
          }
        });
  }

  @Test
  void readsTablesThatOthersMake() {
    Set<String> made = new HashSet<>();
    for (Job job : Jobs.BY_NAME.values()) {
      assertTrue(made.containsAll(job.reads()), job.name());
      made.add(job.to());
      assertTrue(
          List.of(StructType.fromDDL(job.schema()).fieldNames()).contains("batch"), job.name());
    }
  }

  @Test
  void sumsAreAboutCountsThatAreDeclared() {
    Set<String> counts = new HashSet<>();
    for (Job job : Jobs.BY_NAME.values()) {
      job.counts().forEach(c -> counts.add(job.to() + "." + c.name()));
      counts.add(job.to() + ".ids");
      for (Even even : job.sums()) {
        List<String> terms = new ArrayList<>(even.left());
        terms.addAll(even.right());
        for (String term : terms) {
          assertTrue(counts.contains(term.replaceFirst("^-", "")), term);
        }
      }
    }
  }

  @Test
  void survivesTheTripToAnExecutor() throws Exception {
    for (Job job : jobs()) {
      assertEquals(job, Laws.sent(job));
    }
  }

  @Test
  void everySettingOfAFilterIsAFactAndSoIsItsVersion() {
    Job job = jobs().get(Jobs.BY_NAME.size());
    AllFilters.BY_NAME
        .keySet()
        .forEach(name -> assertTrue(job.facts().containsKey(name + "@version"), name));
    assertEquals("50", job.facts().get("gopher-quality.minWords"));
  }

  @Test
  void factsAndInputsDecideWhatABatchIsMadeFromAndSayWhy() {
    Job one = chain(new Length(1, 100));
    Job other = chain(new Length(2, 100));
    Made made = Made.of(one.facts(), Map.of("documents/a", "x"));
    assertEquals(made.id(), Made.of(one.facts(), Map.of("documents/a", "x")).id());
    Made set = Made.of(other.facts(), Map.of("documents/a", "x"));
    assertNotEquals(made.id(), set.id());
    assertEquals("length.minChars 1 -> 2", set.why(made));
    Made input = Made.of(one.facts(), Map.of("documents/a", "y"));
    assertNotEquals(made.id(), input.id());
    assertEquals("documents/a changed", input.why(made));
    Map<String, String> newer = new TreeMap<>(one.facts());
    newer.put("length@version", "length 2");
    Made release = Made.of(newer, Map.of("documents/a", "x"));
    assertNotEquals(made.id(), release.id());
    assertEquals("length@version length 1 -> length 2", release.why(made));
    assertTrue(other.decidesAgain(made, set));
    assertFalse(one.decidesAgain(made, input));
    assertFalse(one.decidesAgain(made, release));
    assertFalse(one.decidesAgain(release, made));
  }

  @Test
  void onlyLimitsOfTheSameFiltersAreDecidedAgain() {
    Job first = chain(new Length(1, 100), CodeLines.PAPER);
    for (Job other :
        List.of(
            chain(new Length(2, 100)),
            chain(new Length(2, 100), CodeLines.PAPER, UrlBlock.DEFAULT),
            chain(CodeLines.PAPER, new Length(2, 100)),
            chain(new Length(2, 100), new CodeLines(1000, 100, 0.25, 5)),
            chain(new Length(1, 100), new Length(2, 100)))) {
      assertFalse(other.decidesAgain(made(first), made(other)), other.toString());
      assertFalse(first.decidesAgain(made(other), made(first)), other.toString());
    }
    Job twice = chain(new Length(1, 100), new Length(2, 100));
    Job other = chain(new Length(1, 100), new Length(3, 100));
    assertFalse(other.decidesAgain(made(twice), made(other)));
    Job limits = chain(new Length(2, 100), new CodeLines(500, 100, 0.25, 100));
    assertTrue(limits.decidesAgain(made(first), made(limits)));
  }

  private static Made made(Job job) {
    return Made.of(job.facts(), Map.of("documents/a", "x"));
  }

  private static Job chain(Filter... filters) {
    return new FilterJob(
        "documents",
        "judged",
        new FilterChain(
            Arrays.stream(filters)
                .map(filter -> new FilterChain.Step(filter, List.of(), List.of()))
                .toList()));
  }

  @Test
  void theFingerprintsOfAFixedPipelineAreTheSameEverywhere() {
    assertFalse(
        jobs().stream()
            .anyMatch(j -> j.facts().toString().contains(System.getProperty("user.dir"))));
  }

  @Test
  void thePageOfTablesIsWhatTheCodeSays() throws IOException {
    assertEquals(
        TableDocs.markdown(Jobs.BY_NAME.values()),
        Files.readString(Path.of("../docs/tables.md")),
        "write it anew: ./gristmill list tables > docs/tables.md");
  }
}
