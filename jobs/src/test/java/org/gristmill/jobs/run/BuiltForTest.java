package org.gristmill.jobs.run;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gristmill.core.UserError;
import org.junit.jupiter.api.Test;

class BuiltForTest {
  private static String minor(String version) {
    return version.substring(0, version.indexOf('.', 2));
  }

  @Test
  void theSparkOnTheClassPathIsTheOneBuiltFor() {
    assertEquals(org.apache.spark.package$.MODULE$.SPARK_VERSION(), BuiltFor.spark());
    assertDoesNotThrow(() -> BuiltFor.check(BuiltFor.spark()));
  }

  @Test
  void theBuildFillsEverythingIn() {
    for (String value : List.of(BuiltFor.version(), BuiltFor.spark(), BuiltFor.delta())) {
      assertTrue(value.matches("[0-9].*"), value);
    }
  }

  @Test
  void patchReleasesAndVendorsOfTheSameMinorPass() {
    String minor = minor(BuiltFor.spark());
    for (String version :
        List.of(minor, minor + ".9", minor + ".0-amzn-1", minor + ".0.dev1", minor + "-SNAPSHOT")) {
      assertDoesNotThrow(() -> BuiltFor.check(version), version);
    }
  }

  @Test
  void anotherMinorStopsWithTheCommandThatBuildsForIt() {
    String minor = minor(BuiltFor.spark());
    String other = minor.equals("4.0") ? "4.1" : "4.0";
    UserError error = assertThrows(UserError.class, () -> BuiltFor.check(other + ".1"));
    assertEquals(
        "Spark %s.1 is not what this jar was built for (%s); build one with mvn -Pspark-%s package"
            .formatted(other, minor, other),
        error.getMessage());
  }

  @Test
  void aSparkWithoutAProfileStopsWithThoseThereAre() {
    for (String version : List.of("3.5.6", "4.10.0", "5", "unknown", "")) {
      UserError error = assertThrows(UserError.class, () -> BuiltFor.check(version), version);
      assertTrue(error.getMessage().contains("4.0, 4.1, 4.2"), error.getMessage());
      assertFalse(error.getMessage().contains("spark-" + version + " "), error.getMessage());
    }
  }
}
