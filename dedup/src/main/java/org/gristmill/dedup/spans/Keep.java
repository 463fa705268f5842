package org.gristmill.dedup.spans;

/** Which of equal pieces of texts stay. */
public enum Keep {
  /** The first, by the order of documents and then by place. */
  FIRST,
  /** None, where there are two or more. */
  NONE
}
