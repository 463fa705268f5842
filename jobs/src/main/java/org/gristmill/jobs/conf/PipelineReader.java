package org.gristmill.jobs.conf;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.gristmill.core.UserError;
import org.gristmill.jobs.settings.Binder;
import org.gristmill.jobs.settings.Problems;

/** Reads a pipeline's conf (HOCON) and finds all mistakes in it, each with file and line. */
public final class PipelineReader {
  private static final Set<String> TOP =
      Set.of("name", "root", "vars", "spark", "maxBroken", "commitBytes", "steps");

  /** Largest share of broken records that is a clean run, unless the pipeline says otherwise. */
  public static final double MAX_BROKEN = 0.005;

  /** About so much input goes into one commit, in bytes, unless the pipeline says otherwise. */
  public static final long COMMIT_BYTES = 64L << 30;

  private final Problems problems = new Problems();

  private PipelineReader() {}

  /**
   * The pipeline in a file.
   *
   * @throws UserError with every mistake in it
   */
  public static Pipeline read(Path file) {
    PipelineReader reader = new PipelineReader();
    return HoconFile.read(file, reader.problems, reader::pipeline);
  }

  private Pipeline pipeline(ConfigObject top) {
    top.forEach(
        (key, value) -> {
          if (!TOP.contains(key)) {
            problems.unknown(value.origin(), key, "setting", key, TOP);
          }
        });
    Strings strings = new Strings(problems);
    String name = strings.one(top, "name", "a name for the pipeline");
    String root = strings.one(top, "root", "the folder for tables and shards");
    StepReader steps = new StepReader(problems, new Binder(problems));
    return new Pipeline(
        name, absolute(root), share(top), commitBytes(top), spark(top), steps.jobs(top));
  }

  private Map<String, String> spark(ConfigObject top) {
    Map<String, String> spark = new TreeMap<>();
    ConfigValue given = top.get("spark");
    if (given instanceof ConfigObject settings) {
      settings
          .toConfig()
          .entrySet()
          .forEach(
              e ->
                  spark.put(
                      "spark." + e.getKey().replace("\"", ""),
                      String.valueOf(e.getValue().unwrapped())));
    } else if (given != null) {
      problems.add(given, "spark", "must be { ... }, Spark's settings without the leading spark.");
    }
    return spark;
  }

  private double share(ConfigObject top) {
    ConfigValue value = top.get("maxBroken");
    if (value == null) {
      return MAX_BROKEN;
    }
    if (value.unwrapped() instanceof Number n && n.doubleValue() >= 0 && n.doubleValue() <= 1) {
      return n.doubleValue();
    }
    problems.add(value, "maxBroken", "must be a share between 0 and 1");
    return 0;
  }

  private long commitBytes(ConfigObject top) {
    ConfigValue value = top.get("commitBytes");
    if (value == null) {
      return COMMIT_BYTES;
    }
    try {
      long bytes = top.toConfig().getBytes("commitBytes");
      if (bytes > 0) {
        return bytes;
      }
    } catch (ConfigException e) {
      // said below, with the line
    }
    problems.add(value, "commitBytes", "must be a number of bytes above 0, say 64G");
    return COMMIT_BYTES;
  }

  /** A relative root is below the working directory, and called by its full name from here on. */
  private static String absolute(String root) {
    String stripped =
        root.length() > 1 && root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    boolean local = !stripped.isEmpty() && !stripped.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
    return local ? Path.of(stripped).toAbsolutePath().normalize().toString() : stripped;
  }

  /** Strings and lists of strings. */
  record Strings(Problems problems) {
    String one(ConfigObject object, String key, String meaning) {
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
    List<String> many(ConfigObject object, String key) {
      ConfigValue value = object.get(key);
      if (value == null) {
        return List.of();
      }
      if (value.valueType() == ConfigValueType.STRING) {
        return List.of((String) value.unwrapped());
      }
      if (!(value instanceof ConfigList list)) {
        problems.add(value, key, "must be a string or a list of strings");
        return List.of();
      }
      List<String> strings = new java.util.ArrayList<>();
      for (ConfigValue item : list) {
        if (item.valueType() == ConfigValueType.STRING) {
          strings.add((String) item.unwrapped());
        } else {
          problems.add(item, key, "must be a string");
        }
      }
      return strings;
    }
  }
}
