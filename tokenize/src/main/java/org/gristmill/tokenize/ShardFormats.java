package org.gristmill.tokenize;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gristmill.tokenize.format.ArrowShard;
import org.gristmill.tokenize.format.DatatroveShard;
import org.gristmill.tokenize.format.LlmcShard;
import org.gristmill.tokenize.format.MdsShard;
import org.gristmill.tokenize.format.MegatronShard;
import org.gristmill.tokenize.format.NanogptShard;
import org.gristmill.tokenize.format.NumpyShard;
import org.gristmill.tokenize.format.ParquetShard;
import org.gristmill.tokenize.format.WebdatasetShard;

/** Every format of shards a pipeline may name. */
public final class ShardFormats {
  /** The writers, with their defaults, by name; unmodifiable. */
  public static final SortedMap<String, ShardWriter> BY_NAME = byName();

  private ShardFormats() {}

  private static SortedMap<String, ShardWriter> byName() {
    SortedMap<String, ShardWriter> map = new TreeMap<>();
    for (ShardWriter writer :
        new ShardWriter[] {
          ArrowShard.DEFAULT,
          new DatatroveShard(),
          new LlmcShard(),
          new MdsShard(),
          new MegatronShard(),
          new NanogptShard(),
          new NumpyShard(),
          new ParquetShard(),
          new WebdatasetShard()
        }) {
      map.put(writer.name(), writer);
    }
    return Collections.unmodifiableSortedMap(map);
  }
}
