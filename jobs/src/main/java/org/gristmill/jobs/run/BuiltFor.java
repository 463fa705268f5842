package org.gristmill.jobs.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.gristmill.core.UserError;

/**
 * The Spark and Delta that this jar was built for. Spark's internals, which Delta reaches into,
 * hold still only within a minor version (4.1.x).
 */
public final class BuiltFor {
  private static final Properties BUILD = read();

  private BuiltFor() {}

  /** Gristmill's own version. */
  public static String version() {
    return value("version");
  }

  /** The release of Spark that this jar was built and tested with, for instance 4.1.0. */
  public static String spark() {
    return value("spark");
  }

  /** The release of Delta inside, for instance 4.4.0. */
  public static String delta() {
    return value("delta");
  }

  /**
   * Stops on a Spark of another minor version, before it fails somewhere inside.
   *
   * @param sparkVersion as Spark says it, with any suffix of a vendor: 4.1.0, 4.0.1-amzn-0
   */
  public static void check(String sparkVersion) {
    String found = minor(sparkVersion);
    String wanted = value("spark.compat");
    if (found.equals(wanted)) {
      return;
    }
    List<String> profiles = List.of(value("spark.profiles").split(" "));
    String remedy =
        profiles.contains(found)
            ? "build one with mvn -Pspark-" + found + " package"
            : "there are builds for Spark "
                + String.join(", ", profiles)
                + ": mvn -Pspark-"
                + profiles.get(0)
                + " package";
    throw new UserError(
        "Spark "
            + sparkVersion
            + " is not what this jar was built for ("
            + wanted
            + "); "
            + remedy);
  }

  /** Major and minor: of 4.0.1-amzn-0 it is 4.0. */
  private static String minor(String version) {
    String[] parts = version.split("[.-]", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }

  private static String value(String key) {
    String value = BUILD.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("build.properties lacks " + key);
    }
    return value;
  }

  private static Properties read() {
    try (InputStream in =
        BuiltFor.class.getResourceAsStream("/org/gristmill/jobs/build.properties")) {
      if (in == null) {
        throw new IllegalStateException("build.properties is not on the class path");
      }
      Properties build = new Properties();
      build.load(in);
      return build;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
