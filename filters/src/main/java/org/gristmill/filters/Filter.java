package org.gristmill.filters;

import java.io.Serializable;
import org.gristmill.core.Document;
import org.gristmill.core.SettingError;

/**
 * Judges a document.
 *
 * <p>Every implementation is a record whose components are its settings; the constructor refuses
 * bad ones with a {@link SettingError} that names the setting. It is pure (same document, same
 * verdict; no I/O, clock or chance) and never throws on any text. The rule of a verdict starts with
 * the filter's name, {@code gopher-quality.stop-words} for example.
 */
public interface Filter extends Serializable {
  Verdict judge(Document document);
}
