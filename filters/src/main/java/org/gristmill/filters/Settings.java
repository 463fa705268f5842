package org.gristmill.filters;

import java.util.List;

/** Checks of settings; each refusal names the setting and its bounds. */
final class Settings {
  private Settings() {}

  /** Refuses anything but a share from 0 to 1, both inclusive. */
  static void share(String setting, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw bad(setting, "must be from 0 to 1, not " + value);
    }
  }

  /** Refuses anything but finite limits of at least 0. */
  static void limits(String setting, List<Double> values) {
    for (double value : values) {
      limit(setting, value);
    }
  }

  /** Refuses anything but a finite limit of at least 0. */
  static void limit(String setting, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw bad(setting, "must be a number of at least 0, not " + value);
    }
  }

  /** Refuses a value below a bound. */
  static void atLeast(String setting, long value, long min) {
    if (value < min) {
      throw bad(setting, "must be at least " + min + ", not " + value);
    }
  }

  /** Refuses a smaller limit that is above the larger one. */
  static void ordered(String setting, double min, String largerSetting, double max) {
    if (min > max) {
      throw bad(setting, "must be at most " + largerSetting + " (" + max + "), not " + min);
    }
  }

  /** Refuses empty strings. */
  static void nonEmpty(String setting, List<String> values) {
    if (values.contains("")) {
      throw bad(setting, "must not hold an empty string");
    }
  }

  static IllegalArgumentException bad(String setting, String message) {
    return new IllegalArgumentException(setting + " " + message);
  }
}
