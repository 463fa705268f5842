package org.gristmill.core;

/** A value that a setting cannot have: the setting's name, and what would be right. */
public final class SettingError extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  /**
   * @param setting its name
   * @param message what is wrong, read behind the name: {@code must be at least 1, is 0}
   */
  public SettingError(String setting, String message) {
    super(setting + " " + message);
    this.setting = setting;
  }

  /** The name of the setting. */
  public String setting() {
    return setting;
  }

  /** What is wrong, without the setting's name. */
  public String complaint() {
    return getMessage().substring(setting.length() + 1);
  }
}
