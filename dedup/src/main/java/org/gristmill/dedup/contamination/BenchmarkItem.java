package org.gristmill.dedup.contamination;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.core.Text;

/**
 * A task of a benchmark.
 *
 * @param id names it, uniquely among all that are looked for together
 * @param fields by name: question, answer and what else is to be looked for; no n-gram goes from
 *     one into another, so what is published as one text should be given as one
 */
public record BenchmarkItem(String id, SortedMap<String, Text> fields) implements Serializable {
  public BenchmarkItem {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  public BenchmarkItem(String id, Map<String, Text> fields) {
    this(id, new TreeMap<>(fields));
  }
}
