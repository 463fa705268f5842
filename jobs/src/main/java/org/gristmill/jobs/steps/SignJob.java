package org.gristmill.jobs.steps;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.dedup.ContentHash;
import org.gristmill.dedup.MinHash;
import org.gristmill.dedup.Signature;
import org.gristmill.dedup.contamination.Fingerprint;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Tables;

/**
 * Kept documents to the table {@code signatures}: what deduplication needs to know of each, now and
 * whenever more data comes.
 *
 * @param from table of judged documents
 * @param documents table with their texts; set by the step that judges them
 * @param to table to make
 * @param minhash the signature
 * @param fingerprints whether each gets a {@link Fingerprint} too, so that it can be asked later
 *     about benchmarks that are not known yet: about a byte a word
 */
@Block(does = "Computes content hashes and MinHash signatures of the kept documents.", version = 2)
public record SignJob(
    @Setting(does = "table of judged documents") String from,
    @Setting(does = "table with their texts; given by the filter step, not here") String documents,
    @Setting(does = "table to make") String to,
    @Setting(does = "shape of the MinHash signature") MinHash minhash,
    @Setting(
            does =
                "whether to keep what answers later for new benchmarks without the texts, about a"
                    + " byte a word")
        boolean fingerprints)
    implements Job {
  public static final SignJob DEFAULTS =
      new SignJob("judged", "documents", "signatures", MinHash.DEFAULT, false);

  @Override
  public List<String> reads() {
    return List.of(from, documents);
  }

  @Override
  public SignJob linked(Map<String, Job> jobs) {
    return new SignJob(from, Texts.documents(from, jobs, documents), to, minhash, fingerprints);
  }

  @Override
  public Grain grain() {
    return Grain.BATCH;
  }

  @Override
  public String schema() {
    return "batch string COMMENT 'batch of the documents',"
        + " source string COMMENT 'name of the ingest step',"
        + " id string COMMENT 'id of the document',"
        + " contentHash string COMMENT 'hash of the normalized text; equal for exact duplicates',"
        + " bands array<long> COMMENT 'hashes under which near duplicates meet; none if too short',"
        + " shingles binary COMMENT 'set of shingles that tells how similar two are',"
        + " bytes long COMMENT 'length of the text in UTF-8 bytes',"
        + " fingerprint binary COMMENT 'n-gram hashes by which later benchmarks are found; null"
        + " unless the step keeps them'";
  }

  @Override
  public SortedMap<String, String> facts() {
    SortedMap<String, String> facts = Job.super.facts();
    facts.remove("documents");
    Blocks.facts(ContentHash.class).forEach((k, v) -> facts.put("contentHash" + k, v));
    if (fingerprints) {
      Blocks.facts(Fingerprint.DEFAULT)
          .forEach((k, v) -> facts.put("fingerprint" + (k.startsWith("@") ? k : "." + k), v));
    }
    return facts;
  }

  @Override
  public Dataset<Row> plan(Tables tables, Collection<String> batches) {
    MinHash settings = minhash;
    boolean also = fingerprints;
    MapFunction<Row, Row> sign = row -> sign(settings, also, row);
    Dataset<Row> kept =
        tables.read(from, batches).where("kept").select("batch", "source", "id", "text");
    return Texts.of(tables, kept, documents, from, batches)
        .map(sign, Encoders.row(StructType.fromDDL(schema())));
  }

  private static Row sign(MinHash minhash, boolean fingerprints, Row row) {
    Text text = Text.of(row.<String>getAs("text"));
    Signature signature = minhash.signature(text);
    return RowFactory.create(
        row.getAs("batch"),
        row.getAs("source"),
        row.getAs("id"),
        ContentHash.of(text),
        signature.bands(),
        signature.shingles(),
        (long) text.length(),
        fingerprints ? Fingerprint.DEFAULT.of(text) : null);
  }

  @Override
  public List<Count> counts() {
    return List.of(Count.rows("signed", "true"));
  }

  @Override
  public List<Even> sums() {
    return List.of(
        new Even("documents kept, and signed", List.of(from + ".kept"), List.of(to + ".signed")));
  }
}
