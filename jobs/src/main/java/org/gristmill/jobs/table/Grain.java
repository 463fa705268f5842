package org.gristmill.jobs.table;

/** In what pieces a job makes its table; what is there stays, whatever the grain. */
public enum Grain {
  /** A piece for every batch of the table it reads first; batches know nothing of each other. */
  BATCH,
  /** All new batches together, for their rows depend on each other and on what is there. */
  DELIVERY
}
