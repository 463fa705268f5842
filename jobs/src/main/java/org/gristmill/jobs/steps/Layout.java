package org.gristmill.jobs.steps;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.gristmill.jobs.steps.Generations.Generation;

/**
 * The tasks that write the files of generations: one for every part of each.
 *
 * @param parts by task
 * @param spans tasks of every batch, by group
 */
record Layout(List<Part> parts, Map<String, SortedMap<String, Span>> spans)
    implements Serializable {
  /** The rows of so many parts remember what their generation is made of. */
  private static final int REMEMBERING = 64;

  /**
   * A part of a generation.
   *
   * @param generation its name
   * @param number place of the generation in the corpus
   * @param part number of the part in it, from 0
   * @param of parts in it
   * @param group whose rows alone are in the part; empty where there are no groups
   * @param madeOf what its rows remember of the generation's batches; nothing if others do
   */
  record Part(
      String generation,
      int number,
      int part,
      int of,
      String group,
      SortedMap<String, String> madeOf)
      implements Serializable {}

  /**
   * Tasks side by side.
   *
   * @param first of them
   * @param parts how many there are, at least 1
   */
  record Span(int first, int parts) implements Serializable {}

  /** Where a row of a batch goes. */
  interface Place {
    /**
     * @param key a row's hash
     * @param of parts for rows of its group in its generation
     * @return from 0 to below {@code of}
     */
    int part(long key, int of);
  }

  /**
   * Tasks for some generations.
   *
   * @param parts how many a generation has
   */
  static Layout of(SortedMap<String, Generation> generations, ToIntFunction<Generation> parts) {
    return ofGroups(
        generations, generation -> new TreeMap<>(Map.of("", parts.applyAsInt(generation))));
  }

  /**
   * Tasks for some generations whose groups are kept apart.
   *
   * @param parts how many a generation has, by group
   */
  static Layout ofGroups(
      SortedMap<String, Generation> generations,
      Function<Generation, SortedMap<String, Integer>> parts) {
    List<Part> all = new ArrayList<>();
    Map<String, SortedMap<String, Span>> spans = new HashMap<>();
    generations.forEach(
        (name, generation) -> {
          SortedMap<String, Integer> its = parts.apply(generation);
          int of = its.values().stream().mapToInt(n -> n).sum();
          SortedMap<String, Span> groups = new TreeMap<>();
          int part = 0;
          for (Map.Entry<String, Integer> group : its.entrySet()) {
            groups.put(group.getKey(), new Span(all.size(), group.getValue()));
            for (int i = 0; i < group.getValue(); i++, part++) {
              SortedMap<String, String> madeOf =
                  part < REMEMBERING ? generation.batches() : new TreeMap<>();
              all.add(new Part(name, generation.number(), part, of, group.getKey(), madeOf));
            }
          }
          generation.batches().keySet().forEach(batch -> spans.put(batch, groups));
        });
    return new Layout(all, spans);
  }

  int tasks() {
    return parts.size();
  }

  /** The task of a row. */
  int task(String batch, long key, Place place) {
    return task(batch, "", key, place);
  }

  /** The task of a row of a group. */
  int task(String batch, String group, long key, Place place) {
    Span span = spans.get(batch).get(group);
    return span.first() + place.part(key, span.parts());
  }
}
