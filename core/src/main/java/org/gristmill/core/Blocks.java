package org.gristmill.core;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Blocks are records: their components are their settings, and the instance registered under a name
 * holds the defaults. This class reads and builds them; it is all the reflection there is.
 */
public final class Blocks {
  private Blocks() {}

  /** The settings of a block and their values, in the order of declaration. */
  public static Map<String, Object> settings(Record block) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (RecordComponent component : block.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true); // a block may be package-private
        settings.put(component.getName(), component.getAccessor().invoke(block));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(block.getClass() + " must be a record", e);
      }
    }
    return settings;
  }

  /**
   * A block like {@code defaults} with some settings replaced.
   *
   * @throws IllegalArgumentException what the record's constructor says of bad values
   */
  public static <T extends Record> T with(T defaults, Map<String, Object> replaced) {
    Map<String, Object> settings = settings(defaults);
    settings.putAll(replaced);
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<?> constructor = defaults.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      Object made = constructor.newInstance(settings.values().toArray());
      @SuppressWarnings("unchecked")
      T block = (T) made;
      return block;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException bad) {
        throw bad;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(defaults.getClass() + " must be a record", e);
    }
  }

  /** The name of a block in a pipeline: its class name in kebab case. */
  public static String name(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=.)(?=\\p{Lu})", "-").toLowerCase(Locale.ROOT);
  }
}
