package org.gristmill.sources;

import java.io.IOException;
import java.util.function.Consumer;
import org.gristmill.core.Found;

/**
 * A source whose files can be read in parts, each on its own.
 *
 * <p>The parts of a file, however it is cut, give together and in their order exactly what the
 * whole file gives, whatever bytes it holds. That rests on a rule by which the bytes alone say
 * where a record starts, whatever comes before them. A file that has no such places, because it is
 * packed as one for example, is all found in the part that holds its start.
 */
public interface Splittable extends Source {
  /**
   * Whether a file of this name, without folders, is likely to have such places. Only a guess, to
   * spare useless parts: what is found does not depend on it.
   */
  boolean splits(String name);

  /**
   * Reads the records that start in a part of a file, the last one to its end, and hands over what
   * it finds, in file order.
   */
  void read(Input input, Part part, Consumer<Found> out) throws IOException;

  @Override
  default void read(Input input, Consumer<Found> out) throws IOException {
    read(input, Part.WHOLE, out);
  }
}
