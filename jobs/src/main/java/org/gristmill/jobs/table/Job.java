package org.gristmill.jobs.table;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.gristmill.core.Blocks;

/**
 * One step of a pipeline: declares one table and writes nothing; the runner commits.
 *
 * <p>Every implementation is a record whose components are its settings and carries {@link
 * org.gristmill.core.Block}. Order, what is up to date, the ledger, the manifest, {@code list} and
 * {@code check} follow from what it declares here.
 */
public interface Job extends Serializable {
  /** The name in pipelines. */
  default String name() {
    return Blocks.name(getClass()).replaceFirst("-job$", "");
  }

  /** The table it makes. */
  String to();

  /** The tables it reads; the batches of a table with grain {@link Grain#BATCH} are the first's. */
  List<String> reads();

  /**
   * The same job, with what it must know of the jobs that make the tables it reads.
   *
   * @param jobs of the pipeline, by the table they make
   */
  default Job linked(Map<String, Job> jobs) {
    return this;
  }

  Grain grain();

  /** The table's columns, as Spark DDL with a comment each. */
  String schema();

  /** Settings and versions that decide the rows of every batch. */
  default SortedMap<String, String> facts() {
    SortedMap<String, String> facts = new TreeMap<>(Blocks.facts((Record) this));
    facts.keySet().removeAll(List.of("from", "to"));
    return facts;
  }

  /** What each batch of the table is to be made from. */
  default SortedMap<String, Made> made(Tables tables) {
    SortedMap<String, Made> made = new TreeMap<>();
    String first = reads().get(0);
    tables
        .outputs(first)
        .forEach(
            (batch, output) ->
                made.put(batch, Made.of(facts(), Map.of(first + "/" + batch, output))));
    return made;
  }

  /** Whether every batch is to be made again, though what it is made from has not changed. */
  default boolean anew(Tables tables) {
    return false;
  }

  /** How much is read to make a batch, in bytes as stored: a commit holds a bounded amount. */
  default long bytes(Tables tables, String batch) {
    Tables.Present input = tables.present(reads().get(0)).get(batch);
    return input == null ? 0 : input.bytes();
  }

  /** The batches of the table it reads first that a batch is made from. */
  default Set<String> inputs(Tables tables, String batch) {
    return Set.of(batch);
  }

  /**
   * About how much goes through a shuffle to make some rows, in bytes before compression.
   *
   * @param rows of input
   * @param bytes of input, as stored
   */
  default double shuffled(double rows, double bytes) {
    return 0;
  }

  /**
   * What a batch says to those who read it: equal outputs, equal rows. The batch's {@link Made#id}
   * unless a job knows better.
   *
   * @param digests of the batch: see {@link #digests}
   */
  default String output(String batch, Made made, SortedMap<String, String> digests) {
    return made.id();
  }

  /**
   * Whether the rows of a batch can be made from those made before, without reading what they were
   * made from: then {@link #decideAgain} makes what {@link #plan} would.
   *
   * @param before what the rows that are there were made from
   * @param now what the batch is to be made from
   */
  default boolean decidesAgain(Made before, Made now) {
    return false;
  }

  /** The rows of some batches, from those that are there. */
  default Dataset<Row> decideAgain(Tables tables, Collection<String> batches) {
    return plan(tables, batches);
  }

  /** The rows of some batches. */
  Dataset<Row> plan(Tables tables, Collection<String> batches);

  /** The rows that {@link #counts} are about, with a column {@code source}. */
  default Dataset<Row> counted(Dataset<Row> rows) {
    return rows;
  }

  /** What the ledger counts in the table. */
  List<Count> counts();

  /** What must come out even once the table is made. */
  default List<Even> sums() {
    return List.of();
  }

  /**
   * What later runs must know of the rows and should not have to read them for: columns batch, name
   * and digest, all strings.
   */
  default Optional<Dataset<Row>> digests(Dataset<Row> rows) {
    return Optional.empty();
  }

  /** Files beside the tables that a person may look for, by what they are. */
  default SortedMap<String, String> files(Tables tables) {
    return new TreeMap<>();
  }

  /** Called at the end of a run whose ledger came out even: files beside the tables. */
  default void publish(Tables tables) {}
}
