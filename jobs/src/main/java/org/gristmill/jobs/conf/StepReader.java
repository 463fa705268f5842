package org.gristmill.jobs.conf;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.SettingError;
import org.gristmill.filters.Filter;
import org.gristmill.filters.FilterChain;
import org.gristmill.filters.Language;
import org.gristmill.filters.ListFile;
import org.gristmill.filters.ModelFile;
import org.gristmill.jobs.ingest.IngestJob;
import org.gristmill.jobs.ingest.IngestStep;
import org.gristmill.jobs.registry.AllFilters;
import org.gristmill.jobs.registry.Jobs;
import org.gristmill.jobs.registry.Kinds;
import org.gristmill.jobs.settings.Binder;
import org.gristmill.jobs.settings.Problems;
import org.gristmill.jobs.steps.Benchmarks;
import org.gristmill.jobs.steps.TokenizeJob;
import org.gristmill.jobs.table.Job;
import org.gristmill.sources.Source;
import org.gristmill.tokenize.BpeTokenizer;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.objective.Objective;
import org.gristmill.tokenize.objective.ObjectiveChain;
import org.gristmill.tokenize.objective.Objectives;

/** Reads the steps of a pipeline into jobs, in the order in which they can run. */
final class StepReader {
  private static final Set<String> INGEST = Set.of("job", "source", "name", "from", "to");

  /** Settings of a job that another step gives, by job and name: which one. */
  private static final Map<String, Map<String, String>> LINKED =
      Map.of(
          "lines", Map.of("documents", "filter"),
          "spans", Map.of("documents", "filter"),
          "pack", Map.of("tokenizer", "tokenize", "objectives", "tokenize"),
          "index", Map.of("minhash", "sign"),
          "sign", Map.of("documents", "filter"),
          "tokenize", Map.of("documents", "filter"));

  private final Problems problems;
  private final Binder binder;
  private final PipelineReader.Strings strings;
  private final Map<String, List<IngestStep>> ingest = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, ConfigObject> places = new HashMap<>();
  private final Set<String> sources = new TreeSet<>();

  StepReader(Problems problems, Binder binder) {
    this.problems = problems;
    this.binder = binder;
    this.strings = new PipelineReader.Strings(problems);
    binder.convert(FilterChain.class, this::chain);
    binder.convert(Tokenizer.class, this::tokenizer);
    binder.convert(ObjectiveChain.class, this::objectives);
    binder.convert(Benchmarks.class, this::benchmarks);
    binder.convert(ListFile.class, StepReader::list);
    binder.convert(ModelFile.class, StepReader::model);
  }

  List<Job> jobs(ConfigObject top) {
    if (!(top.get("steps") instanceof ConfigList steps)) {
      problems.add(top.origin(), "steps", "missing: the list of steps, [ { job = ingest, ... } ]");
      return List.of();
    }
    if (steps.isEmpty()) {
      problems.add(steps, "steps", "is empty: a pipeline needs at least an ingest step");
    }
    for (ConfigValue value : steps) { // ingest first: the others may name its sources
      if (value instanceof ConfigObject step && "ingest".equals(unwrapped(step, "job"))) {
        ingest(step);
      }
    }
    ingest.forEach((to, list) -> jobs.put(to, new IngestJob(to, list, Set.of())));
    for (ConfigValue value : steps) {
      if (!(value instanceof ConfigObject step)) {
        problems.add(value, "steps", "a step must be { job = ..., ... }");
      } else if (!"ingest".equals(unwrapped(step, "job"))) {
        job(step);
      }
    }
    return ordered();
  }

  /** A name or a file, or an object that says more of a file; or a known one's own settings. */
  private Object tokenizer(ConfigValue value) {
    if (value instanceof ConfigObject object && object.containsKey("name")) {
      return binder.bind(BpeTokenizer.CL100K_BASE, object, Set.of());
    }
    ConfigObject object =
        value instanceof ConfigObject given
            ? given
            : ConfigValueFactory.fromMap(Map.of("file", String.valueOf(value.unwrapped())));
    TokenizerSetting setting =
        binder.bind(TokenizerSetting.DEFAULT, object.withOrigin(value.origin()), Set.of());
    if (setting.file().isEmpty()) {
      return TokenizeJob.DEFAULTS.tokenizer(); // binding has said what is missing
    }
    return setting.tokenizer();
  }

