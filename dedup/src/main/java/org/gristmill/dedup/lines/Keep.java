package org.gristmill.dedup.lines;

/** Which of equal units stay. */
public enum Keep {
  /** The first, by the order of documents and then by place. */
  FIRST,
  /** None, where there are two or more. */
  NONE
}
