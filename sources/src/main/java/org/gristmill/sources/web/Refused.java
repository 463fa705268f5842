package org.gristmill.sources.web;

import org.gristmill.core.Reason;

/** Why a sound record does not become a document. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  Refused(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
