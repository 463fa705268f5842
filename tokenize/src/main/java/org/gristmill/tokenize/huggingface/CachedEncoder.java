package org.gristmill.tokenize.huggingface;

import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.WordCache;

/** Remembers what an encoder made of short pieces, for each thread on its own. */
record CachedEncoder(PieceEncoder inner, ThreadLocal<WordCache> caches) implements PieceEncoder {
  static PieceEncoder of(PieceEncoder inner) {
    return new CachedEncoder(inner, ThreadLocal.withInitial(WordCache::new));
  }

  @Override
  public void encode(byte[] text, int from, int to, IntList out) {
    WordCache cache = caches.get();
    int first = out.size();
    if (!cache.get(text, from, to, out)) {
      inner.encode(text, from, to, out);
      cache.put(text, from, to, out, first);
    }
  }
}
