package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.min;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.gristmill.jobs.table.Tables;

/**
 * Connected components by alternating large-star and small-star rounds.
 *
 * <p>Large-star links every larger neighbour of a node to the least node it sees, small-star every
 * smaller one; both keep the components, and when nothing changes any more each component is a star
 * around its least node. Rounds grow with the logarithm of the largest component. No node's
 * neighbours are ever held in one list, every round is written out, and the end is recognised by a
 * checksum that does not depend on order.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/2670979.2670997">Kiveris et al., Connected
 *     Components in MapReduce and Beyond, 2014</a>
 */
public final class StarComponents {
  private static final int MAX_ROUNDS = 60;

  private final Tables tables;

  public StarComponents(Tables tables) {
    this.tables = tables;
  }

  /**
   * The component of every node that has an edge.
   *
   * @param edges columns a and b, ids; direction and repetition do not matter
   * @return columns id and cluster, the least id of its component
   */
  public Dataset<Row> label(Dataset<Row> edges) {
    Dataset<Row> current =
        tables.materialized(
            "components-0",
            edges
                .where("a <> b")
                .select(greatest(col("a"), col("b")).as("a"), least(col("a"), col("b")).as("b"))
                .distinct());
    String before = checksum(current);
    for (int round = 1; round <= MAX_ROUNDS; round++) {
      current = tables.materialized("components-" + round, smallStar(largeStar(current)));
      String after = checksum(current);
      if (after.equals(before)) {
        return current
            .select(col("a").as("id"), col("b").as("cluster"))
            .union(current.select(col("b").as("id"), col("b").as("cluster")).distinct());
      }
      before = after;
    }
    throw new IllegalStateException("components not found within " + MAX_ROUNDS + " rounds");
  }

  /** Edges point from the larger node a to the smaller node b, before and after. */
  private static Dataset<Row> largeStar(Dataset<Row> edges) {
    Dataset<Row> both = edges.union(edges.select(col("b").as("a"), col("a").as("b")));
    return both.withColumn("least", least(col("a"), min("b").over(Window.partitionBy("a"))))
        .where("b > a")
        .select(col("b").as("a"), col("least").as("b"))
        .distinct();
  }

  private static Dataset<Row> smallStar(Dataset<Row> edges) {
    Dataset<Row> seen = edges.withColumn("least", min("b").over(Window.partitionBy("a")));
    return seen.where("b <> least")
        .select(col("b").as("a"), col("least").as("b"))
        .union(seen.select(col("a"), col("least").as("b")))
        .distinct();
  }

  private static String checksum(Dataset<Row> edges) {
    return edges
        .select(
            expr("count(1)"),
            expr("sum(cast(xxhash64(a, b) as decimal(38, 0)))"),
            expr("bit_xor(xxhash64(b, a))"))
        .head()
        .toString();
  }
}
