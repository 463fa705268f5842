package org.gristmill.jobs.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gristmill.jobs.table.BatchRecord;
import org.gristmill.jobs.table.Made;
import org.gristmill.jobs.table.Tables;

/**
 * Which batches of tokens are packed together: every delivery into a generation of its own, which
 * later ones leave alone.
 *
 * <p>A generation is named after what is in it: equal documents, tokens and settings give the same
 * name, whatever batches they came in.
 *
 * @param job that packs
 * @param tables as this run sees them
 */
record Generations(PackJob job, Tables tables) {
  /** The digest under which a generation remembers its {@link Generation#number}. */
  static final String NUMBER = "number";

  /** The digest under which a batch of tokens remembers its documents. */
  private static final String DOCUMENTS = "documents";

  /**
   * One generation.
   *
   * @param number its place in the corpus, from 0
   * @param batches of tokens, with a digest of each
   * @param tokens in them
   */
  record Generation(int number, SortedMap<String, String> batches, long tokens) {}

  /** The generations that the corpus should have, by what they are to be made from. */
  SortedMap<String, Generation> wanted() {
    SortedMap<String, String> batches = new TreeMap<>();
    tables
        .outputs(job.from())
        .keySet()
        .forEach(
            batch -> {
              String digest = digest(batch);
              if (!digest.startsWith("0/")) {
                batches.put(batch, digest);
              }
            });
    SortedMap<String, Generation> wanted = new TreeMap<>();
    int next = 0;
    if (!tables.regenerating()) {
      for (SortedMap<String, String> known : tables.remembered(job).values()) {
        SortedMap<String, String> its = new TreeMap<>(batches);
        its.keySet().retainAll(known.keySet());
        int number = Integer.parseInt(known.getOrDefault(NUMBER, "0"));
        next = Math.max(next, number + 1);
        add(wanted, number, its);
        batches.keySet().removeAll(its.keySet());
      }
    }
    add(wanted, next, batches);
    return wanted;
  }

  private void add(
      SortedMap<String, Generation> wanted, int number, SortedMap<String, String> batches) {
    if (!batches.isEmpty()) {
      wanted.put(PackJob.run(made(batches).id()), new Generation(number, batches, tokens(batches)));
    }
  }

  /** What a generation of some batches is made from. */
  Made made(SortedMap<String, String> batches) {
    boolean pending = batches.values().stream().anyMatch(d -> d.startsWith(Tables.PENDING));
    String documents =
        pending
            ? Tables.PENDING + batches.keySet()
            : Digest.sum(batches.values().stream().map(Digest::parse).toList()).toString();
    return Made.of(job.facts(), Map.of(DOCUMENTS, documents));
  }

  private String digest(String batch) {
    return tables
        .pending(job.from(), batch)
        .orElse(tables.digests(job.from(), batch).getOrDefault(DOCUMENTS, Digest.NONE.toString()));
  }

  private long tokens(SortedMap<String, String> batches) {
    return batches.keySet().stream()
        .filter(tables.records(job.from())::containsKey)
        .flatMap(batch -> tables.records(job.from()).get(batch).counts().stream())
        .filter(count -> count.name().equals(TokenizeJob.TOKENS))
        .mapToLong(BatchRecord.Counted::number)
        .sum();
  }

  /** Names of the generations in the table, in the order of the corpus. */
  List<String> present() {
    TreeMap<String, String> byNumber = new TreeMap<>();
    tables
        .records(job.to())
        .forEach(
            (name, record) ->
                byNumber.put(
                    String.format(
                        java.util.Locale.ROOT,
                        "%010d %s",
                        Integer.parseInt(record.digests().getOrDefault(NUMBER, "0")),
                        name),
                    name));
    return new ArrayList<>(byNumber.values());
  }

  /** Every batch of tokens of some generations. */
  static TreeSet<String> batches(Iterable<Generation> generations) {
    TreeSet<String> batches = new TreeSet<>();
    generations.forEach(g -> batches.addAll(g.batches().keySet()));
    return batches;
  }
}
