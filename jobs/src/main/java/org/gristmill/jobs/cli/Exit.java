package org.gristmill.jobs.cli;

/** What the process ends with. */
public final class Exit {
  /** Done. */
  public static final int DONE = 0;

  /** A failure of the machine or of Gristmill. */
  public static final int FAILED = 1;

  /** The user's mistake. */
  public static final int MISTAKE = 2;

  /** Done, but too much of the input is broken; nothing was published. */
  public static final int TOO_MUCH_BROKEN = 3;

  /** Another run of the pipeline is at work. */
  public static final int HELD = 4;

  private Exit() {}
}
