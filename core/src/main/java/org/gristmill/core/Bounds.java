package org.gristmill.core;

import java.util.List;

/** Checks of settings; each refusal is a {@link SettingError} that says what would be right. */
public final class Bounds {
  private Bounds() {}

  /** Refuses a value outside two bounds, both inclusive. */
  public static void between(String setting, long value, long min, long max) {
    if (value < min || value > max) {
      throw new SettingError(setting, "must be from " + min + " to " + max + ", is " + value);
    }
  }

  /** Refuses a value below a bound. */
  public static void atLeast(String setting, long value, long min) {
    if (value < min) {
      throw new SettingError(setting, "must be at least " + min + ", is " + value);
    }
  }

  /** Refuses anything but a share from 0 to 1, both inclusive. */
  public static void share(String setting, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new SettingError(setting, "must be from 0 to 1, is " + value);
    }
  }

  /** Refuses anything but a finite limit of at least 0. */
  public static void limit(String setting, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new SettingError(setting, "must be a number of at least 0, is " + value);
    }
  }

  /** Refuses anything but finite limits of at least 0. */
  public static void limits(String setting, List<Double> values) {
    for (double value : values) {
      limit(setting, value);
    }
  }

  /** Refuses a smaller limit that is above the larger one. */
  public static void ordered(String setting, double min, String largerSetting, double max) {
    if (min > max) {
      throw new SettingError(
          setting, "must be at most " + largerSetting + " (" + max + "), is " + min);
    }
  }

  /** Refuses empty strings. */
  public static void nonEmpty(String setting, List<String> values) {
    if (values.contains("")) {
      throw new SettingError(setting, "must not hold an empty string");
    }
  }
}
