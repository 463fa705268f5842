package org.gristmill.core.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gristmill.core.Block;
import org.gristmill.core.Libraries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
  @Block(does = "One.", version = 1, libraries = "icu")
  record One() {}

  @Block(does = "Two.", version = 2, libraries = "icu")
  record Two() {}

  @TempDir Path folder;

  private String asked;

  @BeforeEach
  void compare() {
    asked = System.getProperty(Golden.WRITE, "false");
    System.setProperty(Golden.WRITE, "false");
  }

  @AfterEach
  void restore() {
    System.setProperty(Golden.WRITE, asked);
  }

  private List<String> broken(Class<?> type, String output) {
    Golden golden = Golden.of(folder.resolve("golden.tsv"));
    golden.add("a", type, output);
    return golden.broken();
  }

  private List<String> written(Class<?> type, String output) {
    System.setProperty(Golden.WRITE, "true");
    List<String> broken = broken(type, output);
    System.setProperty(Golden.WRITE, "false");
    return broken;
  }

  private static void assertOne(String part, List<String> broken) {
    assertTrue(broken.size() == 1 && broken.get(0).contains(part), broken.toString());
  }

  @Test
  void sameOutputOfTheSameVersionPasses() throws IOException {
    assertOne("a is new: run this test with -Dgolden.write=true", broken(One.class, "x"));
    assertEquals(List.of(), written(One.class, "x"));
    assertEquals(List.of(), broken(One.class, "x"));
    String line = Files.readString(folder.resolve("golden.tsv"));
    String versions = "a\t1\ticu " + Libraries.version("icu") + "\t";
    assertTrue(line.startsWith(versions) && line.length() == versions.length() + 65, line);
  }

  @Test
  void anotherOutputNeedsAnotherVersion() {
    written(One.class, "x");
    assertOne("raise the version in its @Block", broken(One.class, "y"));
    assertOne("raise the version in its @Block", written(One.class, "y"));
    assertEquals(List.of(), broken(One.class, "x"));
    assertOne("a has the versions 2 icu", broken(Two.class, "y"));
    assertEquals(List.of(), written(Two.class, "y"));
    assertEquals(List.of(), broken(Two.class, "y"));
  }

  @Test
  void anotherVersionOfALibraryNeedsAnotherLine() throws IOException {
    written(One.class, "x");
    Path file = folder.resolve("golden.tsv");
    Files.writeString(file, Files.readString(file).replace("icu ", "icu 1."));
    assertOne("a has the versions 1 icu", broken(One.class, "x"));
    assertEquals(List.of(), written(One.class, "y"));
  }

  @Test
  void linesOfBlocksThatAreGoneGo() throws IOException {
    written(One.class, "x");
    Golden golden = Golden.of(folder.resolve("golden.tsv"));
    assertOne("a is gone", golden.broken());
    System.setProperty(Golden.WRITE, "true");
    assertEquals(List.of(), golden.broken());
    assertEquals("", Files.readString(folder.resolve("golden.tsv")));
  }
}
