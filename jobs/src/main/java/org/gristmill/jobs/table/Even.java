package org.gristmill.jobs.table;

import java.util.List;

/**
 * Two sums of counts that must come out even for every source, or data has been lost or invented.
 *
 * @param what for a person
 * @param left terms {@code TABLE.COUNT}, with a {@code -} in front where they are taken away
 * @param right the same
 */
public record Even(String what, List<String> left, List<String> right) {
  public Even {
    left = List.copyOf(left);
    right = List.copyOf(right);
  }
}
