package org.gristmill.sources.registry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.gristmill.sources.Source;
import org.gristmill.sources.book.Book;
import org.gristmill.sources.code.Code;
import org.gristmill.sources.csv.Csv;
import org.gristmill.sources.dialogue.Dialogue;
import org.gristmill.sources.jsonl.Jsonl;
import org.gristmill.sources.web.Web;
import org.gristmill.sources.wiki.Wiki;

/** All sources by name. */
public final class Sources {
  /** Every source a pipeline may name, with its defaults; sorted and unmodifiable. */
  public static final Map<String, Source> BY_NAME = byName();

  private Sources() {}

  private static Map<String, Source> byName() {
    Map<String, Source> sources = new TreeMap<>();
    sources.put("book", Book.DEFAULTS);
    sources.put("code", Code.DEFAULTS);
    sources.put("csv", Csv.DEFAULTS);
    sources.put("dialogue", Dialogue.DEFAULTS);
    sources.put("jsonl", Jsonl.DEFAULTS);
    sources.put("web", Web.DEFAULTS);
    sources.put("wiki", Wiki.DEFAULTS);
    return Collections.unmodifiableMap(sources);
  }
}
