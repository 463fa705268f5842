package org.gristmill.sources.html.parser;

import java.util.Arrays;
import java.util.List;

/**
 * Names of elements and attributes as small numbers: those of {@link Tag} first, in its order, then
 * those that a page brings. A table with open addressing; names are ranges of the page.
 */
final class Names {
  private static final Tag[] TAGS = Tag.values();

  /** What else is known before: names that rules and readers of pages name. */
  private static final String[] MORE = {
    "mi",
    "mo",
    "mn",
    "ms",
    "mtext",
    "annotation-xml",
    "foreignobject",
    "desc",
    "annotation",
    "class",
    "id",
    "href",
    "style",
    "role",
    "itemprop",
    "hidden",
    "aria-hidden",
    "type",
    "rel",
    "name",
    "property",
    "content",
    "http-equiv",
    "lang",
    "datetime",
    "colspan",
    "start",
    "alttext",
    "encoding",
    "display",
    "color",
    "face",
    "size",
    "itemtype",
    "itemscope",
    "alt",
    "src",
    "aria-label",
    "value",
    "charset",
    "dir",
    "width",
    "height",
    "abbr",
    "audio",
    "canvas",
    "datalist",
    "del",
    "kbd",
    "label",
    "legend",
    "map",
    "meter",
    "progress",
    "samp",
    "time",
    "video"
  };

  /** A name that needs more looks than this, which only a page made for it has, is not shared. */
  private static final int MAX_PROBES = 64;

  private static final String[] KNOWN = known();
  private static final int[] KNOWN_SLOTS = slots();

  private final char[] chars;
  private int[] slots = KNOWN_SLOTS.clone();
  private int[] hashes = new int[64];
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int count;

  Names(char[] chars) {
    this.chars = chars;
  }

  private static String[] known() {
    String[] names = new String[TAGS.length + MORE.length];
    System.arraycopy(MORE, 0, names, TAGS.length, MORE.length);
    for (Tag tag : TAGS) {
      names[tag.ordinal()] = tag.isNamed() ? tag.elementName() : "";
    }
    return names;
  }

  private static int[] slots() {
    int[] slots = new int[512];
    for (int id = Tag.A.ordinal(); id < KNOWN.length; id++) {
      int at = mixed(hash(KNOWN[id])) & slots.length - 1;
      while (slots[at] != 0) {
        at = at + 1 & slots.length - 1;
      }
      slots[at] = id + 1;
    }
    return slots;
  }

  private static int hash(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = next(hash, name.charAt(i));
    }
    return hash;
  }

  /** The hash of a name with one more character. */
  static int next(int hash, char c) {
    return hash * 31 + c;
  }

  private static int mixed(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ h >>> 15;
  }

  /** The number of the name in a range of the page. */
  int id(int start, int end, int hash) {
    int mask = slots.length - 1;
    int at = mixed(hash) & mask;
    for (int probe = 0; slots[at] != 0 && probe < MAX_PROBES; probe++) {
      int id = slots[at] - 1;
      if (id < KNOWN.length ? is(KNOWN[id], start, end) : is(id - KNOWN.length, start, end, hash)) {
        return id;
      }
      at = at + 1 & mask;
    }
    int id = add(start, end, hash);
    if (slots[at] == 0) {
      slots[at] = id + 1;
      if (2 * (KNOWN.length + count) > slots.length) {
        grow();
      }
    }
    return id;
  }

  private boolean is(String name, int start, int end) {
    if (name.length() != end - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != chars[start + i]) {
        return false;
      }
    }
    return true;
  }

  private boolean is(int own, int start, int end, int hash) {
    return hashes[own] == hash && Arrays.equals(chars, from[own], to[own], chars, start, end);
  }

  private int add(int start, int end, int hash) {
    if (count == from.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
    }
    hashes[count] = hash;
    from[count] = start;
    to[count] = end;
    return KNOWN.length + count++;
  }

  private void grow() {
    int[] old = slots;
    slots = new int[2 * old.length];
    int mask = slots.length - 1;
    for (int entry : old) {
      if (entry != 0) {
        int id = entry - 1;
        int hash = id < KNOWN.length ? hash(KNOWN[id]) : hashes[id - KNOWN.length];
        int at = mixed(hash) & mask;
        while (slots[at] != 0) {
          at = at + 1 & mask;
        }
        slots[at] = entry;
      }
    }
  }

  /** The number, the same in all pages, of a name that is known before. */
  static int known(String name) {
    int id = List.of(KNOWN).indexOf(name);
    if (id < 0) {
      throw new IllegalArgumentException("not known before: " + name);
    }
    return id;
  }

  /** The element of HTML that a name is. */
  static Tag tag(int id) {
    return id < TAGS.length ? TAGS[id] : Tag.OTHER;
  }

  /** The number of a name that the page may have, -1 if it has not. */
  int find(String name) {
    int mask = slots.length - 1;
    int hash = hash(name);
    int at = mixed(hash) & mask;
    for (int probe = 0; slots[at] != 0 && probe < MAX_PROBES; probe++) {
      int id = slots[at] - 1;
      if (name.equals(name(id))) {
        return id;
      }
      at = at + 1 & mask;
    }
    return -1;
  }

  String name(int id) {
    int own = id - KNOWN.length;
    return own < 0 ? KNOWN[id] : new String(chars, from[own], to[own] - from[own]);
  }

  static int knownCount() {
    return KNOWN.length;
  }

  static String knownName(int id) {
    return KNOWN[id];
  }

  /** How many numbers there are. */
  int size() {
    return KNOWN.length + count;
  }
}
