package org.gristmill.jobs.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gristmill.core.Blocks;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.tokenize.Tokenizer;

/** Fills the settings of a block from a HOCON object; every mistake becomes a problem. */
public final class Binder {
  private final Problems problems;
  private final Map<Class<?>, Function<ConfigValue, Object>> converters = new HashMap<>();

  /**
   * @param problems takes the mistakes
   */
  public Binder(Problems problems) {
    this.problems = problems;
  }

  /** From now on, settings of a type are read by a function of their own. */
  public void convert(Class<?> type, Function<ConfigValue, Object> converter) {
    converters.put(type, converter);
  }

  /**
   * The block with the object's settings in place of its defaults.
   *
   * @param reserved keys of the object that are not the block's
   */
  public <T extends Record> T bind(T defaults, ConfigObject object, Set<String> reserved) {
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> standing = Blocks.settings(defaults);
    List<String> known = new ArrayList<>(standing.keySet());
    known.addAll(reserved);
    boolean sound = true;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = entry.getKey();
      if (reserved.contains(key)) {
        continue;
      }
      if (!standing.containsKey(key)) {
        problems.unknown(entry.getValue().origin(), key, "setting", key, known);
        sound = false;
        continue;
      }
      try {
        Type type = component(defaults, key).getGenericType();
        values.put(key, convert(type, entry.getValue(), standing.get(key)));
      } catch (IllegalArgumentException e) {
        problems.add(entry.getValue(), key, e.getMessage());
        sound = false;
      }
    }
    for (RecordComponent component : defaults.getClass().getRecordComponents()) {
      Setting about = component.getAnnotation(Setting.class);
      if (about != null && about.required() && !object.containsKey(component.getName())) {
        problems.add(object.origin(), component.getName(), "missing: " + about.does());
        sound = false;
      }
    }
    if (!sound) {
      return defaults;
    }
    try {
      return Blocks.with(defaults, values);
    } catch (SettingError e) {
      ConfigValue given = object.get(e.setting());
      problems.add(given == null ? object.origin() : given.origin(), e.setting(), e.complaint());
      return defaults;
    }
  }

  private static RecordComponent component(Record block, String name) {
    return Stream.of(block.getClass().getRecordComponents())
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Object convert(Type type, ConfigValue value, Object standing) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return list(list.getActualTypeArguments()[0], value);
    }
    Class<?> wanted = (Class<?>) type;
    if (converters.containsKey(wanted)) {
      return converters.get(wanted).apply(value);
    }
    if (wanted.isRecord()) {
      if (!(value instanceof ConfigObject object)) {
        throw wrong(value, "{ ... }");
      }
      return bind(standing == null ? defaults(wanted) : (Record) standing, object, Set.of());
    }
    if (wanted == boolean.class) {
      if (value.valueType() != ConfigValueType.BOOLEAN) {
        throw wrong(value, "true or false");
      }
      return value.unwrapped();
    }
    if (wanted == int.class || wanted == long.class || wanted == Long.class) {
      return whole(wanted, value);
    }
    if (wanted == double.class || wanted == Double.class) {
      if (!(value.unwrapped() instanceof Number number)) {
        throw wrong(value, "a number");
      }
      return number.doubleValue();
    }
    if (wanted == Duration.class) {
      return duration(value);
    }
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      throw wrong(value, "a string");
    }
    String string = String.valueOf(value.unwrapped());
    return wanted.isEnum() ? constant(wanted, string) : string;
  }

  /** The defaults of a block that stands in a list. */
  private static Record defaults(Class<?> type) {
    return Stream.of(type.getDeclaredFields())
        .filter(f -> f.getType() == type && Modifier.isStatic(f.getModifiers()))
        .filter(f -> List.of("DEFAULT", "DEFAULTS", "PAPER").contains(f.getName()))
        .map(
            f -> {
              try {
                f.setAccessible(true);
                return (Record) f.get(null);
              } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
              }
            })
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(type + " stands in a list: no defaults"));
  }

  private Object list(Type element, ConfigValue value) {
    if (!(value instanceof ConfigList list)) {
      throw wrong(value, "a list [ ... ]");
    }
    List<Object> converted = new ArrayList<>();
    for (ConfigValue item : list) {
      converted.add(convert(element, item, null));
    }
    return List.copyOf(converted);
  }

  private static Object whole(Class<?> wanted, ConfigValue value) {
    long number;
    if (value.unwrapped() instanceof String) {
      try {
        number = value.atKey("x").getBytes("x");
      } catch (ConfigException e) {
        throw wrong(value, "a whole number or a size such as 64 MiB");
      }
    } else if (value.unwrapped() instanceof Number n && n.doubleValue() == n.longValue()) {
      number = n.longValue();
    } else {
      throw wrong(value, "a whole number");
    }
    if (wanted == int.class) {
      if (number != (int) number) {
        throw wrong(value, "a whole number of at most 31 bits");
      }
      return (int) number;
    }
    return number;
  }

  private static Duration duration(ConfigValue value) {
    try {
      return value.atKey("x").getDuration("x");
    } catch (ConfigException e) {
      throw wrong(value, "a duration such as 30s or 2m");
    }
  }

  private static Object constant(Class<?> type, String given) {
    return Stream.of(type.getEnumConstants())
        .filter(c -> shown(c).equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "is " + given + ", must be one of " + constants(type)));
  }

  private static String constants(Class<?> type) {
    return String.join(", ", Arrays.stream(type.getEnumConstants()).map(Binder::shown).toList());
  }

  private static IllegalArgumentException wrong(ConfigValue value, String wanted) {
    return new IllegalArgumentException(
        "is "
            + value.render(com.typesafe.config.ConfigRenderOptions.concise())
            + ", must be "
            + wanted);
  }

  /** How a setting's value is written in a pipeline. */
  public static String shown(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(Binder::shown).toList()) + "]";
    }
    if (value instanceof Duration duration) {
      return duration.toSeconds() + "s";
    }
    if (value instanceof Tokenizer tokenizer) {
      return tokenizer.name();
    }
    if (value instanceof Record block) {
      return "{ "
          + String.join(
              ", ",
              Blocks.settings(block).entrySet().stream()
                  .map(e -> e.getKey() + " = " + shown(e.getValue()))
                  .toList())
          + " }";
    }
    return value instanceof String s && s.isEmpty() ? "\"\"" : String.valueOf(value);
  }
}
