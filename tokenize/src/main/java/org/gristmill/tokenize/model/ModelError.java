package org.gristmill.tokenize.model;

/** A vocabulary file that cannot be used: broken, or with a part that is not supported. */
public final class ModelError extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the part, and what would be supported
   */
  public ModelError(String message) {
    super(message);
  }
}
