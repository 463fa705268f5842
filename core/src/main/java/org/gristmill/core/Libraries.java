package org.gristmill.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of the libraries that decide what blocks put out, as written down by the build. */
public final class Libraries {
  private static final Properties VERSIONS = load();

  private Libraries() {}

  /**
   * The version of a library.
   *
   * @throws IllegalArgumentException if the build does not write that library down
   */
  public static String version(String name) {
    String version = VERSIONS.getProperty(name);
    if (version == null) {
      throw new IllegalArgumentException(name + " is not in libraries.properties");
    }
    return version;
  }

  private static Properties load() {
    try (InputStream in = Libraries.class.getResourceAsStream("libraries.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
