package org.gristmill.jobs.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Java values as Spark wants them in a row, and back. */
public final class Rows {
  private Rows() {}

  public static <V> scala.collection.Map<String, V> map(Map<String, V> map) {
    return CollectionConverters.asScala(map);
  }

  public static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  /** An array of longs of a row. */
  public static long[] longs(scala.collection.Seq<Long> values) {
    return CollectionConverters.asJava(values).stream().mapToLong(Long::longValue).toArray();
  }

  /** Little-endian 32-bit integers, the encoding of token ids in tables. */
  public static byte[] bytes(int[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asIntBuffer().put(values);
    return buffer.array();
  }

  /** The inverse of {@link #bytes}. */
  public static int[] ints(byte[] bytes) {
    int[] values = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }
}
