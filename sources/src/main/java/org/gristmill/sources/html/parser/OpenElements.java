package org.gristmill.sources.html.parser;

import java.util.Arrays;

/**
 * The stack of open elements. It holds at most {@link #MAX_DEPTH}: where a page nests deeper, the
 * innermost is closed for the next, so that all below hangs side by side, as in browsers.
 */
final class OpenElements {
  static final int MAX_DEPTH = 512;

  private final Nodes nodes;
  private final int[] stack = new int[MAX_DEPTH + 2];
  private final Tag[] tags = new Tag[MAX_DEPTH + 2];
  private final int[] counts = new int[Tag.values().length];

  /** A bit for each node. */
  private long[] open = new long[64];

  private int size;

  OpenElements(Nodes nodes) {
    this.nodes = nodes;
  }

  int size() {
    return size;
  }

  /** From the bottom, which is the html element. */
  int at(int i) {
    return stack[i];
  }

  Tag tagAt(int i) {
    return tags[i];
  }

  int current() {
    return stack[size - 1];
  }

  Tag tag() {
    return size == 0 ? Tag.DOCUMENT : tags[size - 1];
  }

  boolean contains(int node) {
    return node >> 6 < open.length && (open[node >> 6] & 1L << node) != 0;
  }

  /** Whether one of a kind is open, in scope or not. */
  boolean has(Tag tag) {
    return counts[tag.ordinal()] > 0;
  }

  void makeRoom() {
    if (size >= MAX_DEPTH) {
      pop();
    }
  }

  void push(int node) {
    put(size, node);
    size++;
  }

  private void put(int i, int node) {
    stack[i] = node;
    tags[i] = nodes.tag(node);
    counts[tags[i].ordinal()]++;
    if (node >> 6 >= open.length) {
      open = Arrays.copyOf(open, Math.max(2 * open.length, (node >> 6) + 1));
    }
    open[node >> 6] |= 1L << node;
  }

  private void take(int i) {
    counts[tags[i].ordinal()]--;
    open[stack[i] >> 6] &= ~(1L << stack[i]);
  }

  int pop() {
    size--;
    take(size);
    return stack[size];
  }

  /** Pops one of a kind and all above it; nothing if none is open. The html element stays. */
  void popUntil(Tag tag) {
    if (has(tag)) {
      while (size > 1 && nodes.tag(pop()) != tag) {}
    }
  }

  /** Pops down to a place, the element there too, but never the html element. */
  void popTo(int i) {
    while (size > Math.max(1, i)) {
      pop();
    }
  }

  int indexOf(int node) {
    for (int i = size - 1; i >= 0; i--) {
      if (stack[i] == node) {
        return i;
      }
    }
    return -1;
  }

  void remove(int node) {
    int i = indexOf(node);
    if (i >= 0) {
      take(i);
      size--;
      System.arraycopy(stack, i + 1, stack, i, size - i);
      System.arraycopy(tags, i + 1, tags, i, size - i);
    }
  }

  void replace(int i, int node) {
    take(i);
    put(i, node);
  }

  /** Puts an element right above a place; the stack has just lost another. */
  void insertAbove(int i, int node) {
    System.arraycopy(stack, i + 1, stack, i + 2, size - i - 1);
    System.arraycopy(tags, i + 1, tags, i + 2, size - i - 1);
    put(i + 1, node);
    size++;
  }

  boolean inScope(Tag tag) {
    return inScope(tag, Tag.HTML, Tag.HTML);
  }

  boolean inListScope(Tag tag) {
    return inScope(tag, Tag.OL, Tag.UL);
  }

  boolean inButtonScope(Tag tag) {
    return inScope(tag, Tag.BUTTON, Tag.BUTTON);
  }

  private boolean inScope(Tag tag, Tag bound, Tag other) {
    if (!has(tag)) {
      return false;
    }
    for (int i = size - 1; i >= 0; i--) {
      Tag t = tags[i];
      if (t == tag) {
        return true;
      }
      if (t.isScope() || t == bound || t == other) {
        return false;
      }
    }
    return false;
  }

  boolean inTableScope(Tag tag) {
    if (!has(tag)) {
      return false;
    }
    for (int i = size - 1; i >= 0; i--) {
      Tag t = tags[i];
      if (t == tag) {
        return true;
      }
      if (t == Tag.TABLE || t == Tag.HTML || t == Tag.TEMPLATE) {
        return false;
      }
    }
    return false;
  }

  boolean nodeInScope(int node) {
    for (int i = size - 1; i >= 0; i--) {
      if (stack[i] == node) {
        return true;
      }
      if (tags[i].isScope()) {
        return false;
      }
    }
    return false;
  }

  boolean headingInScope() {
    for (int i = size - 1; i >= 0 && !tags[i].isScope(); i--) {
      if (tags[i].isHeading()) {
        return true;
      }
    }
    return false;
  }

  /** Closes elements whose end tags may be left out, but not one kind, which may be none. */
  void generateImplied(Tag except) {
    while (tag().isImplied() && tag() != except) {
      pop();
    }
  }

  void generateImpliedThoroughly() {
    while (tag().isImpliedThoroughly()) {
      pop();
    }
  }

  /** Pops down to an element of one of these kinds, a template or html. */
  void clearTo(Tag... bounds) {
    while (size > 1
        && tag() != Tag.TEMPLATE
        && tag() != Tag.HTML
        && !Arrays.asList(bounds).contains(tag())) {
      pop();
    }
  }

  /** The place of the innermost of a kind, -1 if none is open. */
  int lastOf(Tag tag) {
    int i = has(tag) ? size - 1 : -1;
    while (i >= 0 && tags[i] != tag) {
      i--;
    }
    return i;
  }
}
