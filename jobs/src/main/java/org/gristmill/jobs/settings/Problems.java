package org.gristmill.jobs.settings;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.gristmill.core.Problem;
import org.gristmill.core.UserError;

/** Collects the mistakes in a pipeline, so that all are shown at once. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(ConfigOrigin origin, String key, String message) {
    found.add(new Problem(where(origin), key, message));
  }

  public void add(String where, String key, String message) {
    found.add(new Problem(where, key, message));
  }

  public void add(ConfigValue value, String key, String message) {
    add(value.origin(), key, message);
  }

  /** An unknown name, with the known ones and the nearest of them. */
  public void unknown(
      ConfigOrigin origin, String key, String what, String given, Collection<String> known) {
    String nearest = "";
    int best = 3;
    for (String name : new TreeSet<>(known)) {
      int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < best) {
        best = distance;
        nearest = ", did you mean " + name + "?";
      }
    }
    add(
        origin,
        key,
        "unknown "
            + what
            + " "
            + given
            + nearest
            + " (known: "
            + String.join(", ", new TreeSet<>(known))
            + ")");
  }

  public boolean any() {
    return !found.isEmpty();
  }

  public void throwIfAny() {
    if (any()) {
      throw new UserError(found);
    }
  }

  /** File and line. */
  public static String where(ConfigOrigin origin) {
    String file = origin.filename() != null ? origin.filename() : origin.description();
    return origin.lineNumber() > 0 ? file + ":" + origin.lineNumber() : file;
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
