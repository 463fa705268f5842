package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Block;
import org.gristmill.core.Setting;
import org.gristmill.core.Text;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Rows;
import org.gristmill.jobs.table.Tables;
import org.gristmill.tokenize.BpeTokenizer;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.Tokenizers;
import org.gristmill.tokenize.Track;
import org.gristmill.tokenize.objective.Encoded;
import org.gristmill.tokenize.objective.Objective;
import org.gristmill.tokenize.objective.ObjectiveChain;
import org.gristmill.tokenize.objective.Passage;

/**
 * Kept documents that are no duplicates to the table {@code tokens}: their token ids, with the
 * end-of-document id last.
 *
 * <p>A batch depends on its documents and on which of them are duplicates: when new data changes
 * nothing there, it stays as it is.
 *
 * @param from table of judged documents
 * @param documents table with their texts; set by the step that judges them
 * @param clusters table of clusters, unless {@code keepDuplicates}
 * @param to table to make
 * @param tokenizer one of {@link Tokenizers#BY_NAME}, or of a model's file
 * @param keepDuplicates whether duplicates get tokens too; if not, a cluster step must come before
 * @param objectives what is to be learned of the documents of which source
 */
@Block(does = "Turns the kept documents, without duplicates, into token ids.")
public record TokenizeJob(
    @Setting(does = "table of judged documents") String from,
    @Setting(does = "table with their texts; given by the filter step, not here") String documents,
    @Setting(does = "table of clusters that says which documents are duplicates") String clusters,
    @Setting(does = "table to make") String to,
    @Setting(
            does =
                "a name (see gristmill list tokenizers), a model's file, or { file = ... } with"
                    + " pattern, endToken, specialTokens")
        Tokenizer tokenizer,
    @Setting(does = "whether duplicates get tokens too") boolean keepDuplicates,
    @Setting(
            does =
                "what is to be learned, [ { name = ..., sources = [...] } ]: see gristmill list"
                    + " objectives; what none is for is causal")
        ObjectiveChain objectives)
    implements Job {
  public static final TokenizeJob DEFAULTS =
      new TokenizeJob(
          "judged",
          "documents",
          "clusters",
          "tokens",
          BpeTokenizer.CL100K_BASE,
          false,
          ObjectiveChain.CAUSAL);

  /** The count of tokens in the ledger. */
  static final String TOKENS = "tokens";

  /** The digest of the documents with their tokens. */
  static final String DOCUMENTS = "documents";

  /** Columns of what an objective adds; a null changes no digest. */
  private static final List<String> ADDED =
      Stream.concat(Stream.of("parts"), Stream.of(Track.values()).map(Track::column)).toList();

  @Override
  public List<String> reads() {
    return keepDuplicates ? List.of(from, documents) : List.of(from, documents, clusters);
  }

  @Override
  public TokenizeJob linked(Map<String, Job> jobs) {
    String texts = Texts.documents(from, jobs, documents);
    boolean all = keepDuplicates || jobs.get(from) instanceof CleaningJob; // which took them out
    objectives.check(tokenizer);
    return new TokenizeJob(from, texts, clusters, to, tokenizer, all, objectives);
  }

  @Override
  public Grain grain() {
    return Grain.BATCH;
  }

  @Override
  public String schema() {
    return "batch string COMMENT 'batch of the documents',"
        + " source string COMMENT 'name of the ingest step',"
        + " language string COMMENT 'language of the document',"
        + " id string COMMENT 'id of the document',"
        + " tokens binary COMMENT 'token ids, 32-bit little-endian, end-of-document id last',"
        + " length long COMMENT 'number of token ids',"
        + " parts binary COMMENT 'lengths of the parts an objective made, 32-bit little-endian;"
        + " null if it is one',"
        + Stream.of(Track.values())
            .map(
                track ->
                    " %s binary COMMENT '%s of the token ids, 32-bit little-endian; null if the"
                            .formatted(track.column(), track.column().replace('_', ' '))
                        + " objective has none'")
            .collect(Collectors.joining(","));
  }

  @Override
  public SortedMap<String, String> facts() {
    SortedMap<String, String> facts = Job.super.facts();
    facts.remove("clusters");
    facts.remove("documents");
    withoutCausal(facts);
    return facts;
  }

  /** What is made without objectives is what was made before there were any. */
  static void withoutCausal(SortedMap<String, String> facts) {
    facts.remove("objectives.steps", "[]");
  }

  @Override
  public SortedMap<String, Made> made(Tables tables) {
    SortedMap<String, Made> made = new TreeMap<>();
    tables
        .outputs(from)
        .forEach(
            (batch, output) -> {
              SortedMap<String, String> inputs = new TreeMap<>();
              inputs.put(from + "/" + batch, output);
              if (!keepDuplicates) {
                inputs.put("duplicates in " + batch, ClusterJob.digest(tables, clusters, batch));
              }
              made.put(batch, Made.of(facts(), inputs));
            });
    return made;
  }

  @Override
  public Dataset<Row> plan(Tables tables, Collection<String> batches) {
    Dataset<Row> kept =
        Texts.survivors(tables, from, keepDuplicates ? "" : clusters, batches)
            .select("batch", "source", "language", "id", "text");
    Dataset<Row> texts = Texts.of(tables, kept, documents, from, batches);
    Dataset<Row> read = objectives.ofDialogues() ? withMessages(tables, texts, batches) : texts;
    Broadcast<Tokenizer> sent =
        JavaSparkContext.fromSparkContext(tables.spark().sparkContext()).broadcast(tokenizer);
    ObjectiveChain chain = objectives;
    MapFunction<Row, Row> encode = row -> encode(chain, sent.value(), row);
    return read.map(encode, Encoders.row(StructType.fromDDL(schema())));
  }

  /** The same rows, with who said what in them. */
  private Dataset<Row> withMessages(Tables tables, Dataset<Row> texts, Collection<String> batches) {
    List<String> columns = new ArrayList<>(List.of("id"));
    columns.addAll(DialogueTurns.columns());
    Dataset<Row> messages =
        tables
            .read(documents, batches)
            .where("status = 'document'")
            .selectExpr(columns.toArray(String[]::new));
    return texts.join(messages, Rows.seq(List.of("id")), "left");
  }

  private static Row encode(ObjectiveChain chain, Tokenizer tokenizer, Row row) {
    Objective objective = chain.of(row.getAs("source"));
    Text text = Text.of(row.<String>getAs("text"));
    Passage passage =
        new Passage(
            row.getAs("id"),
            text,
            objective.ofDialogues() ? DialogueTurns.of(text, row) : List.of());
    Encoded encoded = objective.encode(tokenizer, passage);
    List<Object> values =
        new ArrayList<>(
            List.of(
                row.getAs("batch"),
                row.getAs("source"),
                row.getAs("language"),
                row.getAs("id"),
                Rows.bytes(encoded.tokens()),
                (long) encoded.tokens().length));
    values.add(encoded.parts().length == 1 ? null : Rows.bytes(encoded.parts()));
    for (Track track : Track.values()) {
      int[] its = encoded.tracks().get(track);
      values.add(its == null ? null : Rows.bytes(its));
    }
    return RowFactory.create(values.toArray());
  }

  /** What {@link #encode} made of a document. */
  static Encoded encoded(Row row) {
    int[] tokens = Rows.ints(row.getAs("tokens"));
    byte[] parts = row.getAs("parts");
    SortedMap<Track, int[]> tracks = new TreeMap<>();
    for (Track track : Track.values()) {
      byte[] values = row.getAs(track.column());
      if (values != null) {
        tracks.put(track, Rows.ints(values));
      }
    }
    return new Encoded(
        row.getAs("id"),
        tokens,
        parts == null ? new int[] {tokens.length} : Rows.ints(parts),
        tracks);
  }

  /** Columns that {@link #encoded} reads. */
  static List<String> encodedColumns() {
    List<String> columns = new ArrayList<>(List.of("id", "tokens"));
    columns.addAll(ADDED);
    return columns;
  }

  /** Count and sum of the documents with their tokens: the shards follow from it. */
  @Override
  public Optional<Dataset<Row>> digests(Dataset<Row> rows) {
    return Optional.of(
        rows.groupBy("batch")
            .agg(expr(Digest.of("id, source, tokens, " + String.join(", ", ADDED))).as("digest"))
            .selectExpr("batch", "'" + DOCUMENTS + "' AS name", "digest"));
  }

  @Override
  public List<Count> counts() {
    return List.of(
        Count.rows("tokenized", "true"), Count.sum(TOKENS, "true", "length"), Count.EACH_ID_ONCE);
  }

  @Override
  public List<Even> sums() {
    return List.of(
        new Even(
            "kept - duplicates, and documents with tokens",
            keepDuplicates
                ? List.of(from + ".kept")
                : List.of(from + ".kept", "-" + clusters + ".duplicates"),
            List.of(to + ".tokenized")));
  }
}
