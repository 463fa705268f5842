package org.gristmill.core.laws;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
import org.gristmill.core.Libraries;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;

/**
 * The annotations of a block say what its constructor does.
 *
 * <p>A number at a bound of its {@link Setting} is accepted; the next one outside, and for a
 * fraction NaN, is refused with a {@link SettingError} that names the setting. A bound that is not
 * given is that of the type.
 */
public final class SettingLaws {
  private final List<Record> blocks;
  private final Set<String> unlimited;
  private final List<String> broken = new ArrayList<>();

  private SettingLaws(List<Record> blocks, Set<String> unlimited) {
    this.blocks = blocks;
    this.unlimited = unlimited;
  }

  /**
   * Checks a block.
   *
   * @param blocks the defaults and, where settings are tied to each other, more of the same type: a
   *     bound must be accepted in the place of one of theirs, a value outside be refused by all
   * @param unlimited settings whose largest value only another setting gives
   * @return what is wrong, one sentence each; empty if nothing is
   */
  public static List<String> broken(List<? extends Record> blocks, Set<String> unlimited) {
    SettingLaws laws = new SettingLaws(List.copyOf(blocks), unlimited);
    Class<?> type = blocks.get(0).getClass();
    laws.block(type);
    for (RecordComponent component : type.getRecordComponents()) {
      laws.setting(component);
    }
    return List.copyOf(laws.broken);
  }

  private void block(Class<?> type) {
    Block about = type.getAnnotation(Block.class);
    if (about == null) {
      broken.add(type.getSimpleName() + " has no @Block");
      return;
    }
    if (about.does().isBlank() || about.version() < 1) {
      broken.add(type.getSimpleName() + " must say what it does, and a version from 1");
    }
    for (String library : about.libraries()) {
      Libraries.version(library);
    }
  }

  private void setting(RecordComponent component) {
    Setting about = component.getAnnotation(Setting.class);
    if (about == null || about.does().isBlank()) {
      broken.add(component.getName() + " has no @Setting that says what it does");
      return;
    }
    Type type = component.getGenericType();
    boolean list = type instanceof ParameterizedType;
    Type number = list ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    String name = component.getName();
    if (number == int.class || number == long.class) {
      whole(name, about, number == int.class ? Integer.MIN_VALUE : Long.MIN_VALUE);
    } else if (number == double.class || number == Double.class) {
      fraction(name, about, list);
    } else if (Double.isFinite(about.min()) || Double.isFinite(about.max())) {
      broken.add(name + " has bounds but is no number");
    }
  }

  private void whole(String name, Setting about, long least) {
    long most = ~least;
    long min = (long) Math.max(about.min(), least);
    long max = (long) Math.min(about.max(), most);
    boolean wide = least == Long.MIN_VALUE;
    accepts(name, wide ? (Object) min : (Object) (int) min);
    if (min > least) {
      refuses(name, wide ? (Object) (min - 1) : (Object) (int) (min - 1));
    }
    if (unlimited.contains(name)) {
      return;
    }
    accepts(name, wide ? (Object) max : (Object) (int) max);
    if (max < most) {
      refuses(name, wide ? (Object) (max + 1) : (Object) (int) (max + 1));
    }
  }

  private void fraction(String name, Setting about, boolean list) {
    Set<Double> inside = new LinkedHashSet<>(List.of(about.min(), about.max()));
    Set<Double> outside = new LinkedHashSet<>(List.of(Double.NaN));
    outside.add(Math.nextDown(about.min()));
    outside.add(Math.nextUp(about.max()));
    outside.removeAll(inside); // an infinite bound has nothing outside
    inside.forEach(value -> accepts(name, list ? List.of(value) : value));
    outside.forEach(value -> refuses(name, list ? List.of(value) : value));
  }

  private void accepts(String name, Object value) {
    List<String> refusals = new ArrayList<>();
    for (Record block : blocks) {
      try {
        Blocks.with(block, Map.of(name, value));
        return;
      } catch (IllegalArgumentException e) {
        refusals.add(e.getMessage());
      }
    }
    broken.add(name + " = " + value + " is within its bounds, but is refused: " + refusals);
  }

  private void refuses(String name, Object value) {
    for (Record block : blocks) {
      try {
        Blocks.with(block, Map.of(name, value));
        broken.add(name + " = " + value + " is outside its bounds, but is accepted");
      } catch (SettingError e) {
        if (!e.setting().equals(name)) {
          broken.add(name + " = " + value + " is blamed on " + e.setting());
        }
      } catch (IllegalArgumentException e) {
        broken.add(name + " = " + value + " is refused without naming it: " + e.getMessage());
      }
    }
  }
}
