package org.gristmill.sources.html.parser;

import java.util.Arrays;

/**
 * A parsed page: its nodes as numbers, in arrays. 0 is the page itself. Texts and values are ranges
 * of {@link #chars}. Where the page ends one text and goes on right behind it, the second is marked
 * as its continuation and stands beside it.
 */
public final class Nodes {
  /** Names a node that is not there. */
  public static final int NONE = -1;

  private static final int HTML_FIRST = 64;
  private static final int MAX_MERGED = 64;
  private static final int MAX_COMPARED = 64;

  /** The page, changed where it had character references and upper case in names. */
  final char[] chars;

  final Names names;
  private int count;
  private Tag[] tags;
  private int[] name;
  private int[] parent;
  private int[] first;
  private int[] last;
  private int[] next;
  private int[] previous;
  private int[] from;
  private int[] to;

  /** Name, start and end of the value of each attribute. */
  private int[] attributes = new int[3 * HTML_FIRST];

  private int attributeCount;
  private boolean quirks;

  Nodes(char[] chars) {
    this.chars = chars;
    names = new Names(chars);
    int n = Math.max(HTML_FIRST, chars.length / 32);
    tags = new Tag[n];
    name = new int[n];
    parent = new int[n];
    first = new int[n];
    last = new int[n];
    next = new int[n];
    previous = new int[n];
    from = new int[n];
    to = new int[n];
    add(Tag.DOCUMENT, 0, 0, 0);
  }

  // Building

  /** A new node that hangs nowhere. */
  int add(Tag tag, int id, int start, int end) {
    int i = count++;
    if (i == tags.length) {
      int n = 2 * i;
      tags = Arrays.copyOf(tags, n);
      name = Arrays.copyOf(name, n);
      parent = Arrays.copyOf(parent, n);
      first = Arrays.copyOf(first, n);
      last = Arrays.copyOf(last, n);
      next = Arrays.copyOf(next, n);
      previous = Arrays.copyOf(previous, n);
      from = Arrays.copyOf(from, n);
      to = Arrays.copyOf(to, n);
    }
    tags[i] = tag;
    name[i] = id;
    parent[i] = NONE;
    first[i] = NONE;
    last[i] = NONE;
    next[i] = NONE;
    previous[i] = NONE;
    from[i] = start;
    to[i] = end;
    return i;
  }

  void append(int node, int to) {
    insert(node, to, NONE);
  }

  /** Inserts a node that hangs nowhere before a child, or at the end. */
  void insert(int node, int under, int before) {
    int behind = before == NONE ? last[under] : previous[before];
    parent[node] = under;
    previous[node] = behind;
    next[node] = before;
    if (behind == NONE) {
      first[under] = node;
    } else {
      next[behind] = node;
    }
    if (before == NONE) {
      last[under] = node;
    } else {
      previous[before] = node;
    }
  }

  void detach(int node) {
    int under = parent[node];
    if (under == NONE) {
      return;
    }
    if (previous[node] == NONE) {
      first[under] = next[node];
    } else {
      next[previous[node]] = next[node];
    }
    if (next[node] == NONE) {
      last[under] = previous[node];
    } else {
      previous[next[node]] = previous[node];
    }
    parent[node] = NONE;
    previous[node] = NONE;
    next[node] = NONE;
  }

  /** Hangs all children of one element under another, behind what is there. */
  void moveChildren(int source, int target) {
    if (first[source] == NONE) {
      return;
    }
    for (int child = first[source]; child != NONE; child = next[child]) {
      parent[child] = target;
    }
    if (last[target] == NONE) {
      first[target] = first[source];
    } else {
      next[last[target]] = first[source];
      previous[first[source]] = last[target];
    }
    last[target] = last[source];
    first[source] = NONE;
    last[source] = NONE;
  }

  /** Adds text at a place, as a continuation if text stands right before. */
  void text(int under, int before, int start, int end) {
    int behind = before == NONE ? last[under] : previous[before];
    boolean goesOn = behind != NONE && tags[behind] == Tag.TEXT;
    if (goesOn && to[behind] == start) {
      to[behind] = end;
    } else {
      insert(add(Tag.TEXT, goesOn ? 1 : 0, start, end), under, before);
    }
  }

  void attribute(int id, int start, int end) {
    int at = 3 * attributeCount++;
    if (at == attributes.length) {
      attributes = Arrays.copyOf(attributes, 2 * at);
    }
    attributes[at] = id;
    attributes[at + 1] = start;
    attributes[at + 2] = end;
  }

