package org.gristmill.sources.html.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

/**
 * All cases of html5lib's tests of tree construction, but those that need scripting and those that
 * parse a fragment inside another element, as only whole pages are ever parsed, and those where a
 * selectedcontent element copies the text of an option, which would double it. A document type's
 * identifiers are the tokenizer's tests' matter, the tree keeps its name alone.
 */
class Html5libTreeTest {
  private int cases;
  private int scripting;
  private int fragments;
  private int copies;

  @Test
  void everyCase() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : RealFiles.files("web/html5lib-tests/tree-construction")) {
      String name = file.toString();
      if (name.endsWith(".dat") && !name.contains("scripted")) {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        for (String test : ("\n" + text).split("\n#data\n")) {
          if (!test.isBlank()) {
            run(file.getFileName().toString(), test, wrong);
          }
        }
      }
    }
    System.out.printf(
        "%d cases; left out: %d with scripting, %d fragments, %d copies of options%n",
        cases, scripting, fragments, copies);
    assertTrue(cases > 1_500, cases + " cases");
    assertEquals(List.of(), wrong);
  }

  private void run(String file, String test, List<String> wrong) {
    if (test.contains("\n#script-on\n")) {
      scripting++;
    } else if (test.contains("\n#document-fragment\n")) {
      fragments++;
    } else if (test.startsWith("<select><button><selectedcontent></button><option>")) {
      copies++;
    } else {
      cases++;
      int errors = test.startsWith("#errors\n") ? 0 : test.indexOf("\n#errors\n");
      String input = test.substring(0, errors);
      String tree = test.substring(test.indexOf("\n#document\n") + 11).stripTrailing();
      String wanted = tree.replaceAll("(?m)^(\\| <!DOCTYPE [^ \"]*) *\".*\" *\".*\">$", "$1>");
      String found = TreeDump.of(HtmlParser.parse(input, HtmlParser.Noscript.PARSE));
      if (!found.stripTrailing().equals(wanted)) {
        wrong.add(file + "\n" + input + "\nwanted\n" + wanted + "\nfound\n" + found);
      }
    }
  }
}
