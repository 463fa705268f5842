package org.gristmill.jobs.steps;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
import org.gristmill.core.Hash;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.jobs.steps.Generations.Generation;
import org.gristmill.jobs.table.BatchRecord;
import org.gristmill.jobs.table.Count;
import org.gristmill.jobs.table.Even;
import org.gristmill.jobs.table.Grain;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;
import org.gristmill.tokenize.Packer;
import org.gristmill.tokenize.ShardFormats;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.objective.ObjectiveChain;

/**
 * Tokens to shards, and to the table {@code shards} that lists them: a file that is not listed does
 * not exist.
 *
 * <p>With {@code groupBy} every shard holds documents of one group, so that a trainer can draw
 * groups in any mixture; the number of a group's shards depends on its tokens.
 *
 * <p>What comes in one delivery becomes a generation of shards, and what is there stays as it is.
 * The number of a generation's shards depends on the number of its tokens alone. A document's
 * shard, and its place before packing, follow from the hash of (seed, id): every shard is a random
 * sample of its generation, and the same tokens give the same bytes on any cluster. One task packs
 * one shard, with all its tokens in memory (4 bytes each, about three times over).
 *
 * @param from table of tokens
 * @param to table to make
 * @param tokenizer whose ids these are; set by the step that makes the tokens
 * @param sequenceTokens length of every sequence, at least 2
 * @param shardTokens about so many tokens in a shard, at least {@code sequenceTokens}
 * @param formats names in {@link ShardFormats#BY_NAME}
 * @param groupBy what is kept apart, of {@link #GROUPINGS}; nothing if sequences hold documents of
 *     all kinds
 * @param seed of the shuffle
 * @param objectives what is to be learned; set by the step that makes the tokens
 */
@Block(
    does = "Packs the tokens of a delivery into sequences of one length and writes them as shards.",
    version = 2)
