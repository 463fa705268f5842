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
          BpeTokenizer.R50K_BASE,
          BpeTokenizer.P50K_BASE,
          BpeTokenizer.CL100K_BASE,
          BpeTokenizer.O200K_BASE
        }) {
      map.put(tokenizer.name(), tokenizer);
    }
    map.put("gpt2", BpeTokenizer.R50K_BASE);
    return Collections.unmodifiableSortedMap(map);
  }
}
