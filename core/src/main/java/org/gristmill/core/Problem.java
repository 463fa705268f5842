package org.gristmill.core;

/**
 * One mistake of the user's.
 *
 * @param where file and line, {@code conf/demo.conf:12}; empty if it is in no file
 * @param key the setting or argument it is about
 * @param message what is wrong and what would be right, one line
 */
public record Problem(String where, String key, String message) {
  @Override
  public String toString() {
    String head = where.isEmpty() ? "" : where + ": ";
    return head + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
