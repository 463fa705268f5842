package org.gristmill.jobs.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.tokenize.objective.Turn;
import org.junit.jupiter.api.Test;

class DialogueTurnsTest {
  private static final StructType COLUMNS =
      StructType.fromDDL("id string, messages string, messages_text string");
  private static final String TEXT = "user: 磨?\n\nassistant: Yes\n{\"f\":1}";
  private static final String MESSAGES =
      "[{\"role\":\"user\",\"content\":[6,10]},"
          + "{\"role\":\"assistant\",\"content\":[23,26],\"tool_calls\":[27,34]}]";

  private static List<Turn> turns(String text, String messages, String digest) {
    Row row = new GenericRowWithSchema(new Object[] {"a", messages, digest}, COLUMNS);
    return DialogueTurns.of(Text.of(text), row);
  }

  @Test
  void turnsAreRangesOfTheTextTheyWereNotedFor() {
    String digest = Hash.sha256Hex(TEXT).substring(0, 16);
    assertEquals(
        List.of(new Turn("user", 6, 10), new Turn("assistant", 23, 34)),
        turns(TEXT, MESSAGES, digest));
    assertEquals(List.of(), turns(TEXT + "!", MESSAGES, digest), "a filter rewrote it");
    assertEquals(List.of(), turns(TEXT, null, null), "no dialogue");
  }
}
