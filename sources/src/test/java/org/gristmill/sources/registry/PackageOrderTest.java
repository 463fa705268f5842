package org.gristmill.sources.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract beneath, kinds between, the registry on top; no arrow back. */
class PackageOrderTest {
  private static final Path ROOT = Path.of("src/main/java/org/gristmill/sources");

  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?org\\.gristmill\\.sources\\.(?:([a-z]\\w*)\\.)?\\w");

  /** What a package may import; the contract, named by the empty string, is open to all. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "web",
          Set.of("html", "book"),
          "registry",
          Set.of("book", "code", "csv", "dialogue", "jsonl", "web", "wiki"));

  private static List<String> wrong(String from, String file, String source) {
    List<String> wrong = new ArrayList<>();
    Matcher matcher = IMPORT.matcher(source);
    while (matcher.find()) {
      String to = matcher.group(1) == null ? "" : matcher.group(1);
      if (!to.isEmpty() && !to.equals(from) && !ALLOWED.getOrDefault(from, Set.of()).contains(to)) {
        wrong.add(file + " imports " + to);
      }
    }
    return wrong;
  }

  @Test
  void noArrowPointsBack() throws IOException {
    List<String> wrong = new ArrayList<>();
    int files = 0;
    try (Stream<Path> walk = Files.walk(ROOT)) {
      for (Path file : walk.filter(p -> p.toString().endsWith(".java")).toList()) {
        String folder = ROOT.relativize(file.getParent()).toString().replaceFirst("/.*", "");
        wrong.addAll(wrong(folder, file.toString(), Files.readString(file)));
        files++;
      }
    }
    assertTrue(files > 40, "only " + files + " files below " + ROOT.toAbsolutePath());
    assertEquals(List.of(), wrong);
  }

  @Test
  void anArrowBackIsSeen() {
    String line = "import org.gristmill.sources.web.Web;\n";
    assertEquals(1, wrong("", "Source.java", line).size());
    assertEquals(1, wrong("book", "Book.java", "package x;\n" + line).size());
    assertEquals(0, wrong("registry", "Sources.java", line).size());
  }
}
