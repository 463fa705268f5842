package org.gristmill.sources;

import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;
import org.gristmill.core.Found;

/**
 * Reads one kind of input.
 *
 * <p>Every implementation is a record whose components are its settings. It is pure: the same bytes
 * give the same findings in the same order. It holds one record of the file in memory at a time,
 * and never throws on any bytes: a broken record is {@link org.gristmill.core.Quarantined}, and
 * reading goes on behind it where the format allows. Only a failure of {@link Input#open} or of the
 * stream it gave may rise.
 */
public interface Source extends Serializable {
  /** Reads a file and hands over what it finds, in file order. */
  void read(Input input, Consumer<Found> out) throws IOException;
}
