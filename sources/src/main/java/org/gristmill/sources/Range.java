package org.gristmill.sources;

import org.gristmill.core.SettingError;

/** The check that numbers among the settings have in common. */
public final class Range {
  private Range() {}

  /**
   * Holds a setting to its bounds.
   *
   * @param min least value, inclusive
   * @param max largest value, inclusive
   * @throws SettingError if the value lies outside
   */
  public static void check(String setting, long value, long min, long max) {
    if (value < min || value > max) {
      String bounds = max == Long.MAX_VALUE ? "at least " + min : "from " + min + " to " + max;
      throw new SettingError(setting, "must be " + bounds + ", is " + value);
    }
  }
}
