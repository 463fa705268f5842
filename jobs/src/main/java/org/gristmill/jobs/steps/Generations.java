package org.gristmill.jobs.steps;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.gristmill.jobs.table.Job;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;

/**
 * Which batches are put together into files: every delivery into a generation of its own, which
 * later ones leave alone.
 *
 * <p>A generation is named after what it is made from, and so is its folder.
 *
 * @param job that makes them
 * @param tables as this run sees them
 * @param batches that there are, with a digest of each
 * @param made what a generation of some of them is made from
 */
record Generations(
    Job job,
    Tables tables,
    SortedMap<String, String> batches,
    Function<SortedMap<String, String>, Made> made) {
  /** The digest under which a generation remembers its {@link Generation#number}. */
  private static final String NUMBER = "number";

  /** SQL: the columns of a table of generations that say what is in one. */
  static final String COLUMNS =
      " number int COMMENT 'place of the generation in the corpus, from 0',"
          + " madeOf map<string,string> COMMENT 'batches in the generation, with a digest of each;"
          + " in some of its rows only'";

  /**
   * One generation.
   *
   * @param number its place in the corpus, from 0
   * @param batches in it, with a digest of each
   */
  record Generation(int number, SortedMap<String, String> batches) implements Serializable {}

  /** The generations that there should be, by name. */
  SortedMap<String, Generation> wanted() {
    SortedMap<String, String> open = new TreeMap<>(batches);
    SortedMap<String, Generation> wanted = new TreeMap<>();
    int next = 0;
    if (!tables.regenerating()) {
      for (SortedMap<String, String> known : tables.remembered(job).values()) {
        SortedMap<String, String> its = new TreeMap<>(open);
        its.keySet().retainAll(known.keySet());
        int number = number(known);
        next = Math.max(next, number + 1);
        add(wanted, number, its);
        open.keySet().removeAll(its.keySet());
      }
    }
    add(wanted, next, open);
    return wanted;
  }

  private void add(
      SortedMap<String, Generation> wanted, int number, SortedMap<String, String> its) {
    if (!its.isEmpty()) {
      wanted.put(name(made.apply(its)), new Generation(number, its));
    }
  }

  /** What each generation is to be made from, by name. */
  SortedMap<String, Made> mades() {
    SortedMap<String, Made> mades = new TreeMap<>();
    wanted().forEach((name, generation) -> mades.put(name, made.apply(generation.batches())));
    return mades;
  }

  /** The generations in the table whose batches are all as they were. */
  SortedMap<String, Generation> sound() {
    SortedMap<String, Generation> sound = new TreeMap<>();
    tables
        .remembered(job)
        .forEach(
            (name, known) -> {
              SortedMap<String, String> its = new TreeMap<>(known);
              its.remove(NUMBER);
              if (batches.entrySet().containsAll(its.entrySet())
                  && name(made.apply(its)).equals(name)) {
                sound.put(name, new Generation(number(known), its));
              }
            });
    return sound;
  }

  private static int number(SortedMap<String, String> known) {
    return Integer.parseInt(known.getOrDefault(NUMBER, "0"));
  }

  private static String name(Made made) {
    return made.id().substring(0, 16);
  }

  /** Names of the generations in a table, in the order of the corpus. */
  static List<String> present(Job job, Tables tables) {
    SortedMap<String, SortedMap<String, String>> known = tables.remembered(job);
    List<String> names = new ArrayList<>(known.keySet());
    names.sort(
        Comparator.<String>comparingInt(name -> number(known.get(name)))
            .thenComparing(Comparator.naturalOrder()));
    return names;
  }

  /** What a generation remembers: its batches and its number. */
  static Optional<Dataset<Row>> digests(Dataset<Row> rows) {
    return Optional.of(
        rows.selectExpr("batch", "explode(madeOf) AS (name, digest)")
            .union(rows.selectExpr("batch", "'" + NUMBER + "' AS name", "string(number) AS digest"))
            .distinct());
  }

  /** Every batch of some generations. */
  static TreeSet<String> batches(Iterable<Generation> generations) {
    TreeSet<String> batches = new TreeSet<>();
    generations.forEach(g -> batches.addAll(g.batches().keySet()));
    return batches;
  }
}
