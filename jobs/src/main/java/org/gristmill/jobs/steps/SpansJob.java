package org.gristmill.jobs.steps;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.dedup.spans.Keep;
import org.gristmill.dedup.spans.RepeatedSpans;
import org.gristmill.dedup.spans.Segment;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.gristmill.dedup.spans.Symbols;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;

/**
 * Kept documents to the table {@code trimmed}: the same, without spans of so many bytes or more
 * that stand elsewhere in the corpus, byte by byte (exact substring deduplication).
 *
 * <p>What is taken out are whole characters. See {@link RepeatedSpans} and {@link SpanSearch}.
 *
 * @param from table of judged documents
 * @param documents table with their texts; set by the step that judges them
 * @param clusters table of clusters, unless {@code keepDuplicates}
 * @param to table to make
 * @param what how long a span is
 * @param keep which of equal ones stay
 * @param minLeft characters that must be left of a text
 * @param prefer sources from the most to the least wanted
 * @param keepDuplicates whether duplicates are trimmed and kept too
 */
@Block(does = "Takes spans out of texts that stand elsewhere in the corpus, byte by byte.")
public record SpansJob(
    @Setting(does = "table of judged documents") String from,
    @Setting(does = "table with their texts; given by the filter step, not here") String documents,
    @Setting(does = "table of clusters that says which documents are duplicates") String clusters,
    @Setting(does = "table to make") String to,
    @Setting(does = "how long a span is, in bytes") RepeatedSpans what,
    @Setting(does = "which of equal ones stay: the first, or none") Keep keep,
    @Setting(
            does = "a text of which fewer are left is dropped",
            unit = "characters",
            min = 0,
            max = 1_000_000)
        int minLeft,
    @Setting(does = "sources from the most to the least wanted, when one of several copies stays")
        List<String> prefer,
    @Setting(does = "whether duplicates are trimmed and kept too") boolean keepDuplicates)
    implements CleaningJob {
  public static final SpansJob DEFAULTS =
      new SpansJob(
          "judged",
          "documents",
          "clusters",
          "trimmed",
          RepeatedSpans.BYTES,
          Keep.FIRST,
          100,
          List.of(),
          false);

  public SpansJob {
    Bounds.between("minLeft", minLeft, 0, 1_000_000);
    prefer = List.copyOf(prefer);
  }

  @Override
  public SpansJob linked(Map<String, Job> jobs) {
    return new SpansJob(
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
  public byte[] keys(Text text) {
    List<Segment> segments = what.segments(Symbols.of(text));
    ByteBuffer keys = ByteBuffer.allocate(Long.BYTES * segments.size());
    segments.forEach(segment -> keys.putLong(segment.key()));
    return keys.array();
  }

  @Override
  public List<Span> cut(Text text, List<Span> found) {
    return Spans.wholeCharacters(text, Spans.union(found));
  }

  @Override
  public Dataset<Row> found(Tables tables, Dataset<Row> fresh, Collection<String> old) {
    return new SpanSearch(tables, this).found(fresh, old);
  }
}
