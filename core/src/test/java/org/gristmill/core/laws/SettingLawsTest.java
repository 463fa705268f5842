package org.gristmill.core.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.junit.jupiter.api.Test;

class SettingLawsTest {

  /** A block that keeps the laws. */
  @Block(does = "Nothing.")
  record Honest(
      @Setting(does = "A number.", min = 1, max = 9) int number,
      @Setting(does = "A share.", min = 0, max = 1) double share,
      @Setting(does = "Limits.", min = 0, max = Double.MAX_VALUE) List<Double> limits,
      @Setting(does = "A seed.") long seed) {
    Honest {
      Bounds.between("number", number, 1, 9);
      Bounds.share("share", share);
      Bounds.limits("limits", limits);
    }
  }

  /** A block that breaks each law. */
  record Dishonest(
      int bare,
      @Setting(does = "Accepts less.", min = 1) int lower,
      @Setting(does = "Accepts more.", max = 9) long higher,
      @Setting(does = "Accepts NaN.", min = 0, max = Double.MAX_VALUE) double nan,
      @Setting(does = "Blames another.", min = 0) int another,
      @Setting(does = "Has no name.", min = 0) int nameless) {
    Dishonest {
      Bounds.atLeast("lower", lower, 2);
      Bounds.between("higher", higher, Long.MIN_VALUE, 10);
      if (nan < 0 || nan > Double.MAX_VALUE) {
        throw new SettingError("nan", "must be finite, is " + nan);
      }
      Bounds.atLeast("bare", another, 0);
      if (nameless < 0) {
        throw new IllegalArgumentException("bad");
      }
    }
  }

  @Test
  void honestBlocksPass() {
    assertEquals(List.of(), SettingLaws.broken(List.of(new Honest(1, 0, List.of(), 0)), Set.of()));
  }

  @Test
  void everyLawBites() {
    List<String> broken = SettingLaws.broken(List.of(new Dishonest(0, 2, 0, 0, 0, 0)), Set.of());
    List<String> starts =
        List.of(
            "Dishonest has no @Block",
            "bare has no @Setting",
            "lower = 1 is within",
            "higher = 10 is outside",
            "nan = NaN is outside",
            "another = -1 is blamed on bare",
            "nameless = -1 is refused without");
    assertEquals(starts.size(), broken.size(), broken.toString());
    for (int i = 0; i < starts.size(); i++) {
      assertTrue(broken.get(i).startsWith(starts.get(i)), broken.get(i));
    }
  }
}
