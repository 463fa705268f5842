package org.gristmill.filters;

import java.io.Serializable;
import org.gristmill.core.Document;
import org.gristmill.core.SettingError;

/**
 * Judges a document.
 *
 * <p>Every implementation is a record whose components are its settings; the constructor refuses
 * bad ones with a {@link SettingError} that names the setting. It is pure (same document, same
 * verdict; no clock or chance, and no file but one that a setting names) and never throws on any
 * text. The rule of a verdict starts with the filter's name, {@code gopher-quality.stop-words} for
 * example.
 */
public interface Filter extends Serializable {
  /**
   * Judges a document.
   *
   * @param scan measurements of the document's text, which other filters may have taken already
   */
  Verdict judge(Document document, Scan scan);

  /** Judges a document whose text nobody has measured yet. */
  default Verdict judge(Document document) {
    return judge(document, Scan.of(document.text()));
  }
}
