package org.gristmill.tokenize;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every tokenizer a pipeline may name. */
public final class Tokenizers {
  /** The tokenizers by name, {@code gpt2} being another name of {@code r50k_base}; unmodifiable. */
  public static final SortedMap<String, Tokenizer> BY_NAME = byName();

  private Tokenizers() {}

  private static SortedMap<String, Tokenizer> byName() {
    SortedMap<String, Tokenizer> map = new TreeMap<>();
    for (Tokenizer tokenizer :
        new Tokenizer[] {
          JtokkitTokenizer.R50K_BASE, JtokkitTokenizer.CL100K_BASE, JtokkitTokenizer.O200K_BASE
        }) {
      map.put(tokenizer.name(), tokenizer);
    }
    map.put("gpt2", JtokkitTokenizer.R50K_BASE);
    return Collections.unmodifiableSortedMap(map);
  }
}
