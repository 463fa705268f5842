package org.gristmill.sources.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * What a page says of itself to machines: title, {@code meta} elements, links with a {@code rel},
 * and linked data of schema.org.
 */
final class HtmlHead {
  private static final JsonFactory JSON = new JsonFactory();

  /** Linked data beyond this, in characters, is not read. */
  private static final int MAX_DATA = 1 << 18;

  private final String title;
  private final Map<String, String> meta = new TreeMap<>();
  private final Map<String, String> links = new TreeMap<>();
  private final Set<String> types = new TreeSet<>();
  private final Map<String, String> properties = new TreeMap<>();

  /**
   * @param more linked data from outside the head
   */
  HtmlHead(Document page, List<String> more) {
    title = page.title().strip();
    for (Element e : page.head().children()) {
      switch (e.normalName()) {
        case "meta" -> meta(e);
        case "link" -> put(links, e.attr("rel"), e.attr("href"));
        case "script" -> {
          if (e.attr("type").equals("application/ld+json")) {
            data(e.data());
          }
        }
        default -> {}
      }
    }
    more.forEach(this::data);
  }

  private void meta(Element e) {
    String name = e.attr("property");
    name = name.isEmpty() ? e.attr("name") : name;
    name = name.isEmpty() ? e.attr("itemprop") : name;
    name = name.isEmpty() ? e.attr("http-equiv") : name;
    put(meta, name, e.attr("content"));
  }

  private static void put(Map<String, String> map, String name, String value) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    if (!key.isEmpty() && !value.isBlank()) {
      map.putIfAbsent(key, value.strip());
    }
  }

  /** Linked data is often broken: what stands before the first mistake counts. */
  private void data(String json) {
    try (JsonParser parser =
        JSON.createParser(json.length() > MAX_DATA ? json.substring(0, MAX_DATA) : json)) {
      String path = "";
      String name = "";
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        switch (t) {
          case FIELD_NAME -> name = parser.currentName();
          case START_OBJECT -> {
            path = path + name + "/";
            name = "";
          }
          case END_OBJECT -> path = path.substring(0, path.lastIndexOf('/', path.length() - 2) + 1);
          case VALUE_STRING -> property(path, name, parser.getText());
          default -> {}
        }
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      types.add("broken");
    }
  }

  private void property(String path, String name, String value) {
    if (name.equals("@type")) {
      types.add(value);
    } else if (!name.startsWith("@")) {
      String in = path.substring(0, Math.max(0, path.length() - 1));
      String last = in.substring(in.lastIndexOf('/') + 1);
      put(properties, last.isEmpty() || last.equals("@graph") ? name : last + "." + name, value);
    }
  }

  String title() {
    return title;
  }

  /** The content of the {@code meta} of a lower-case name or property, empty if there is none. */
  String meta(String name) {
    return meta.getOrDefault(name, "");
  }

  /** The address of the link of a lower-case relation, empty if there is none. */
  String link(String rel) {
    return links.getOrDefault(rel, "");
  }

  /** Types of schema.org that the linked data names. */
  Set<String> types() {
    return types;
  }

  /** A string of the linked data by its lower-case name, empty if there is none. */
  String property(String name) {
    return properties.getOrDefault(name, "");
  }
}
