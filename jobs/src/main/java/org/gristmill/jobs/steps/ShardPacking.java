package org.gristmill.jobs.steps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.gristmill.jobs.table.Rows;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.objective.Encoded;

/** Cuts the sorted rows of a partition at shard boundaries, and packs and writes shard by shard. */
final class ShardPacking implements Iterator<Row> {
  private final Iterator<Row> rows;
  private final ShardFiles files;
  private final Layout layout;
  private final List<Row> ready = new ArrayList<>();
  private Row pending;

  ShardPacking(Iterator<Row> rows, ShardFiles files, Layout layout) {
    this.rows = rows;
    this.files = files;
    this.layout = layout;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && (pending != null || rows.hasNext())) {
      ready.addAll(next(pending != null ? pending : rows.next()));
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new java.util.NoSuchElementException();
    }
    return ready.remove(0);
  }

  private List<Row> next(Row first) {
    int task = first.<Integer>getAs("task");
    List<Encoded> documents = new ArrayList<>();
    Map<String, String> sources = new HashMap<>();
    pending = first;
    while (pending != null && pending.<Integer>getAs("task") == task) {
      documents.add(TokenizeJob.encoded(pending));
      sources.put(pending.getAs("id"), pending.getAs("source"));
      pending = rows.hasNext() ? rows.next() : null;
    }
    try {
      return pack(files, layout.parts().get(task), documents, sources);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs and writes one shard in every format; a row for every file. */
  private static List<Row> pack(
      ShardFiles files, Layout.Part shard, List<Encoded> documents, Map<String, String> sources)
      throws IOException {
    PackJob job = files.job();
    Tokenizer tokenizer = job.tokenizer();
    List<Packer.Tokens> examples =
        job.objectives()
            .examples(
                tokenizer, documents, documents.stream().map(d -> sources.get(d.id())).toList());
    List<Sequence> sequences =
        new Packer(job.sequenceTokens(), tokenizer.endOfDocument(), job.seed())
            .pack(examples, job.objectives().tracks());
    Counts counts = Counts.of(documents, sequences, sources);
    List<Row> rows = new ArrayList<>();
    String name = String.format(Locale.ROOT, "shard-%05d-of-%05d", shard.part(), shard.of());
    for (ShardFiles.Written file : files.write(shard.generation(), name, tokenizer, sequences)) {
      rows.add(
          RowFactory.create(
              shard.generation(),
              shard.part(),
              file.format(),
              file.path(),
              file.sha256(),
              file.bytes(),
              (long) sequences.size(),
              counts.tokens(),
              (long) sequences.size() * job.sequenceTokens() - counts.tokens(),
              (long) documents.size(),
              shard.group(),
              counts.rows(),
              shard.number(),
              Rows.map(shard.madeOf())));
    }
    return rows;
  }

  /**
   * What is in a shard, by source. A sequence counts for the source with most of its tokens, the
   * first by name among equals, so that the sources' sequences add up to the shard's.
   */
  private record Counts(long tokens, SortedMap<String, long[]> bySource) {
    static Counts of(
        List<Encoded> documents, List<Sequence> sequences, Map<String, String> sources) {
      SortedMap<String, long[]> counts = new TreeMap<>();
      for (Encoded document : documents) {
        long[] count = counts.computeIfAbsent(sources.get(document.id()), s -> new long[3]);
        count[0]++;
        count[1] += document.tokens().length;
      }
      long tokens = 0;
      for (Sequence sequence : sequences) {
        SortedMap<String, Integer> shares = new TreeMap<>();
        for (Sequence.Piece piece : sequence.pieces()) {
          shares.merge(sources.get(piece.id()), piece.length(), Integer::sum);
        }
        tokens += sequence.used();
        String most = shares.firstKey();
        for (Map.Entry<String, Integer> share : shares.entrySet()) {
          most = share.getValue() > shares.get(most) ? share.getKey() : most;
        }
        counts.get(most)[2]++;
      }
      return new Counts(tokens, counts);
    }

    scala.collection.immutable.Seq<Row> rows() {
      return Rows.seq(
          bySource.entrySet().stream()
              .map(
                  e -> {
                    long[] count = e.getValue();
                    return RowFactory.create(e.getKey(), count[0], count[1], count[2]);
                  })
              .toList());
    }
  }
}
