package org.gristmill.jobs.conf;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.gristmill.core.Problem;
import org.gristmill.core.UserError;
import org.gristmill.jobs.settings.Problems;

/** Reads a file in HOCON, and says what is wrong with it by file and line. */
final class HoconFile {
  private HoconFile() {}

  /**
   * What a reader makes of a file.
   *
   * @param problems to which the reader adds what it finds
   * @throws UserError with every mistake in the file
   */
  static <T> T read(Path file, Problems problems, Function<ConfigObject, T> reader) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(List.of(new Problem(file.toString(), "", "no such file")));
    }
    try {
      ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false);
      ConfigObject top = ConfigFactory.parseFile(file.toFile(), options).resolve().root();
      MissingCommas.find(file.toString(), Files.readString(file), problems);
      T made = reader.apply(top);
      problems.throwIfAny();
      return made;
    } catch (ConfigException e) {
      ConfigOrigin origin = e.origin();
      String where =
          origin == null || origin.lineNumber() < 1
              ? file.toString()
              : file + ":" + origin.lineNumber();
      String message = e.getMessage().replaceFirst("^.*?: \\d+: ", "");
      throw new UserError(List.of(new Problem(where, "", message)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
