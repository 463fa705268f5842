package org.gristmill.tokenize;

/** Numbers that an objective gives to every token of a sequence, beside its id. */
public enum Track {
  /**
   * The id that is to be predicted at this very place (not at the next, as a causal model does);
   * {@link #IGNORED} where nothing is.
   */
  LABELS("labels", 4, Track.IGNORED, Track.IGNORED),

  /** 1 where the token counts in the loss when it is predicted, else 0. */
  LOSS_MASK("loss_mask", 1, 0, 1),

  /** Which part of its piece a token belongs to; the objective says which there are. */
  TOKEN_TYPES("token_types", 1, 0, 0);

  /** A label that no loss counts: what PyTorch's cross entropy leaves out by default. */
  public static final int IGNORED = -100;

  private final String column;
  private final int bytes;
  private final int padding;
  private final int absent;

  Track(String column, int bytes, int padding, int absent) {
    this.column = column;
    this.bytes = bytes;
    this.padding = padding;
    this.absent = absent;
  }

  /** Its name in shards. */
  public String column() {
    return column;
  }

  /** Width on disk: 4 for a signed number, 1 for an unsigned one. */
  public int bytes() {
    return bytes;
  }

  /** Its value on padding. */
  public int padding() {
    return padding;
  }

  /** Its value for pieces that do not have it, beside others that do: all count in the loss. */
  public int absent() {
    return absent;
  }
}
