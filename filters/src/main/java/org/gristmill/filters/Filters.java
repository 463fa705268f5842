package org.gristmill.filters;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.core.Blocks;

/** Every filter that a pipeline may name, with its defaults. */
public final class Filters {
  /** Filters by name, each with its published defaults; unmodifiable. */
  public static final SortedMap<String, Filter> BY_NAME =
      byName(
          Advertising.DEFAULT,
          BadWords.C4,
          C4Lines.DATATROVE,
          C4Paragraphs.PAPER,
          CodeLines.PAPER,
          FasttextQuality.DEFAULT,
          FinewebQuality.PAPER,
          GopherQuality.PAPER,
          GopherRepetition.PAPER,
          Language.DEFAULT,
          Length.DEFAULT,
          Pii.DEFAULT,
          UrlBlock.DEFAULT);

  private Filters() {}

  private static SortedMap<String, Filter> byName(Filter... filters) {
    SortedMap<String, Filter> byName = new TreeMap<>();
    for (Filter filter : filters) {
      byName.put(Blocks.name(filter.getClass()), filter);
    }
    return Collections.unmodifiableSortedMap(byName);
  }
}
