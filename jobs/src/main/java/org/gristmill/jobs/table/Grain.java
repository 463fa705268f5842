package org.gristmill.jobs.table;

/** In what pieces a job makes its table. */
public enum Grain {
  /** One piece for every batch of the table it reads first: what is there stays. */
  BATCH,
  /** All at once, because a row may depend on every other. */
  WHOLE
}
