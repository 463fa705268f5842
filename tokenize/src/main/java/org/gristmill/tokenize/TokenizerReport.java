package org.gristmill.tokenize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.gristmill.core.Text;

/**
 * What a tokenizer makes of documents: tokens per byte by language and source, the ids that never
 * occurred, the longest tokens that did. Reports over parts of a corpus add up; for one thread.
 */
public final class TokenizerReport implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Documents of a language and a source. */
  public record Row(String language, String source, long documents, long bytes, long tokens)
      implements Serializable {
    /** Tokens for each byte of UTF-8; 0 without bytes. */
    public double tokensPerByte() {
      return bytes == 0 ? 0 : (double) tokens / bytes;
    }

    private Row plus(Row other) {
      return new Row(
          language,
          source,
          documents + other.documents,
          bytes + other.bytes,
          tokens + other.tokens);
    }
  }

  /**
   * A token that occurred.
   *
   * @param text its bytes as text, U+FFFD where they are none
   * @param count how often it occurred
   */
  public record Used(int id, Text text, long count) {}

  private final Map<String, Map<String, Row>> rows = new TreeMap<>();
  private final long[] counts;

  /**
   * An empty report.
   *
   * @param vocabularySize one more than the largest id
   */
  public TokenizerReport(int vocabularySize) {
    counts = new long[vocabularySize];
  }

  /** Adds a document and its ids. */
  public void add(String language, String source, Text text, int[] ids) {
    add(new Row(language, source, 1, text.length(), ids.length));
    for (int id : ids) {
      counts[id]++;
    }
  }

  /**
   * Adds another report of the same tokenizer.
   *
   * @throws IllegalArgumentException if the vocabularies are of different sizes
   */
  public void add(TokenizerReport other) {
    if (other.counts.length != counts.length) {
      throw new IllegalArgumentException("the reports are of different vocabularies");
    }
    other.rows().forEach(this::add);
    for (int id = 0; id < counts.length; id++) {
      counts[id] += other.counts[id];
    }
  }

  private void add(Row row) {
    rows.computeIfAbsent(row.language(), language -> new TreeMap<>())
        .merge(row.source(), row, Row::plus);
  }

  /** The documents by language, then by source. */
  public List<Row> rows() {
    return rows.values().stream().flatMap(sources -> sources.values().stream()).toList();
  }

  /** All documents, under empty names. */
  public Row total() {
    return rows().stream().reduce(new Row("", "", 0, 0, 0), Row::plus);
  }

  /** Ids of tokens that did not occur, in their order; ids that no token has are not among them. */
  public int[] unused(Tokenizer tokenizer) {
    return IntStream.range(0, counts.length)
        .filter(id -> counts[id] == 0 && tokenizer.tokenBytes(id).length > 0)
        .toArray();
  }

  /** The tokens with the most bytes among those that occurred, of equal ones the smaller id. */
  public List<Used> longest(Tokenizer tokenizer, int most) {
    List<Used> used = new ArrayList<>();
    for (int id = 0; id < counts.length; id++) {
      if (counts[id] > 0) {
        used.add(new Used(id, Text.of(tokenizer.tokenBytes(id)), counts[id]));
      }
    }
    used.sort(
        Comparator.comparingInt((Used token) -> -token.text().length()).thenComparingInt(Used::id));
    return List.copyOf(used.subList(0, Math.min(most, used.size())));
  }
}