  /** Sets the value of the last attribute. */
  void setValue(int start, int end) {
    attributes[3 * attributeCount - 2] = start;
    attributes[3 * attributeCount - 1] = end;
  }

  /** The number of all attributes so far. */
  int attributeCount() {
    return attributeCount;
  }

  void forgetAttributes(int behind) {
    attributeCount = behind;
  }

  /** Gives an element those attributes from a number on that it lacks; it takes on only so many. */
  void merge(int element, int start) {
    int end = attributeCount;
    if (to[element] - from[element] + end - start > MAX_MERGED) {
      return;
    }
    int lacks = 0;
    for (int a = start; a < end; a++) {
      lacks += attribute(element, attributes[3 * a]) == NONE ? 1 : 0;
    }
    if (lacks == 0) {
      return;
    }
    for (int a = from[element]; a < to[element]; a++) {
      attribute(attributes[3 * a], attributes[3 * a + 1], attributes[3 * a + 2]);
    }
    for (int a = start; a < end; a++) {
      if (attribute(element, attributes[3 * a]) == NONE) {
        attribute(attributes[3 * a], attributes[3 * a + 1], attributes[3 * a + 2]);
      }
    }
    from[element] = end;
    to[element] = attributeCount;
  }

  void setQuirks() {
    quirks = true;
  }

  boolean quirks() {
    return quirks;
  }

  void tag(int node, Tag tag) {
    tags[node] = tag;
  }

  /** Whether two elements have the same name and attributes, if these are not too many. */
  boolean same(int a, int b) {
    int n = to[a] - from[a];
    if (name[a] != name[b] || n != to[b] - from[b] || n > MAX_COMPARED) {
      return false;
    }
    for (int k = from[a]; k < to[a] && from[a] != from[b]; k++) {
      int other = attribute(b, attributes[3 * k]);
      if (other == NONE
          || !Arrays.equals(
              chars,
              attributes[3 * k + 1],
              attributes[3 * k + 2],
              chars,
              attributes[3 * other + 1],
              attributes[3 * other + 2])) {
        return false;
      }
    }
    return true;
  }

  // Reading

  /** How many nodes there are, those that hang nowhere among them. */
  public int count() {
    return count;
  }

  /** The characters that texts are ranges of, not to be changed. */
  public char[] chars() {
    return chars;
  }

  public Tag tag(int node) {
    return tags[node];
  }

  /** The node around it. */
  public int parent(int node) {
    return parent[node];
  }

  /** Its first child. */
  public int first(int node) {
    return first[node];
  }

  int last(int node) {
    return last[node];
  }

  /** The node behind it under the same parent. */
  public int next(int node) {
    return next[node];
  }

  /** Where the characters of a text or comment begin; of an element, its attributes. */
  public int from(int node) {
    return from[node];
  }

  /** Where they end. */
  public int to(int node) {
    return to[node];
  }

  /** Whether a text goes on where the one before it ends. */
  boolean isContinuation(int text) {
    return name[text] != 0;
  }

  /**
   * The number of an element's name, which is {@link #known} if a rule or the extractor names it.
   */
  public int name(int node) {
    return name[node];
  }

  /** The name of an element, in lower case. */
  public String nodeName(int node) {
    return names.name(name[node]);
  }

  /** The number, in all pages, of a name that is known before. */
  public static int known(String name) {
    return Names.known(name);
  }

  /** Numbers of names below this are the same in all pages. */
  public static int knownNames() {
    return Names.knownCount();
  }

  /** The name of a number below {@link #knownNames}. */
  public static String knownName(int id) {
    return Names.knownName(id);
  }

  /** The attribute of an element by the number of its name, or {@link #NONE}. */
  public int attribute(int element, int id) {
    for (int a = from[element]; a < to[element]; a++) {
      if (attributes[3 * a] == id) {
        return a;
      }
    }
    return NONE;
  }

  /** Where the value of an attribute begins. */
  public int valueFrom(int attribute) {
    return attributes[3 * attribute + 1];
  }

  /** Where it ends. */
  public int valueTo(int attribute) {
    return attributes[3 * attribute + 2];
  }

  /** The number of an attribute's name. */
  public int attributeName(int attribute) {
    return attributes[3 * attribute];
  }

  /** The value of an attribute of an element by the number of its name, empty if it has none. */
  public String valueOf(int element, int id) {
    int a = attribute(element, id);
    return a == NONE ? "" : string(attributes[3 * a + 1], attributes[3 * a + 2]);
  }

  /** A range of the characters. */
  public String string(int start, int end) {
    return new String(chars, start, end - start);
  }
}
