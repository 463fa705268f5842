package org.gristmill.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gristmill.core.Problem;
import org.gristmill.core.UserError;
import org.gristmill.filters.Filter;
import org.gristmill.filters.FilterChain;
import org.gristmill.filters.Filters;
import org.gristmill.sources.Source;

/** Reads a pipeline's conf (HOCON) and finds all mistakes in it, each with file and line. */
final class PipelineReader {
  private static final Set<String> TOP =
      Set.of("name", "root", "vars", "spark", "maxBroken", "steps");

  /** Jobs in the only order there is; each but ingest at most once. */
  private static final List<String> ORDER =
      List.of("ingest", "filter", "sign", "cluster", "tokenize", "pack");

  private final Problems problems = new Problems();
  private final Binder binder = new Binder(problems);

  private PipelineReader() {}

  /**
   * The pipeline in a file.
   *
   * @throws UserError with every mistake in it
   */
  static Pipeline read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(List.of(new Problem(file.toString(), "", "no such file")));
    }
    try {
      Config config =
          ConfigFactory.parseFile(
                  file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
              .resolve();
      PipelineReader reader = new PipelineReader();
      Pipeline pipeline = reader.pipeline(config.root());
      reader.problems.throwIfAny();
      return pipeline;
    } catch (ConfigException e) {
      ConfigOrigin origin = e.origin();
      String where =
          origin == null || origin.lineNumber() < 1
              ? file.toString()
              : file + ":" + origin.lineNumber();
      String message = e.getMessage().replaceFirst("^.*?: \\d+: ", "");
      throw new UserError(List.of(new Problem(where, "", message)));
    }
  }

  private Pipeline pipeline(ConfigObject top) {
    top.forEach(
        (key, value) -> {
          if (!TOP.contains(key)) {
            problems.unknown(value.origin(), key, "setting", key, TOP);
          }
        });
    String name = string(top, "name", "a name for the pipeline");
    String root = string(top, "root", "the folder for tables and shards");
    Map<String, String> spark = new TreeMap<>();
    if (top.get("spark") instanceof ConfigObject settings) {
      settings
          .toConfig()
          .entrySet()
          .forEach(
              e ->
                  spark.put(
                      "spark." + e.getKey().replace("\"", ""),
                      String.valueOf(e.getValue().unwrapped())));
    }
    return new Pipeline(name, stripped(root), share(top), spark, jobs(top));
  }

  private double share(ConfigObject top) {
    ConfigValue value = top.get("maxBroken");
    if (value == null) {
      return 0.005;
    }
    if (value.unwrapped() instanceof Number n && n.doubleValue() >= 0 && n.doubleValue() <= 1) {
      return n.doubleValue();
    }
    problems.add(value, "maxBroken", "must be a share between 0 and 1");
    return 0;
  }

  private List<Job> jobs(ConfigObject top) {
    List<IngestStep> ingest = new ArrayList<>();
    List<Job> jobs = new ArrayList<>();
    if (!(top.get("steps") instanceof ConfigList steps)) {
      problems.add(top.origin(), "steps", "missing: the list of steps, [ { job = ingest, ... } ]");
      return jobs;
    }
    int last = 0;
    Set<String> seen = new LinkedHashSet<>();
    for (ConfigValue value : steps) {
      if (!(value instanceof ConfigObject step)) {
        problems.add(value, "steps", "a step must be { job = ..., ... }");
        continue;
      }
      String job = string(step, "job", "which job this step runs");
      int place = ORDER.indexOf(job);
      if (place < 0) {
        if (!job.isEmpty()) {
          problems.unknown(step.get("job").origin(), "job", "job", job, ORDER);
        }
        continue;
      }
      if (place < last) {
        problems.add(step.get("job"), "job", job + " must come before " + ORDER.get(last));
      }
      if (!seen.add(job) && place > 0) {
        problems.add(step.get("job"), "job", job + " may stand in a pipeline once only");
      }
      last = Math.max(last, place);
      if (place == 0) {
        ingest(step, ingest);
      } else {
        jobs.add(job(job, step, jobs));
      }
    }
    complete(seen, steps, jobs);
    jobs.add(0, new IngestJob(ingest));
    return jobs;
  }

  /** Every job needs the tables of those before it; only deduplication may be left out. */
  private void complete(Set<String> seen, ConfigList steps, List<Job> jobs) {
    Map<String, String> needs =
        Map.of(
            "filter",
            "ingest",
            "sign",
            "filter",
            "cluster",
            "sign",
            "tokenize",
            "filter",
            "pack",
            "tokenize");
    if (seen.isEmpty()) {
      problems.add(steps, "steps", "is empty: a pipeline needs at least an ingest step");
    }
    for (String job : seen) {
      String needed = needs.get(job);
      if (needed != null && !seen.contains(needed)) {
        problems.add(steps, "steps", job + " needs a step with job = " + needed + " before it");
      }
    }
    for (Job job : jobs) {
      if (job instanceof TokenizeJob t && !t.keepDuplicates() && !seen.contains("cluster")) {
        problems.add(
            steps,
            "steps",
            "tokenize needs a step with job = cluster before it, or keepDuplicates = true");
      }
    }
  }

  private Job job(String name, ConfigObject step, List<Job> before) {
    Set<String> reserved = Set.of("job");
    return switch (name) {
      case "filter" -> new FilterJob(chain(step));
      case "sign" -> binder.bind(SignJob.DEFAULTS, step, reserved);
      case "cluster" -> binder.bind(ClusterJob.DEFAULTS, step, reserved);
      case "tokenize" -> binder.bind(TokenizeJob.DEFAULTS, step, reserved);
      default -> {
        String tokenizer =
            before.stream()
                .filter(TokenizeJob.class::isInstance)
                .map(j -> ((TokenizeJob) j).tokenizer())
                .findFirst()
                .orElse(PackJob.DEFAULTS.tokenizer());
        if (step.containsKey("tokenizer")) {
          problems.add(step.get("tokenizer"), "tokenizer", "belongs in the tokenize step");
        }
        PackJob d = PackJob.DEFAULTS;
        yield binder.bind(
            new PackJob(tokenizer, d.sequenceTokens(), d.shardTokens(), d.formats(), d.seed()),
            step,
            reserved);
      }
    };
  }

  private void ingest(ConfigObject step, List<IngestStep> steps) {
    String kind = string(step, "source", "which kind of source this step reads");
    Source reader = Kinds.BY_NAME.get(kind);
    if (reader == null) {
      if (!kind.isEmpty()) {
        problems.unknown(
            step.get("source").origin(), "source", "source", kind, Kinds.BY_NAME.keySet());
      }
      return;
    }
    String name = step.containsKey("name") ? string(step, "name", "a name") : kind;
    if (!name.matches("[a-z][a-z0-9-]*")) {
      problems.add(step, "name", "is " + name + ", must be lower-case letters, digits and -");
    }
    if (steps.stream().anyMatch(s -> s.name().equals(name))) {
      problems.add(step, "name", "two sources are called " + name + ": give one a name of its own");
    }
    Set<String> own = Set.of("job", "source", "name", "from", "vanished", "batchBytes");
    Source bound = (Source) binder.bind((Record) reader, step, own);
    IngestSettings settings = settings(step);
    List<String> from = strings(step, "from");
    if (from.isEmpty()) {
      problems.add(step, "from", "missing: files, folders or globs to read");
    }
    steps.add(
        new IngestStep(
            name,
            kind,
            bound,
            from,
            settings.vanished(),
            Math.max(1, settings.batchBytes()),
            Problems.where(step.origin())));
  }

  /** The settings of an ingest step that are not its source's. */
  record IngestSettings(IngestStep.Vanished vanished, long batchBytes) {
    static final IngestSettings DEFAULTS = new IngestSettings(IngestStep.Vanished.KEEP, 256L << 30);
  }

  private IngestSettings settings(ConfigObject step) {
    Set<String> others = new HashSet<>(step.keySet());
    others.removeAll(Set.of("vanished", "batchBytes"));
    return binder.bind(IngestSettings.DEFAULTS, step, others);
  }

  private FilterChain chain(ConfigObject step) {
    step.forEach(
        (key, value) -> {
          if (!Set.of("job", "filters").contains(key)) {
            problems.unknown(value.origin(), key, "setting", key, Set.of("filters"));
          }
        });
    List<FilterChain.Step> chain = new ArrayList<>();
    if (!(step.get("filters") instanceof ConfigList filters)) {
      problems.add(step, "filters", "missing: a list of filters, [ { name = ... } ]");
      return new FilterChain(chain);
    }
    for (ConfigValue value : filters) {
      if (!(value instanceof ConfigObject block)) {
        problems.add(value, "filters", "a filter must be { name = ..., ... }");
        continue;
      }
      String name = string(block, "name", "which filter");
      Filter filter = Filters.BY_NAME.get(name);
      if (filter == null) {
        if (!name.isEmpty()) {
          problems.unknown(
              block.get("name").origin(), "name", "filter", name, Filters.BY_NAME.keySet());
        }
        continue;
      }
      Set<String> own = Set.of("name", "sources", "languages");
      chain.add(
          new FilterChain.Step(
              (Filter) binder.bind((Record) filter, block, own),
              strings(block, "sources"),
              strings(block, "languages")));
    }
    return new FilterChain(chain);
  }

  private String string(ConfigObject object, String key, String meaning) {
    ConfigValue value = object.get(key);
    if (value == null) {
      problems.add(object.origin(), key, "missing: " + meaning);
      return "";
    }
    if (value.valueType() != ConfigValueType.STRING) {
      problems.add(value, key, "must be a string");
      return "";
    }
    return (String) value.unwrapped();
  }

  /** A list of strings, or one string; empty if there is none. */
  private List<String> strings(ConfigObject object, String key) {
    ConfigValue value = object.get(key);
    if (value == null) {
      return List.of();
    }
    if (value.valueType() == ConfigValueType.STRING) {
      return List.of((String) value.unwrapped());
    }
    List<String> strings = new ArrayList<>();
    if (value instanceof ConfigList list) {
      for (ConfigValue item : list) {
        if (item.valueType() == ConfigValueType.STRING) {
          strings.add((String) item.unwrapped());
        } else {
          problems.add(item, key, "must be a string");
        }
      }
    } else {
      problems.add(value, key, "must be a string or a list of strings");
    }
    return strings;
  }

  private static String stripped(String root) {
    return root.length() > 1 && root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
  }
}
