package org.gristmill.sources;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gristmill.core.Blocks;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.gristmill.core.Text;

/** Hands over what a source finds in one file, with the facts that all its findings share. */
public final class Finder {
  private final Input input;
  private final String kind;
  private final Consumer<Found> out;
  private final long base;
  private final String name;

  public Finder(Class<? extends Source> source, Input input, Consumer<Found> out) {
    this.input = input;
    this.kind = Blocks.name(source);
    this.out = out;
    this.base = 0;
    this.name = "";
  }

  private Finder(Finder whole, long base, String name) {
    this.input = whole.input;
    this.kind = whole.kind;
    this.out = whole.out;
    this.base = base;
    this.name = name;
  }

  /**
   * One for a file inside the file: its findings lie behind {@code base}, and have its name where
   * they have no address.
   */
  public Finder at(long base, String name) {
    return new Finder(this, base, name);
  }

  /** A document; text that is blank becomes {@link Reason#EMPTY_EXTRACTION}. */
  public void document(long offset, String url, String text, Map<String, String> meta) {
    if (text.isBlank()) {
      quarantine(offset, url, Reason.EMPTY_EXTRACTION, "no text");
      return;
    }
    Map<String, String> facts = new TreeMap<>();
    meta.forEach((name, value) -> facts.put(wellFormed(name), wellFormed(value)));
    out.accept(
        Document.create(
            input.source(),
            kind,
            input.file(),
            input.name(),
            base + offset,
            wellFormed(url.isEmpty() ? name : url),
            Text.of(text),
            facts));
  }

  /** A record, or a file, that gives no document. */
  public void quarantine(long offset, String url, Reason reason, String detail) {
    String address = wellFormed(url.isEmpty() ? name : url);
    out.accept(
        new Quarantined(
            input.source(), kind, input.file(), base + offset, address, reason, detail));
  }

  private static String wellFormed(String s) {
    return Text.of(s).toString();
  }
}
