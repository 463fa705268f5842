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
import java.util.regex.Pattern;
import org.gristmill.sources.html.parser.Nodes;
import org.gristmill.sources.html.parser.Tag;

/**
 * What a page says of itself to machines: title, {@code meta} elements, links with a {@code rel},
 * and linked data of schema.org.
 */
final class HtmlHead {
  private static final JsonFactory JSON = new JsonFactory();

  /** Linked data beyond this, in characters, is not read. */
  private static final int MAX_DATA = 1 << 18;

  /** The type of a script that is linked data. */
  static final String LINKED_DATA = "application/ld+json";

  private static final Pattern BLANK = Pattern.compile("[\\s\\u00a0]+");
  private static final int TYPE = Nodes.known("type");
  private static final int REL = Nodes.known("rel");
  private static final int HREF = Nodes.known("href");
  private static final int LANG = Nodes.known("lang");
  private static final int CONTENT = Nodes.known("content");
  private static final int[] NAMES = {
    Nodes.known("property"), Nodes.known("name"), Nodes.known("itemprop"), Nodes.known("http-equiv")
  };

  private final String title;
  private final String language;
  private final Map<String, String> meta = new TreeMap<>();
  private final Map<String, String> links = new TreeMap<>();
  private final Set<String> types = new TreeSet<>();
  private final Map<String, String> properties = new TreeMap<>();

  /**
   * @param more linked data from outside the head
   */
  HtmlHead(Nodes page, List<String> more) {
    int html = child(0, page, Tag.HTML);
    language = page.valueOf(html, LANG).strip();
    String named = "";
    int head = child(html, page, Tag.HEAD);
    for (int e = page.first(head); e != Nodes.NONE; e = page.next(e)) {
      switch (page.tag(e)) {
        case TITLE -> named = named.isEmpty() ? text(page, e) : named;
        case META -> meta(page, e);
        case LINK -> put(links, page.valueOf(e, REL), page.valueOf(e, HREF));
        case SCRIPT -> {
          if (page.valueOf(e, TYPE).equals(LINKED_DATA)) {
            data(text(page, e));
          }
        }
        default -> {}
      }
    }
    title = BLANK.matcher(named).replaceAll(" ").strip();
    more.forEach(this::data);
  }

  /** The first child of one of these kinds, the last of them if there is none. */
  static int child(int node, Nodes page, Tag... kinds) {
    int last = node;
    for (int e = page.first(node); e != Nodes.NONE; e = page.next(e)) {
      for (Tag kind : kinds) {
        if (page.tag(e) == kind) {
          return e;
        }
      }
      last = e;
    }
    return last;
  }

  /** The text that stands right in an element. */
  static String text(Nodes page, int element) {
    StringBuilder text = new StringBuilder();
    for (int e = page.first(element); e != Nodes.NONE; e = page.next(e)) {
      if (page.tag(e) == Tag.TEXT) {
        text.append(page.chars(), page.from(e), page.to(e) - page.from(e));
      }
    }
    return text.toString();
  }

  private void meta(Nodes page, int e) {
    String name = "";
    for (int key : NAMES) {
      name = name.isEmpty() ? page.valueOf(e, key) : name;
    }
    put(meta, name, page.valueOf(e, CONTENT));
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

  /** The language that the page says it is in, empty if it says none. */
  String language() {
    return language;
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