public record PackJob(
    @Setting(does = "table of tokens") String from,
    @Setting(does = "table that lists the shards") String to,
    @Setting(does = "whose ids these are; given by the tokenize step, not here")
        Tokenizer tokenizer,
    @Setting(does = "length of every sequence", unit = "tokens", min = 2) int sequenceTokens,
    @Setting(
            does = "about so much in a shard, at least sequenceTokens",
            unit = "tokens",
            min = 2,
            max = 1 << 29)
        long shardTokens,
    @Setting(does = "formats of the shards: see gristmill list formats") List<String> formats,
    @Setting(
            does =
                "what sequences are kept apart by, for gristmill mix: [source], or [] for nothing")
        List<String> groupBy,
    @Setting(does = "seed of the shuffle") long seed,
    @Setting(does = "what is to be learned; given by the tokenize step, not here")
        ObjectiveChain objectives)
    implements Job {
  public static final PackJob DEFAULTS =
      new PackJob(
          "tokens",
          "shards",
          TokenizeJob.DEFAULTS.tokenizer(),
          2048,
          16L << 20,
          List.of("arrow"),
          List.of(),
          1,
          ObjectiveChain.CAUSAL);

  /** What sequences may be kept apart by: columns of the table of tokens. */
  static final List<String> GROUPINGS = List.of("source");

  /** Most blocks of a shuffle: from so many parts to so many shards. */
  private static final int MOST_BLOCKS = 1 << 22;

  public PackJob {
    if (sequenceTokens < 2) {
      throw new SettingError("sequenceTokens", "must be at least 2, is " + sequenceTokens);
    }
    if (shardTokens < sequenceTokens || shardTokens > 1L << 29) {
      throw new SettingError(
          "shardTokens", "must be between sequenceTokens and 2^29, is " + shardTokens);
    }
    formats = List.copyOf(formats);
    if (formats.isEmpty() || !ShardFormats.BY_NAME.keySet().containsAll(formats)) {
      throw new SettingError(
          "formats",
          "must be one or more of "
              + String.join(", ", ShardFormats.BY_NAME.keySet())
              + ", is "
              + formats);
    }
    groupBy = List.copyOf(groupBy);
    if (!groupBy.isEmpty() && !groupBy.equals(GROUPINGS)) {
      throw new SettingError("groupBy", "must be " + GROUPINGS + " or [], is " + groupBy);
    }
  }

  /** The ids are those of the step that makes the tokens. */
  @Override
  public PackJob linked(Map<String, Job> jobs) {
    if (!(jobs.get(from) instanceof TokenizeJob tokens)) {
      return this;
    }
    for (String format : formats) {
      int most = ShardFormats.BY_NAME.get(format).mostTokens();
      if (tokens.tokenizer().vocabularySize() > most) {
        throw new SettingError(
            "formats",
            "%s holds at most %d ids, the vocabulary of %s has %d"
                .formatted(
                    format, most, tokens.tokenizer().name(), tokens.tokenizer().vocabularySize()));
      }
    }
    tokens.objectives().check(sequenceTokens, formats);
    return new PackJob(
        from,
        to,
        tokens.tokenizer(),
        sequenceTokens,
        shardTokens,
        formats,
        groupBy,
        seed,
        tokens.objectives());
  }

  @Override
  public List<String> reads() {
    return List.of(from);
  }

  @Override
  public Grain grain() {
    return Grain.DELIVERY;
  }

  @Override
  public SortedMap<String, String> facts() {
    SortedMap<String, String> facts = Job.super.facts();
    Blocks.facts(new Packer(sequenceTokens, 0, seed))
        .forEach((k, v) -> facts.put("packer" + (k.startsWith("@") ? k : "." + k), v));
    facts.remove("packer.endOfDocument");
    TokenizeJob.withoutCausal(facts);
    facts.remove("groupBy", "[]"); // as it was before there were groups
    for (String format : formats) {
      Blocks.facts((Record) ShardFormats.BY_NAME.get(format))
          .forEach((k, v) -> facts.put(format + "." + k, v));
    }
    return facts;
  }

  @Override
  public String schema() {
    return "batch string COMMENT 'generation: the shards of one delivery',"
        + " shard int COMMENT 'number of the shard in it, from 0',"
        + " format string COMMENT 'format of the file',"
        + " path string COMMENT 'the file, below the folder of the generation',"
        + " sha256 string COMMENT 'of the file',"
        + " bytes long COMMENT 'length of the file',"
        + " sequences long COMMENT 'sequences in the shard',"
        + " tokens long COMMENT 'tokens in the shard, without padding; an objective may make more or"
        + " less of them than it was given',"
        + " padding long COMMENT 'padding in the shard, in tokens',"
        + " documents long COMMENT 'documents in the shard',"
        + " groupName string COMMENT 'group that all documents in the shard are of; empty if pack"
        + " keeps none apart',"
        + " sources array<struct<source:string,documents:long,tokens:long,sequences:long>>"
        + " COMMENT 'by source: documents and their tokens, as the table of tokens has them;"
        + " a sequence counts for the source with most of its tokens',"
        + Generations.COLUMNS;
  }

  @Override
  public SortedMap<String, Made> made(Tables tables) {
    return generations(tables).mades();
  }

  /** A generation's name follows from its documents and their tokens, however they came. */
  private Generations generations(Tables tables) {
    SortedMap<String, String> batches = new TreeMap<>();
    for (String batch : tables.outputs(from).keySet()) {
      String digest =
          tables
              .pending(from, batch)
              .orElse(
                  tables
                      .digests(from, batch)
                      .getOrDefault(TokenizeJob.DOCUMENTS, Digest.NONE.toString()));
      if (!digest.equals(Digest.NONE.toString())) {
        batches.put(batch, digest);
      }
    }
    return new Generations(this, tables, batches, this::made);
  }

  private Made made(SortedMap<String, String> batches) {
    boolean pending = batches.values().stream().anyMatch(d -> d.startsWith(Tables.PENDING));
    String documents =
        pending
            ? Tables.PENDING + batches.keySet()
            : Digest.sum(batches.values().stream().map(Digest::parse).toList()).toString();
    return Made.of(facts(), Map.of(TokenizeJob.DOCUMENTS, documents));
  }

  /** Tokens in some batches by group, as they were counted. */
  private SortedMap<String, Long> tokens(Tables tables, Set<String> batches) {
    return batches.stream()
        .filter(tables.records(from)::containsKey)
        .flatMap(batch -> tables.records(from).get(batch).counts().stream())
        .filter(count -> count.name().equals(TokenizeJob.TOKENS) && count.number() > 0)
        .collect(
            Collectors.toMap(
                count -> groupBy.isEmpty() ? "" : count.source(),
                BatchRecord.Counted::number,
                Long::sum,
                TreeMap::new));
  }

  @Override
  public Set<String> inputs(Tables tables, String batch) {
    return generations(tables).wanted().get(batch).batches().keySet();
  }

  /** Every token once. */
  @Override
  public double shuffled(double rows, double bytes) {
    return bytes;
  }

  @Override
  public long bytes(Tables tables, String batch) {
    return Integer.BYTES
        * tokens(tables, inputs(tables, batch)).values().stream().mapToLong(n -> n).sum();
  }

  @Override
  public Optional<Dataset<Row>> digests(Dataset<Row> rows) {
    return Generations.digests(rows);
  }

  @Override
  public Dataset<Row> plan(Tables tables, Collection<String> batches) {
    SortedMap<String, Generation> generations = generations(tables).wanted();
    generations.keySet().retainAll(batches);
    Layout layout = Layout.ofGroups(generations, g -> shards(tokens(tables, g.batches().keySet())));
    long shuffle = seed;
    UDF1<String, Long> place = id -> Hash.xx64(shuffle, id) ^ Long.MIN_VALUE; // unsigned order
    UDF3<String, String, Long, Integer> task =
        (batch, group, p) -> layout.task(batch, group, p ^ Long.MIN_VALUE, Hash::range);
    Column group = groupBy.isEmpty() ? lit("") : col("source");
    ShardFiles files =
        new ShardFiles(this, tables.shards(), new SerializableConfiguration(tables.hadoop()));
    MapPartitionsFunction<Row, Row> pack = rows -> new ShardPacking(rows, files, layout);
    Dataset<Row> tokens =
        tables.read(from, Generations.batches(generations.values())).transform(PackJob::columns);
    int most = Math.max(1, MOST_BLOCKS / layout.tasks());
    if (tokens.rdd().getNumPartitions() > most) {
      tokens = tokens.coalesce(most);
    }
    Dataset<Row> placed =
        tokens
            .withColumn("place", udf(place, DataTypes.LongType).apply(col("id")))
            .withColumn(
                "task", udf(task, DataTypes.IntegerType).apply(col("batch"), group, col("place")));
    return PartitionKeys.apart(placed, layout.tasks(), "task")
        .drop("batch")
        .sortWithinPartitions("task", "place", "id")
        .mapPartitions(pack, Encoders.row(StructType.fromDDL(schema())));
  }

  /** What packing needs; null what a table lacks that was made before there was such a column. */
  private static Dataset<Row> columns(Dataset<Row> rows) {
    List<String> there = List.of(rows.columns());
    List<String> columns = new ArrayList<>(List.of("batch", "source"));
    for (String column : TokenizeJob.encodedColumns()) {
      columns.add(there.contains(column) ? column : "CAST(NULL AS BINARY) AS " + column);
    }
    return rows.selectExpr(columns.toArray(String[]::new));
  }

  /** Shards by group; at least one where there are no groups. */
  private SortedMap<String, Integer> shards(SortedMap<String, Long> tokens) {
    SortedMap<String, Integer> shards = new TreeMap<>();
    if (groupBy.isEmpty()) {
      shards.put("", 1);
    }
    tokens.forEach(
        (group, its) -> shards.put(group, Math.toIntExact((its + shardTokens - 1) / shardTokens)));
    return shards;
  }

  @Override
  public Dataset<Row> counted(Dataset<Row> rows) {
    return rows.where(col("format").equalTo(formats.get(0)))
        .selectExpr("batch", "shard", "explode(sources) AS s")
        .distinct()
        .selectExpr("batch", "shard", "s.*");
  }

  @Override
  public List<Count> counts() {
    return List.of(
        Count.sum("packed", "true", "documents"),
        Count.sum("packed-tokens", "true", "tokens"),
        Count.sum("sequences", "true", "sequences"));
  }

  @Override
  public List<Even> sums() {
    return List.of(
        new Even(
            "documents with tokens and in shards",
            List.of(from + ".tokenized"),
            List.of(to + ".packed")),
        new Even(
            "tokens made and in shards",
            List.of(from + ".tokens"),
            List.of(to + ".packed-tokens")));
  }

  @Override
  public SortedMap<String, String> files(Tables tables) {
    return new Manifest(tables, this).files();
  }

  @Override
  public void publish(Tables tables) {
    new Manifest(tables, this).publish();
  }
}
