package org.gristmill.jobs.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import org.gristmill.core.Problem;
import org.gristmill.core.UserError;
import org.gristmill.filters.FilterChain;
import org.gristmill.jobs.settings.Binder;
import org.gristmill.jobs.settings.Problems;

/** Filters from text as it stands in a pipeline, for those who have no pipeline. */
public final class FilterText {
  private FilterText() {}

  /**
   * The filter of a name with some settings.
   *
   * @param name one of {@code gristmill list filters}
   * @param settings HOCON without the braces around it: {@code minWords = 20, words = unicode}
   * @throws UserError with every mistake in it
   */
  public static FilterChain one(String name, String settings) {
    return chain("[ { name = " + name + " \n" + settings + "\n} ]", name);
  }

  /**
   * Filters in their order.
   *
   * @param filters HOCON: {@code [ { name = length, minChars = 100 }, { name = c4-lines } ]}
   * @throws UserError with every mistake in it
   */
  public static FilterChain chain(String filters) {
    return chain(filters, "filters");
  }

  private static FilterChain chain(String filters, String origin) {
    Problems problems = new Problems();
    try {
      Config config =
          ConfigFactory.parseString(
                  "filters = " + filters,
                  ConfigParseOptions.defaults().setOriginDescription(origin))
              .resolve();
      MissingCommas.find(origin, filters, problems);
      StepReader reader = new StepReader(problems, new Binder(problems));
      FilterChain chain = reader.chain(config.root().get("filters"));
      problems.throwIfAny();
      return chain;
    } catch (ConfigException e) {
      throw new UserError(List.of(new Problem(origin, "", e.getMessage())));
    }
  }
}
