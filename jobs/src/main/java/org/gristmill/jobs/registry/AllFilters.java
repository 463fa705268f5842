package org.gristmill.jobs.registry;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.filters.Filter;
import org.gristmill.filters.Filters;
import org.gristmill.jobs.steps.Contamination;

/** Every filter a pipeline may name: the library's, and those that need other libraries. */
public final class AllFilters {
  /** By name, with their defaults; unmodifiable. */
  public static final SortedMap<String, Filter> BY_NAME = byName();

  private AllFilters() {}

  private static SortedMap<String, Filter> byName() {
    SortedMap<String, Filter> filters = new TreeMap<>(Filters.BY_NAME);
    filters.put("contamination", Contamination.DEFAULT);
    return Collections.unmodifiableSortedMap(filters);
  }
}
