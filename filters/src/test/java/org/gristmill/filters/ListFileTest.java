package org.gristmill.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gristmill.core.Blocks;
import org.gristmill.core.Hash;
import org.gristmill.core.SettingError;
import org.gristmill.testing.Laws;
import org.junit.jupiter.api.Test;

class ListFileTest {
  /** A list of some lines. */
  static ListFile list(String... lines) {
    return new ListFile("some.txt", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(ListFile file) {
    return assertThrows(SettingError.class, () -> file.entries("list")).getMessage();
  }

  @Test
  void entriesAreLines() {
    ListFile file = list("\uFEFF# of mine", " one ", "", "two words\r", "\u3000三\u3000", "c#");
    assertEquals(
        List.of(
            new ListFile.Entry(2, "one"),
            new ListFile.Entry(4, "two words"),
            new ListFile.Entry(5, "三"),
            new ListFile.Entry(6, "c#")),
        file.entries("list"));
    assertEquals(List.of(), ListFile.NONE.entries("list"));
  }

  @Test
  void whatIsNoListIsRefused() {
    assertEquals("list must have entries, one a line; some.txt has none", refusal(list("# x", "")));
    assertEquals(
        "list must have entries, one a line; some.txt has none",
        assertThrows(SettingError.class, () -> new BadWords(list(), 0, 1)).getMessage());
    ListFile latin = new ListFile("a", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("list must be text in UTF-8; a is not", refusal(latin));
    ListFile wide = new ListFile("b", "mud".getBytes(StandardCharsets.UTF_16LE));
    assertEquals("list must be text in UTF-8; b is not", refusal(wide));
    String missing = ListFile.unreadable("lists/en.txt").getMessage();
    assertTrue(missing.contains("lists/en.txt") && missing.contains("LDNOOBW"), missing);
  }

  /** The contents decide what a block is made from, and not where they lie. */
  @Test
  void contentsAreFacts() throws Exception {
    ListFile file = list("one");
    assertEquals(file, new ListFile("other.txt", "one".getBytes(StandardCharsets.UTF_8)));
    assertNotEquals(file, list("two"));
    assertNotEquals(ListFile.NONE, list());
    assertEquals(file, Laws.sent(file));
    assertEquals(ListFile.NONE, Laws.sent(ListFile.NONE));
    assertEquals(
        "sha256:" + Hash.sha256Hex("one"), Blocks.facts(new BadWords(file, 0, 1)).get("list"));
    assertEquals("none", Blocks.facts(UrlBlock.DEFAULT).get("domains"));
  }
}