  private static Object list(ConfigValue value) {
    String path = String.valueOf(value.unwrapped());
    try {
      NamedFile read = NamedFile.read(path);
      return new ListFile(read.name(), read.bytes());
    } catch (IOException e) {
      throw ListFile.unreadable(path);
    }
  }

  private static Object model(ConfigValue value) {
    String path = String.valueOf(value.unwrapped());
    try {
      return ModelFile.at(path);
    } catch (IOException | InvalidPathException e) {
      throw ModelFile.unreadable(path);
    }
  }

  private Object benchmarks(ConfigValue value) {
    List<?> paths =
        value instanceof ConfigList list ? list.unwrapped() : List.of(value.unwrapped());
    List<Benchmarks.File> files = new ArrayList<>();
    for (Object path : paths) {
      try {
        NamedFile read = NamedFile.read(String.valueOf(path));
        files.add(new Benchmarks.File(read.name(), read.bytes()));
      } catch (IOException e) {
        throw new IllegalArgumentException("names " + path + ", which cannot be read");
      }
    }
    return new Benchmarks(files);
  }

  private static Object unwrapped(ConfigObject object, String key) {
    return object.containsKey(key) ? object.get(key).unwrapped() : "";
  }

  private void job(ConfigObject step) {
    String name = strings.one(step, "job", "which job this step runs");
    if (!Jobs.BY_NAME.containsKey(name)) {
      if (!name.isEmpty()) {
        problems.unknown(step.get("job").origin(), "job", "job", name, Jobs.BY_NAME.keySet());
      }
      return;
    }
    Set<String> reserved = new HashSet<>(Set.of("job"));
    LINKED
        .getOrDefault(name, Map.of())
        .forEach(
            (setting, owner) -> {
              if (step.containsKey(setting)) {
                problems.add(step.get(setting), setting, "belongs in the " + owner + " step");
                reserved.add(setting);
              }
            });
    Job job = (Job) binder.bind((Record) Jobs.BY_NAME.get(name), step, reserved);
    table(step, job.to());
    if (jobs.putIfAbsent(job.to(), job) != null) {
      problems.add(
          step.get("job"),
          "job",
          name
              + " would make table "
              + job.to()
              + ", which another step makes: give it another"
              + " name with to = ...");
    }
    places.put(job.to(), step);
    if (Blocks.settings((Record) job).get("prefer") instanceof List<?> prefer) {
      known(step, "prefer", prefer);
    }
  }

  private void table(ConfigObject step, String to) {
    if (!to.matches("[a-z][a-z0-9_]*") || to.equals("batches")) {
      problems.add(
          step,
          "to",
          "is "
              + to
              + ", must be lower-case letters, digits and _, and not batches, where Gristmill"
              + " keeps its records");
    }
  }

  /** Jobs so that each stands behind those that make what it reads. */
  private List<Job> ordered() {
    List<Job> ordered = new ArrayList<>();
    Set<String> made = new HashSet<>();
    List<Job> open = new ArrayList<>();
    jobs.values().forEach(job -> open.add(linked(job)));
    while (!open.isEmpty()) {
      int before = open.size();
      for (Job job : List.copyOf(open)) {
        if (made.containsAll(job.reads())) {
          ordered.add(job);
          made.add(job.to());
          open.remove(job);
        }
      }
      if (open.size() == before) {
        open.forEach(job -> unreadable(job, made));
        break;
      }
    }
    return ordered;
  }

  /** A job with what others give it; what does not go together is a mistake of its own step. */
  private Job linked(Job job) {
    try {
      return job.linked(jobs);
    } catch (SettingError e) {
      ConfigObject step = places.get(job.to());
      ConfigValue given = step.get(e.setting());
      problems.add(given == null ? step.origin() : given.origin(), e.setting(), e.complaint());
      return job;
    }
  }

  private void unreadable(Job job, Set<String> made) {
    for (String table : job.reads()) {
      if (!made.contains(table)) {
        String missing =
            jobs.containsKey(table)
                ? "cannot be made before it"
                : "no step makes"
                    + Jobs.BY_NAME.values().stream()
                        .filter(j -> j.to().equals(table))
                        .findFirst()
                        .map(j -> ": it needs a step with job = " + j.name())
                        .orElse("");
        String keep =
            Blocks.settings((Record) job).containsKey("keepDuplicates")
                ? ", or keepDuplicates = true"
                : "";
        problems.add(
            places.get(job.to()).origin(),
            "job",
            job.name() + " reads table " + table + ", which " + missing + keep);
      }
    }
  }

