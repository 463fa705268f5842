package org.gristmill.sources.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.gristmill.sources.Json;
import org.gristmill.sources.JsonLines;
import org.gristmill.sources.Part;
import org.gristmill.sources.Splittable;
import org.gristmill.sources.TextFile;

/**
 * JSON lines with the text in one field, plain or packed with gzip, bzip2, xz or zstd: one document
 * a line, at the byte offset of the line in the unpacked file (of bzip2 see {@link TextFile}). A
 * file that is plain or packed with bzip2 can be read in parts.
 *
 * <p>A field is named by its path, {@code meta.source} for one inside an object. Meta fields keep
 * strings and numbers as they are written, and arrays and objects as compact JSON. So what
 * datatrove, Dolma and NeMo Curator write is read as it is; {@code metadata.*} keeps what they know
 * of a text.
 *
 * @param text field with the text, which must be a string
 * @param id field kept in the meta facts as {@code id}, empty for none
 * @param url field with the address, empty for none
 * @param meta further fields to keep in the meta facts, under their paths; {@code *} for all of the
 *     line, {@code metadata.*} for all of an object
 * @param maxLineBytes longest line, in bytes, 1 to 1 GiB inclusive
 */
@Block(does = "JSON lines with the text in one field, one document a line.", version = 3)
public record Jsonl(
    @Setting(does = "Field with the text, which must be a string.") String text,
    @Setting(does = "Field kept in the meta facts as id, empty for none.") String id,
    @Setting(does = "Field with the address, empty for none.") String url,
    @Setting(
            does =
                "Further fields to keep in the meta facts, under their paths; * or metadata.* for all.")
        List<String> meta,
    @Setting(does = "Longest line.", unit = "bytes", min = 1, max = 1 << 30) long maxLineBytes)
    implements Splittable {

  /** The field names of most published corpora. */
  public static final Jsonl DEFAULTS = new Jsonl("text", "id", "url", List.of(), 64L << 20);

  public Jsonl {
    meta = List.copyOf(meta);
    if (text.isEmpty()) {
      throw new SettingError("text", "must name a field");
    }
    Bounds.between("maxLineBytes", maxLineBytes, 1, 1 << 30);
    for (String field : meta) {
      if (field.isEmpty()) {
        throw new SettingError("meta", "must not hold a field without a name");
      }
    }
  }

  @Override
  public boolean splits(String name) {
    return Compression.splits(name);
  }

  @Override
  public void read(Input input, Part part, Consumer<Found> out) throws IOException {
    read(input, part, out, "");
  }

  /** The same, save that objects without a text are passed over if they have this field. */
  void read(Input input, Part part, Consumer<Found> out, String passed) throws IOException {
    Finder found = new Finder(Jsonl.class, input, out);
    Set<String> wanted = new HashSet<>(meta);
    wanted.addAll(List.of(text, id, url, passed));
    wanted.remove("");
    JsonLines.read(
        input,
        part,
        maxLineBytes,
        found,
        (parser, offset) -> {
          Map<String, String> values = new HashMap<>();
          boolean isString = fields(parser, wanted, values);
          boolean pass = values.containsKey(passed) && !values.containsKey(text);
          return pass ? () -> {} : record(values, isString, offset, found);
        });
  }

  private Runnable record(Map<String, String> values, boolean isString, long offset, Finder found) {
    String address = values.getOrDefault(url, "");
    String body = values.get(text);
    if (body == null || !isString) {
      String detail = body == null ? "no field " + text : "the field " + text + " is no string";
      return () -> found.quarantine(offset, address, Reason.MISSING_FIELD, detail);
    }
    Map<String, String> facts = new TreeMap<>();
    if (values.containsKey(id)) {
      facts.put("id", values.get(id));
    }
    values.forEach(
        (field, value) -> {
          if (meta.contains(field)
              || inAll(field) && !field.equals(text) && !field.equals(url) && !field.equals(id)) {
            facts.put(field, value);
          }
        });
    return () -> found.document(offset, address, body, facts);
  }

  /** Collects the wanted fields of an object; says whether the text was a string. */
  private boolean fields(JsonParser parser, Set<String> wanted, Map<String, String> values)
      throws IOException {
    boolean isString = false;
    List<String> path = new ArrayList<>();
    int depth = 1;
    String name = "";
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        String parent = path.isEmpty() ? "" : path.get(path.size() - 1) + ".";
        name = parent + parser.currentName();
      } else if (token == JsonToken.END_OBJECT) {
        depth--;
        if (!path.isEmpty()) {
          path.remove(path.size() - 1);
        }
      } else if ((wanted.contains(name) || inAll(name) && !leads(name, wanted))
          && Json.isPresent(token)) {
        isString = name.equals(text) ? token == JsonToken.VALUE_STRING : isString;
        values.put(name, Json.value(parser));
      } else if (token == JsonToken.START_OBJECT && leads(name, wanted)) {
        path.add(name);
        depth++;
      } else if (token != null) {
        parser.skipChildren();
      }
    }
    return isString;
  }

  /** Whether all fields of the object that holds this one are kept. */
  private boolean inAll(String name) {
    return meta.contains(name.substring(0, name.lastIndexOf('.') + 1) + "*");
  }

  private static boolean leads(String name, Set<String> wanted) {
    String prefix = name + ".";
    return wanted.stream().anyMatch(path -> path.startsWith(prefix));
  }
}
