package org.gristmill.sources.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Found;
import org.gristmill.core.Reason;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Finder;
import org.gristmill.sources.Input;
import org.gristmill.sources.JsonLines;
import org.gristmill.sources.Source;

/**
 * Tables as text (CSV, TSV) in UTF-8, plain or packed with gzip, bzip2, xz or zstd: one document a
 * row, at the byte offset of the row in the unpacked file. Fields may be quoted and then hold line
 * ends; a row that has another number of fields than the first is damage.
 *
 * @param text column with the text
 * @param id column kept in the meta facts as {@code id}, empty for none
 * @param url column with the address, empty for none
 * @param meta further columns to keep in the meta facts, {@code *} for all
 * @param columns names of the columns; empty if the first row has them
 * @param delimiter one ASCII character between fields; empty for that of comma, tab, semicolon and
 *     bar which the first line has most of
 * @param quote one ASCII character around fields, empty if quotes mean nothing
 * @param maxRowBytes longest row, in bytes, 1 to 1 GiB inclusive
 */
@Block(does = "Tables as text (CSV, TSV), one document a row.", version = 1)
public record Csv(
    @Setting(does = "Column with the text.") String text,
    @Setting(does = "Column kept in the meta facts as id, empty for none.") String id,
    @Setting(does = "Column with the address, empty for none.") String url,
    @Setting(does = "Further columns to keep in the meta facts, * for all.") List<String> meta,
    @Setting(does = "Names of the columns, empty if the first row has them.") List<String> columns,
    @Setting(does = "Character between fields, empty for the likeliest of , tab ; and |.")
        String delimiter,
    @Setting(does = "Character around fields, empty if quotes mean nothing.") String quote,
    @Setting(does = "Longest row.", unit = "bytes", min = 1, max = 1 << 30) long maxRowBytes)
    implements Source {

  /** The column names of most published corpora. */
  public static final Csv DEFAULTS =
      new Csv("text", "id", "url", List.of(), List.of(), "", "\"", 64L << 20);

  /** Stands for all columns. */
  private static final String ALL = "*";

  private static final String DELIMITERS = ",\t;|";
  private static final int FIRST_LINE_BYTES = 1 << 16;

  public Csv {
    meta = List.copyOf(meta);
    columns = List.copyOf(columns);
    if (text.isEmpty()) {
      throw new SettingError("text", "must name a column");
    }
    Bounds.nonEmpty("meta", meta);
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new SettingError("columns", "must not name a column twice");
    }
    if (!columns.isEmpty() && !columns.contains(text)) {
      throw new SettingError("columns", "must hold the column " + text + " of the text");
    }
    character("delimiter", delimiter);
    character("quote", quote);
    if (!delimiter.isEmpty() && delimiter.equals(quote)) {
      throw new SettingError("quote", "must be another character than the delimiter");
    }
    Bounds.between("maxRowBytes", maxRowBytes, 1, 1 << 30);
  }

  private static void character(String setting, String value) {
    boolean one = value.length() == 1 && value.charAt(0) < 0x80 && "\r\n".indexOf(value) < 0;
    if (!value.isEmpty() && !one) {
      throw new SettingError(setting, "must be one ASCII character or empty, is " + value);
    }
  }

  @Override
  public void read(Input input, Consumer<Found> out) throws IOException {
    Finder found = new Finder(Csv.class, input, out);
    try (InputStream stored = input.open()) {
      InputStream in = new BufferedInputStream(Compression.unpacked(stored), FIRST_LINE_BYTES);
      if (JsonLines.isBinary(in)) {
        found.quarantine(0, "", Reason.INPUT_UNREADABLE, "no lines of text");
        return;
      }
      long start = skipMark(in);
      int parting = delimiter.isEmpty() ? likeliest(in) : delimiter.charAt(0);
      read(
          new Rows(in, start, parting, quote.isEmpty() ? -1 : quote.charAt(0), maxRowBytes), found);
    } catch (IOException e) {
      found.quarantine(0, "", Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  /** Passes over a byte order mark and says how long it was. */
  private static long skipMark(InputStream in) throws IOException {
    in.mark(3);
    byte[] start = in.readNBytes(3);
    if (start.length == 3
        && start[0] == (byte) 0xEF
        && start[1] == (byte) 0xBB
        && start[2] == (byte) 0xBF) {
      return 3;
    }
    in.reset();
    return 0;
  }

  /** The delimiter that stands most often in the first line, outside quotes. */
  private int likeliest(InputStream in) throws IOException {
    in.mark(FIRST_LINE_BYTES);
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    int b = in.read();
    for (int i = 1; b >= 0 && i < FIRST_LINE_BYTES && (b != '\n' || quoted); i++) {
      quoted ^= !quote.isEmpty() && b == quote.charAt(0);
      int known = quoted ? -1 : DELIMITERS.indexOf(b);
      if (known >= 0) {
        counts[known]++;
      }
      b = in.read();
    }
    in.reset();
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return DELIMITERS.charAt(best);
  }

  private void read(Rows rows, Finder found) {
    try {
      List<String> names = columns;
      if (names.isEmpty()) {
        Optional<List<String>> header = header(rows, found);
        if (header.isEmpty()) {
          return;
        }
        names = header.get();
      }
      while (rows.next()) {
        row(rows, names, found);
      }
    } catch (IOException e) {
      found.quarantine(rows.offset(), "", Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  /** The names in the first row; empty, and reported, if the text is not among them. */
  private Optional<List<String>> header(Rows rows, Finder found) throws IOException {
    if (!rows.next()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (byte[] field : rows.fields()) {
      names.add(new String(field, StandardCharsets.UTF_8).strip());
    }
    if (rows.tooLong() || !names.contains(text)) {
      String detail = "no column " + text + " among " + String.join(", ", names);
      found.quarantine(rows.offset(), "", Reason.INPUT_UNREADABLE, detail);
      return Optional.empty();
    }
    return Optional.of(names);
  }

  private void row(Rows rows, List<String> names, Finder found) {
    long offset = rows.offset();
    if (rows.tooLong()) {
      String detail = "a row of " + rows.length() + " bytes, at most " + maxRowBytes;
      found.quarantine(offset, "", Reason.TOO_LARGE, detail);
      return;
    }
    if (!rows.wrong().isEmpty() || rows.fields().size() != names.size()) {
      String fields = rows.fields().size() + " fields for " + names.size() + " columns";
      found.quarantine(offset, "", Reason.BAD_CSV, rows.wrong().isEmpty() ? fields : rows.wrong());
      return;
    }
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      Optional<String> value = decoded(rows.fields().get(i));
      if (value.isEmpty()) {
        String detail = "invalid UTF-8 in column " + names.get(i);
        found.quarantine(offset, "", Reason.INVALID_ENCODING, detail);
        return;
      }
      values.putIfAbsent(names.get(i), value.get());
    }
    found.document(offset, values.getOrDefault(url, ""), values.get(text), facts(values));
  }

  private Map<String, String> facts(Map<String, String> values) {
    Map<String, String> facts = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          boolean all = meta.contains(ALL) && !name.equals(text) && !name.equals(url);
          if (!value.isEmpty() && (all || meta.contains(name))) {
            facts.put(name, value);
          }
        });
    if (!values.getOrDefault(id, "").isEmpty()) {
      facts.put("id", values.get(id));
    }
    return facts;
  }

  private static Optional<String> decoded(byte[] field) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(field)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
