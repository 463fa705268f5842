package org.gristmill.jobs.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gristmill.core.UserError;
import org.gristmill.tokenize.mix.Mixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixtureReaderTest {
  @TempDir Path folder;

  private Mixture read(String text) throws IOException {
    Path file = folder.resolve("m.conf");
    Files.writeString(file, text);
    return MixtureReader.read(file, List.of("web", "book", "code"));
  }

  /** Line, key and words of the message, in the order of lines. */
  private void mistakes(String text, String... expected) {
    List<String> found =
        assertThrows(UserError.class, () -> read(text)).problems().stream()
            .map(p -> p.toString().replace(folder.resolve("m.conf") + ":", ""))
            .sorted()
            .toList();
    assertEquals(expected.length, found.size(), found::toString);
    for (int i = 0; i < expected.length; i++) {
      String words = expected[i];
      assertTrue(found.get(i).contains(words), found::toString);
    }
  }

  @Test
  void readsPhases() throws IOException {
    Mixture mixture =
        read(
            """
            tokens = 10e9
            phases = [
              { until = 0.8, groups { web = 3, book { weight = 1.5, maxEpochs = 4 } } }
              { unimax { maxEpochs = 2.5 }, groups { code = 0 } }
            ]
            """);
    assertEquals(10_000_000_000L, mixture.tokens());
    Mixture.Phase first = mixture.phases().get(0);
    assertEquals(new BigDecimal("0.8"), first.until());
    assertEquals(Mixture.Weights.GIVEN, first.weights());
    assertEquals(new BigDecimal("1.5"), first.wishes().get("book").weight());
    assertEquals(Optional.of(new BigDecimal("4")), first.wishes().get("book").maxEpochs());
    Mixture.Phase last = mixture.phases().get(1);
    assertEquals(BigDecimal.ONE, last.until());
    assertEquals(Mixture.Weights.UNIMAX, last.weights());
    assertEquals(Optional.of(new BigDecimal("2.5")), last.maxEpochs());
    assertEquals(0, last.wishes().get("code").weight().signum());
  }

  @Test
  void oneThatIsNotPhasedIsAPhase() throws IOException {
    Mixture mixture = read("tokens = 5, temperature = 2.5, maxEpochs = 3");
    assertEquals(1, mixture.phases().size());
    assertEquals(2.5, mixture.phases().get(0).temperature());
    assertEquals(Mixture.Weights.TEMPERATURE, mixture.phases().get(0).weights());
  }

  @Test
  void allMistakesAreFoundAtOnce() {
    mistakes(
        """
        tokens = 0.5
        phases = [
          { until = 0.8, groups { web = -1, boook = 2, code { maxEpochs = 0 } } },
          { until = 0.7, temperature = 0.5, wieght = 3 },
          { until = 0.9, unimax { maxEpochs = many }, maxEpochs = 3 }
        ]
        """,
        "1: tokens: must be a whole number above 0",
        "3: code: missing: its weight",
        "3: groups: unknown group boook, did you mean book? (known: book, code, web)",
        "3: maxEpochs: must be above 0",
        "3: web: must be at least 0",
        "4: temperature: must be at least 1: weights are tokens ^ (1 / temperature)",
        "4: until: must be above 0.8, at most 1",
        "4: wieght: unknown setting wieght",
        "5: maxEpochs: must be a number",
        "5: unimax: stands alone",
        "5: until: must be 1 in the last phase");
  }

  @Test
  void aMixtureOfNothingIsAMistake() {
    mistakes("groups { web = 1 }", "tokens: missing");
    mistakes("tokens = 10", "groups: nothing is drawn");
    mistakes("tokens = 10\ngroups { web = 0 }", "groups: nothing is drawn");
    mistakes("tokens = 10\nphases = []", "2: phases: must be a list of phases");
    mistakes("tokens = 10\ngroups = web", "2: groups: must be { NAME = weight }");
    mistakes("tokens = 10\nuntil = 1\ntemperature = 1", "2: until: unknown setting");
    mistakes("tokens = 10\ntemperature = 1 }", "2: ");
    mistakes("tokens = 10, phases = [\n{ groups { web = 1 } } { groups { book = 1 } } ]", "2: ");
  }
}
