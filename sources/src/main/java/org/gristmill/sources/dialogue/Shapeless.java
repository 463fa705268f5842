package org.gristmill.sources.dialogue;

/** A record that is sound but in no known shape; the message says what was seen and what to do. */
final class Shapeless extends Exception {
  private static final long serialVersionUID = 1L;

  Shapeless(String message) {
    super(message, null, false, false);
  }
}