  private void ingest(ConfigObject step) {
    String kind = strings.one(step, "source", "which kind of source this step reads");
    Source reader = Kinds.BY_NAME.get(kind);
    if (reader == null) {
      if (!kind.isEmpty()) {
        problems.unknown(
            step.get("source").origin(), "source", "source", kind, Kinds.BY_NAME.keySet());
      }
      return;
    }
    String name = step.containsKey("name") ? strings.one(step, "name", "a name") : kind;
    if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
      problems.add(
          step, "name", "is " + name + ", must be lower-case letters, digits and -, at most 40");
    }
    if (!sources.add(name)) {
      problems.add(step, "name", "two sources are called " + name + ": give one a name of its own");
    }
    Set<String> intake = Blocks.settings(IngestStep.Intake.DEFAULTS).keySet();
    Set<String> reserved = new HashSet<>(INGEST);
    reserved.addAll(intake);
    Source bound = (Source) binder.bind((Record) reader, step, reserved);
    Set<String> others = new HashSet<>(step.keySet());
    others.removeAll(intake);
    IngestStep.Intake taken = binder.bind(IngestStep.Intake.DEFAULTS, step, others);
    List<String> from = strings.many(step, "from");
    if (from.isEmpty()) {
      problems.add(step, "from", "missing: files, folders or globs to read");
    }
    String to = step.containsKey("to") ? strings.one(step, "to", "") : IngestJob.DOCUMENTS;
    table(step, to);
    ingest
        .computeIfAbsent(to, t -> new ArrayList<>())
        .add(new IngestStep(name, kind, bound, from, taken, Problems.where(step.origin())));
  }

  FilterChain chain(ConfigValue value) {
    List<FilterChain.Step> chain = new ArrayList<>();
    if (!(value instanceof ConfigList filters)) {
      problems.add(value, "filters", "must be a list of filters, [ { name = ... } ]");
      return new FilterChain(chain);
    }
    for (ConfigValue item : filters) {
      if (!(item instanceof ConfigObject block)) {
        problems.add(item, "filters", "a filter must be { name = ..., ... }");
        continue;
      }
      String name = strings.one(block, "name", "which filter");
      Filter filter = AllFilters.BY_NAME.get(name);
      if (filter == null) {
        if (!name.isEmpty()) {
          problems.unknown(
              block.get("name").origin(), "name", "filter", name, AllFilters.BY_NAME.keySet());
        }
        continue;
      }
      List<String> languages = strings.many(block, "languages");
      Set<String> codes = new TreeSet<>(Language.CODES);
      codes.add(Document.UNDETERMINED);
      names(block, "languages", "language", languages, codes);
      List<String> of = strings.many(block, "sources");
      known(block, "sources", of);
      Set<String> own = Set.of("name", "sources", "languages");
      chain.add(
          new FilterChain.Step((Filter) binder.bind((Record) filter, block, own), of, languages));
    }
    return new FilterChain(chain);
  }

  private ObjectiveChain objectives(ConfigValue value) {
    if (!(value instanceof ConfigList objectives)) {
      problems.add(value, "objectives", "must be a list of objectives, [ { name = ... } ]");
      return ObjectiveChain.CAUSAL;
    }
    List<ObjectiveChain.Step> steps = new ArrayList<>();
    for (ConfigValue item : objectives) {
      if (!(item instanceof ConfigObject block)) {
        problems.add(item, "objectives", "an objective must be { name = ..., ... }");
        continue;
      }
      String name = strings.one(block, "name", "which objective");
      Objective objective = Objectives.BY_NAME.get(name);
      if (objective == null) {
        if (!name.isEmpty()) {
          problems.unknown(
              block.get("name").origin(), "name", "objective", name, Objectives.BY_NAME.keySet());
        }
        continue;
      }
      List<String> of = strings.many(block, "sources");
      known(block, "sources", of);
      Set<String> own = Set.of("name", "sources");
      Record bound = binder.bind((Record) objective, block, own);
      steps.add(new ObjectiveChain.Step((Objective) bound, of));
    }
    return new ObjectiveChain(steps);
  }

  private void known(ConfigObject object, String key, List<?> given) {
    names(object, key, "source", given, sources);
  }

  private void names(
      ConfigObject object, String key, String what, List<?> given, Collection<String> known) {
    for (Object name : given) {
      if (!known.contains(name)) {
        problems.unknown(object.get(key).origin(), key, what, String.valueOf(name), known);
      }
    }
  }
}
