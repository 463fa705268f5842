package org.gristmill.filters;

import static org.gristmill.filters.Judging.judge;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gristmill.core.Blocks;
import org.gristmill.testing.HardTexts;
import org.gristmill.testing.Laws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws for every filter that a pipeline may name. */
class FiltersTest {
  private static final Set<Class<?>> SETTING_TYPES =
      Set.of(
          int.class,
          long.class,
          double.class,
          boolean.class,
          String.class,
          ListFile.class,
          ModelFile.class,
          Duration.class,
          List.class);

  static Set<Map.Entry<String, Filter>> filters() {
    return Filters.BY_NAME.entrySet();
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>(HardTexts.extreme());
    texts.addAll(HardTexts.random(500, 12));
    texts.addAll(HardTexts.noise(500, 13));
    return texts;
  }

  @Test
  void everyFilterIsRegistered() throws Exception {
    Set<String> found = new TreeSet<>();
    Laws.implementations(Filter.class).forEach(type -> found.add(Blocks.name(type)));
    assertEquals(found, Filters.BY_NAME.keySet());
  }

  @ParameterizedTest
  @MethodSource("filters")
  void isAPublicRecordOfStableTypes(Map.Entry<String, Filter> named) {
    Class<?> type = named.getValue().getClass();
    assertTrue(type.isRecord() && Modifier.isPublic(type.getModifiers()));
    assertEquals(named.getKey(), Blocks.name(type));
    for (RecordComponent setting : type.getRecordComponents()) {
      Class<?> t = setting.getType();
      assertTrue(SETTING_TYPES.contains(t) || t.isEnum() || t.isRecord(), setting.toString());
    }
    assertEquals(named.getValue(), Blocks.with((Record) named.getValue(), Map.of()));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void survivesSerialisation(Map.Entry<String, Filter> named) throws Exception {
    assertEquals(named.getValue(), Laws.sent(named.getValue()));
  }

  @ParameterizedTest
  @MethodSource("filters")
  void judgesAnyText(Map.Entry<String, Filter> named) {
    Set<String> measured = judge(named.getValue(), "").findings().numbers().keySet();
    assertFalse(measured.isEmpty());
    for (String text : texts()) {
      Verdict verdict = judge(named.getValue(), text);
      assertEquals(verdict, judge(named.getValue(), text));
      assertEquals(measured, verdict.findings().numbers().keySet());
      String prefix = named.getKey() + ".";
      for (String name : measured) {
        assertTrue(name.startsWith(prefix) && name.matches("[a-z0-9.-]+"), name);
      }
      if (verdict instanceof Verdict.Drop drop) {
        assertTrue(drop.rule().startsWith(prefix), drop.rule());
        assertTrue(drop.measured() != drop.limit() && Double.isFinite(drop.limit()));
      }
      if (verdict instanceof Verdict.Rewrite rewrite) {
        assertTrue(rewrite.rule().startsWith(prefix), rewrite.rule());
        assertInstanceOf(Verdict.Keep.class, judge(named.getValue(), rewrite.text().toString()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("filters")
  void threadsAgree(Map.Entry<String, Filter> named) throws Exception {
    List<String> texts = HardTexts.random(400, 14);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<Verdict>>> answers = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        answers.add(
            threads.submit(() -> texts.stream().map(t -> judge(named.getValue(), t)).toList()));
      }
      assertEquals(answers.get(0).get(), answers.get(1).get());
    } finally {
      threads.shutdown();
    }
  }
}
