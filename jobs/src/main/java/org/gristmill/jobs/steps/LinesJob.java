package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unhex;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.dedup.lines.LineDedup;
import org.gristmill.dedup.lines.Rule;
import org.gristmill.dedup.lines.Unit;
import org.gristmill.dedup.spans.Keep;
import org.gristmill.dedup.spans.Span;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;

/**
 * Kept documents to the table {@code cleaned}: the same, without lines, paragraphs or runs of three
 * sentences that stand elsewhere in the corpus.
 *
 * @param from table of judged documents
 * @param documents table with their texts; set by the step that judges them
 * @param clusters table of clusters, unless {@code keepDuplicates}
 * @param to table to make
 * @param what what is compared
 * @param keep which of equal ones stay
 * @param minLeft characters that must be left of a text
 * @param prefer sources from the most to the least wanted
 * @param keepDuplicates whether duplicates are cleaned and kept too
 */
@Block(
    does = "Takes lines, paragraphs or sentences out of texts that stand elsewhere in the corpus.")
public record LinesJob(
    @Setting(does = "table of judged documents") String from,
    @Setting(does = "table with their texts; given by the filter step, not here") String documents,
    @Setting(does = "table of clusters that says which documents are duplicates") String clusters,
    @Setting(does = "table to make") String to,
    @Setting(does = "what is compared, and what is too short for it") LineDedup what,
    @Setting(does = "which of equal ones stay: the first, or none") Keep keep,
    @Setting(
            does = "a text of which fewer are left is dropped",
            unit = "characters",
            min = 0,
            max = 1_000_000)
        int minLeft,
    @Setting(does = "sources from the most to the least wanted, when one of several copies stays")
        List<String> prefer,
    @Setting(does = "whether duplicates are cleaned and kept too") boolean keepDuplicates)
    implements CleaningJob {
  public static final LinesJob DEFAULTS =
      new LinesJob(
          "judged",
          "documents",
          "clusters",
          "cleaned",
          new LineDedup(Rule.PARAGRAPH, 1, 10),
          Keep.FIRST,
          100,
          List.of(),
          false);

  private static final int KEY_BYTES = 16;

  public LinesJob {
    Bounds.between("minLeft", minLeft, 0, 1_000_000);
    prefer = List.copyOf(prefer);
  }

  @Override
  public LinesJob linked(Map<String, Job> jobs) {
    return new LinesJob(
        from,
        Texts.documents(from, jobs, documents),
        clusters,
        to,
        what,
        keep,
        minLeft,
        prefer,
        keepDuplicates || jobs.get(from) instanceof CleaningJob);
  }

  @Override
  public byte[] keys(Text text, List<Span> found, boolean kept) {
    Set<Span> gone = keep == Keep.FIRST ? new HashSet<>(found) : Set.of();
    if (keep == Keep.FIRST && !kept) {
      return new byte[0];
    }
    List<Unit> stay = what.of(text).stream().filter(unit -> !gone.contains(unit.gone())).toList();
    ByteBuffer keys = ByteBuffer.allocate(KEY_BYTES * stay.size());
    stay.forEach(unit -> keys.put(unit.key().bytes()));
    return keys.array();
  }

  @Override
  public Dataset<Row> found(Tables tables, Dataset<Row> fresh, Collection<String> old) {
    LineDedup cut = what;
    FlatMapFunction<Row, Row> units = row -> units(cut, row).iterator();
    Dataset<Row> pieces =
        fresh.flatMap(units, Encoders.row(Repeats.pieces(fresh.schema().apply("rank").dataType())));
    if (!old.isEmpty()) {
      pieces = pieces.union(known(tables, old, pieces.select("key").distinct()));
    }
    return Repeats.of(pieces, keep);
  }

  private static List<Row> units(LineDedup what, Row row) {
    List<Row> units = new ArrayList<>();
    for (Unit unit : what.of(Text.of(row.<String>getAs("text")))) {
      units.add(
          RowFactory.create(
              unit.key().bytes(),
              row.getAs("rank"),
              row.getAs("id"),
              unit.span().from(),
              unit.span().to(),
              unit.gone().to()));
    }
    return units;
  }

  /** A row for every key that stands in a decided text and is asked for. */
  private Dataset<Row> known(Tables tables, Collection<String> old, Dataset<Row> wanted) {
    UDF1<byte[], byte[][]> apart =
        keys -> {
          byte[][] each = new byte[keys.length / KEY_BYTES][KEY_BYTES];
          for (int i = 0; i < each.length; i++) {
            System.arraycopy(keys, i * KEY_BYTES, each[i], 0, KEY_BYTES);
          }
          return each;
        };
    return tables
        .read(to, old)
        .select(
            explode(udf(apart, DataTypes.createArrayType(DataTypes.BinaryType)).apply(col("keys")))
                .as("key"))
        .join(wanted, ClusterJob.columns("key"), "left_semi")
        .distinct()
        .select(
            col("key"),
            struct(
                    lit(0).as("fresh"),
                    lit(0).as("preference"),
                    lit(0).as("length"),
                    unhex(lit("")).as("id"))
                .as("rank"),
            unhex(lit("")).as("id"),
            lit(0).as("start"),
            lit(0).as("end"),
            expr("0").as("next"));
  }
}
