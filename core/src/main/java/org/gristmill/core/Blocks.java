package org.gristmill.core;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /**
   * Everything about a block that decides what it puts out, one entry a fact: its settings under
   * their paths ({@code minWords}), and for itself and every annotated block inside it the version
   * ({@code @version}) and its libraries ({@code @jsoup}). Two blocks of one type with equal facts
   * do the same, in any release and on any machine.
   */
  public static SortedMap<String, String> facts(Record block) {
    SortedMap<String, String> facts = new TreeMap<>();
    collect("", block, facts);
    return Collections.unmodifiableSortedMap(facts);
  }

  /** The version and the libraries of a block, annotated or not, without its settings. */
  public static SortedMap<String, String> facts(Class<?> block) {
    SortedMap<String, String> facts = new TreeMap<>();
    collect("", block, facts);
    return Collections.unmodifiableSortedMap(facts);
  }

  /**
   * Whether a block measures the same as one with another value of a setting; see {@link
   * Setting#decides}.
   *
   * @param before the other's value, as {@link #facts} has it
   */
  public static boolean measuresAlike(Record block, String setting, String before) {
    for (RecordComponent component : block.getClass().getRecordComponents()) {
      Setting about = component.getAnnotation(Setting.class);
      if (component.getName().equals(setting) && about != null && about.decides()) {
        String numbers = "java.util.List<java.lang.Double>";
        return !component.getGenericType().getTypeName().equals(numbers)
            || ((List<?>) settings(block).get(setting)).size() == size(before);
      }
    }
    return false;
  }

  private static int size(String list) {
    return list.equals("[]") ? 0 : list.split(",").length;
  }

  private static void collect(String path, Class<?> block, SortedMap<String, String> facts) {
    Block about = block.getAnnotation(Block.class);
    if (about != null) {
      facts.put(path + "@version", name(block) + " " + about.version());
      for (String library : about.libraries()) {
        facts.put(path + "@" + library, Libraries.version(library));
      }
    }
  }

  private static void collect(String path, Object value, SortedMap<String, String> facts) {
    if (value instanceof Record block) {
      collect(path, block.getClass(), facts);
      String prefix = path.isEmpty() ? "" : path + ".";
      settings(block).forEach((name, setting) -> collect(prefix + name, setting, facts));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Record.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        collect(path + "[" + i + "]", list.get(i), facts);
      }
    } else {
      facts.put(path, String.valueOf(value));
    }
  }

  /** The name of a block in a pipeline: its class name in kebab case. */
  public static String name(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=.)(?=\\p{Lu})", "-").toLowerCase(Locale.ROOT);
  }
}
