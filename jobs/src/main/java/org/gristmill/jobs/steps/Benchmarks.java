package org.gristmill.jobs.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.gristmill.core.Hash;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;
import org.gristmill.dedup.contamination.BenchmarkItem;
import org.gristmill.dedup.contamination.GramSize;
import org.gristmill.dedup.contamination.NgramIndex;

/**
 * Benchmarks as JSON lines, known by their contents: an item a line, its texts in string fields or
 * in lists of strings.
 *
 * <p>The bytes are part of the object, so that it means the same wherever it is sent; each JVM
 * makes an index of them once.
 */
public final class Benchmarks implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No benchmark. */
  public static final Benchmarks NONE = new Benchmarks(List.of());

  private static final Map<List<Object>, NgramIndex> INDEXES = new ConcurrentHashMap<>();

  /**
   * One file.
   *
   * @param name without folders; part of the names of its items
   * @param bytes its content; not copied, and not to be changed
   */
  public record File(String name, byte[] bytes) implements Serializable {}

  private final List<File> files;
  private final String sha256;

  /** Takes files in their order. */
  public Benchmarks(List<File> files) {
    this.files = List.copyOf(files);
    StringBuilder hashes = new StringBuilder();
    for (File file : files) {
      hashes.append(file.name()).append(' ').append(Hash.sha256Hex(file.bytes())).append('\n');
    }
    sha256 = Hash.sha256Hex(hashes.toString());
  }

  /**
   * The items with some of their fields.
   *
   * @param fields names of the fields that count; empty for all with text
   * @throws SettingError if a line is no JSON object, or none has one of the fields
   */
  List<BenchmarkItem> items(List<String> fields) {
    List<BenchmarkItem> items = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (File file : files) {
      String[] lines = new String(file.bytes(), StandardCharsets.UTF_8).split("\n");
      int before = items.size();
      for (int i = 0; i < lines.length; i++) {
        if (lines[i].isBlank()) {
          continue;
        }
        try {
          JsonNode item = json.readTree(lines[i]);
          Map<String, Text> texts = texts(item, fields);
          if (!texts.isEmpty()) {
            items.add(new BenchmarkItem(file.name() + ":" + (i + 1), texts));
          }
        } catch (IOException | IllegalArgumentException e) {
          throw new SettingError(
              "benchmarks",
              "must be JSON lines: " + file.name() + ", line " + (i + 1) + " is none");
        }
      }
      if (items.size() == before) {
        throw new SettingError(
            "fields",
            "must be fields with text; no line of " + file.name() + " has one of " + fields);
      }
    }
    return items;
  }

  private static Map<String, Text> texts(JsonNode item, List<String> fields) {
    if (!item.isObject()) {
      throw new IllegalArgumentException("no object");
    }
    Map<String, Text> texts = new TreeMap<>();
    item.properties()
        .forEach(
            field -> {
              StringBuilder text = new StringBuilder();
              for (JsonNode part :
                  field.getValue().isArray() ? field.getValue() : List.of(field.getValue())) {
                if (part.isTextual()) {
                  text.append(text.isEmpty() ? "" : "\n").append(part.textValue());
                }
              }
              if (!text.isEmpty() && (fields.isEmpty() || fields.contains(field.getKey()))) {
                texts.put(field.getKey(), Text.of(text.toString()));
              }
            });
    return texts;
  }

  /**
   * Reads them once, to see whether they can be.
   *
   * @throws SettingError as {@link #items} does
   */
  public void check(List<String> fields) {
    items(fields);
  }

  /** The n-grams of some fields; made once in a JVM. */
  NgramIndex index(GramSize grams, List<String> fields) {
    return INDEXES.computeIfAbsent(
        List.of(sha256, grams, fields), key -> NgramIndex.of(grams, items(fields)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Benchmarks its && its.sha256.equals(sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  /** What they are, without where they lie. */
  @Override
  public String toString() {
    return "sha256:" + sha256;
  }
}
