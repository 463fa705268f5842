package org.gristmill.jobs.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;

/**
 * What steps would read, write and shuffle, before they do: the size of what is there, and for what
 * is to be made the table's own proportion of output to input so far.
 */
final class Estimate {
  /**
   * So much of a table.
   *
   * @param rows NaN if that cannot be known
   * @param bytes as stored; NaN if that cannot be known
   */
  record Size(double rows, double bytes) {
    private static final Size NONE = new Size(0, 0);

    Size and(Size other) {
      return new Size(rows + other.rows, bytes + other.bytes);
    }

    private Size times(Size ratio) {
      return new Size(
          Double.isNaN(rows) ? bytes * ratio.rows : rows * ratio.rows, bytes * ratio.bytes);
    }

    String text() {
      return (Double.isNaN(rows) ? "rows" : String.format(Locale.ROOT, "%,.0f rows", rows))
          + " of "
          + Estimate.bytes(bytes);
    }
  }

  /** A number of bytes for a person. */
  static String bytes(double bytes) {
    if (Double.isNaN(bytes)) {
      return "an unknown number of bytes";
    }
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    int unit = 0;
    double value = bytes;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }

  private final Tables tables;
  private final Map<String, Map<String, Size>> sizes = new HashMap<>();

  Estimate(Tables tables) {
    this.tables = tables;
  }

  /** What a step reads of the first of its tables, or of files, to make some batches. */
  Size read(Job job, Collection<String> batches) {
    Size size = Size.NONE;
    for (String batch : batches) {
      size = size.and(read(job, batch));
    }
    return size;
  }

  /** What is read of a step's own table to decide some of its batches again. */
  Size there(Job job, Collection<String> batches) {
    Size size = Size.NONE;
    for (String batch : batches) {
      size = size.and(there(job, batch));
    }
    return size;
  }

  private Size there(Job job, String batch) {
    Tables.Present there = tables.present(job.to()).get(batch);
    return there == null ? Size.NONE : new Size(there.rows(), there.bytes());
  }

  private Size read(Job job, String batch) {
    if (job.reads().isEmpty()) {
      return new Size(Double.NaN, job.bytes(tables, batch));
    }
    Size size = Size.NONE;
    Map<String, Size> input = sizes.getOrDefault(job.reads().get(0), Map.of());
    for (String name : job.inputs(tables, batch)) {
      size = size.and(input.getOrDefault(name, Size.NONE));
    }
    return size;
  }

  /**
   * What a step writes to make some batches; from then on they count as made.
   *
   * @param stay the batches that stay as they are
   */
  Size written(Job job, Collection<String> batches, Set<String> stay) {
    Map<String, Size> its = sizes.computeIfAbsent(job.to(), t -> new HashMap<>());
    Size before = Size.NONE;
    Size after = Size.NONE;
    for (String batch : stay) {
      Size size = there(job, batch);
      its.put(batch, size);
      before = before.and(read(job, batch));
      after = after.and(size);
    }
    double in = Double.isNaN(before.rows()) ? before.bytes() : before.rows();
    Size ratio = new Size(after.rows() / in, after.bytes() / before.bytes());
    Size total = Size.NONE;
    for (String batch : batches) {
      Size size = read(job, batch).times(ratio);
      its.put(batch, size);
      total = total.and(size);
    }
    return total;
  }
}
