package org.gristmill.jobs.steps;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.gristmill.jobs.steps.Generations.Generation;

/**
 * The tasks that write the files of generations: one for every part of each.
 *
 * @param parts by task
 * @param first first task of every batch
 */
record Layout(List<Part> parts, Map<String, Integer> first) implements Serializable {
  /** The rows of so many parts remember what their generation is made of. */
  private static final int REMEMBERING = 64;

  /**
   * A part of a generation.
   *
   * @param generation its name
   * @param number place of the generation in the corpus
   * @param part number of the part in it, from 0
   * @param of parts in it
   * @param madeOf what its rows remember of the generation's batches; nothing if others do
   */
  record Part(String generation, int number, int part, int of, SortedMap<String, String> madeOf)
      implements Serializable {}

  /** Where a row of a batch goes. */
  interface Place {
    /**
     * @param key a row's hash
     * @param of parts in its generation
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
    List<Part> all = new ArrayList<>();
    Map<String, Integer> first = new HashMap<>();
    generations.forEach(
        (name, generation) -> {
          int of = parts.applyAsInt(generation);
          generation.batches().keySet().forEach(batch -> first.put(batch, all.size()));
          for (int part = 0; part < of; part++) {
            all.add(
                new Part(
                    name,
                    generation.number(),
                    part,
                    of,
                    part < REMEMBERING ? generation.batches() : new TreeMap<>()));
          }
        });
    return new Layout(all, first);
  }

  int tasks() {
    return parts.size();
  }

  /** The task of a row. */
  int task(String batch, long key, Place place) {
    int start = first.get(batch);
    return start + place.part(key, parts.get(start).of());
  }
}
