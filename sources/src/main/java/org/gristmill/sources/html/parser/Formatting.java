package org.gristmill.sources.html.parser;

import java.util.Arrays;

/**
 * The list of active formatting elements, and the adoption agency. Both may open elements again
 * that the page opened once, without end if the page is made for it: how many they may open is
 * bounded by the page's length, and the oldest entries of a long list are forgotten.
 */
final class Formatting {
  private static final int MARKER = -1;
  private static final int MAX_ENTRIES = 128;
  private static final int OUTER_LOOPS = 8;
  private static final int INNER_LOOPS = 3;
  private static final int MAX_ALIKE = 3;

  private final TreeBuilder builder;
  private final Nodes nodes;
  private final OpenElements stack;
  private int[] list = new int[MAX_ENTRIES];
  private int size;

  /** How many elements may still be opened again. */
  private int left;

  Formatting(TreeBuilder builder, int length) {
    this.builder = builder;
    nodes = builder.nodes;
    stack = builder.stack;
    left = 1024 + length / 4;
  }

  void mark() {
    add(MARKER);
  }

  private void add(int entry) {
    if (size == list.length) {
      list = Arrays.copyOf(list, 2 * size);
    }
    list[size++] = entry;
  }

  void clearToMarker() {
    while (size > 0 && list[--size] != MARKER) {}
  }

  /** Adds an element; of those alike behind the last marker, three stay. */
  void push(int node) {
    int alike = 0;
    int oldest = -1;
    int i = size - 1;
    for (; i >= 0 && list[i] != MARKER; i--) {
      if (nodes.same(list[i], node)) {
        alike++;
        oldest = i;
      }
    }
    if (alike >= MAX_ALIKE) {
      removeAt(oldest);
    } else if (size - 1 - i >= MAX_ENTRIES) {
      removeAt(i + 1);
    }
    add(node);
  }

  private void removeAt(int i) {
    size--;
    System.arraycopy(list, i + 1, list, i, size - i);
  }

  void remove(int node) {
    int i = indexOf(node);
    if (i >= 0) {
      removeAt(i);
    }
  }

  private int indexOf(int node) {
    int i = size - 1;
    while (i >= 0 && list[i] != node) {
      i--;
    }
    return i;
  }

  /** The last element of a kind behind the last marker, or {@link Nodes#NONE}. */
  int last(Tag tag) {
    for (int i = size - 1; i >= 0 && list[i] != MARKER; i--) {
      if (nodes.tag(list[i]) == tag) {
        return list[i];
      }
    }
    return Nodes.NONE;
  }

  /** Opens again what was closed by others. */
  void reconstruct() {
    int i = size;
    while (i > 0 && list[i - 1] != MARKER && !stack.contains(list[i - 1])) {
      i--;
    }
    left -= size - i;
    if (left < 0) {
      size = i;
    }
    for (; i < size; i++) {
      int again = clone(list[i]);
      builder.open(again);
      list[i] = again;
    }
  }

  private int clone(int node) {
    return nodes.add(nodes.tag(node), nodes.name(node), nodes.from(node), nodes.to(node));
  }

  /** The adoption agency, for an end tag; false if it is to be handled as any other. */
  boolean adopt(Tag subject) {
    if (stack.tag() == subject && indexOf(stack.current()) < 0) {
      stack.pop();
      return true;
    }
    for (int loop = 0; loop < OUTER_LOOPS; loop++) {
      int element = last(subject);
      if (element == Nodes.NONE) {
        return false;
      }
      if (!stack.contains(element)) {
        remove(element);
        return true;
      }
      if (!stack.nodeInScope(element)) {
        return true;
      }
      int at = stack.indexOf(element);
      int block = at + 1;
      while (block < stack.size() && !stack.tagAt(block).isSpecial()) {
        block++;
      }
      if (block == stack.size() || left < 0) {
        stack.popTo(at);
        remove(element);
        return true;
      }
      adopt(element, at, block);
    }
    return true;
  }

  private void adopt(int element, int at, int blockAt) {
    int block = stack.at(blockAt);
    int common = stack.at(at - 1);
    int bookmark = indexOf(element);
    int last = block;
    int inner = 0;
    for (int i = blockAt - 1; stack.at(i) != element; i--) {
      inner++;
      int node = stack.at(i);
      int entry = indexOf(node);
      if (entry >= 0 && inner > INNER_LOOPS) {
        removeAt(entry);
        bookmark -= entry < bookmark ? 1 : 0;
        entry = -1;
      }
      if (entry < 0) {
        stack.remove(node);
        continue;
      }
      int again = clone(node);
      left--;
      list[entry] = again;
      stack.replace(i, again);
      if (last == block) {
        bookmark = entry + 1;
      }
      nodes.detach(last);
      nodes.append(last, again);
      last = again;
    }
    nodes.detach(last);
    builder.place(last, common);
    int again = clone(element);
    left--;
    nodes.moveChildren(block, again);
    nodes.append(again, block);
    int entry = indexOf(element);
    removeAt(entry);
    bookmark -= entry < bookmark ? 1 : 0;
    add(0);
    System.arraycopy(list, bookmark, list, bookmark + 1, size - 1 - bookmark);
    list[bookmark] = again;
    stack.remove(element);
    stack.insertAbove(stack.indexOf(block), again);
  }
}
