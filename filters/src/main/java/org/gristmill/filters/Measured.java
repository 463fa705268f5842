package org.gristmill.filters;

import org.gristmill.core.Document;
import org.gristmill.core.Setting;

/**
 * A filter that measures first and decides from its numbers alone, so that documents it has
 * measured once can be decided by other limits without their text.
 *
 * <p>{@link #measure} uses no setting that {@link Setting#decides}; {@link #decide} knows nothing
 * of the document but what was found. Both stand behind {@link #judge}, so that a document decided
 * again is decided by the same lines as one that is judged anew.
 */
interface Measured extends Filter {
  /**
   * Everything that is found in a document, whatever the limits.
   *
   * @param tongue whose limits it will be decided by, English if they hold as set
   */
  Findings measure(Document document, Scan scan, Tongue tongue);

  /** The verdict on what was found, with the numbers that depend on limits. */
  Verdict decide(Findings found, Tongue tongue);

  /** Which limits a document is judged by. */
  default Limits limits() {
    return Limits.AS_SET;
  }

  @Override
  default Verdict judge(Document document, Scan scan) {
    Tongue tongue = limits() == Limits.AS_SET ? Tongue.ENGLISH : Tongue.of(document, scan);
    return decide(measure(document, scan, tongue), tongue);
  }
}
