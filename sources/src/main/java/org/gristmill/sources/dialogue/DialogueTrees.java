package org.gristmill.sources.dialogue;

/** Which ways through a tree of replies become conversations. */
public enum DialogueTrees {
  /** One: from the root, at each message to the reply that was ranked best, else to the first. */
  BEST,
  /** Every way from the root to a message without replies. */
  ALL
}
