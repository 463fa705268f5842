package org.gristmill.jobs;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.sources.Source;
import org.gristmill.sources.registry.Sources;

/** Every kind of source a pipeline may name: the library's, and those that need Hadoop. */
final class Kinds {
  static final SortedMap<String, Source> BY_NAME = byName();

  private Kinds() {}

  private static SortedMap<String, Source> byName() {
    SortedMap<String, Source> kinds = new TreeMap<>(Sources.BY_NAME);
    kinds.put("parquet", Parquet.DEFAULTS);
    return Collections.unmodifiableSortedMap(kinds);
  }
}
