package org.gristmill.core.laws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gristmill.core.Block;
import org.gristmill.core.Blocks;
import org.gristmill.core.Hash;

/**
 * Holds the output of blocks and their versions together.
 *
 * <p>A checked-in file has a line for each block, {@code name TAB version TAB libraries TAB hash},
 * where the hash is of what the block puts out for fixed inputs. Output that changes under the same
 * versions is a mistake in the block, which nothing but another version of the block can settle;
 * with another version, the property {@value #WRITE} set to {@code true} writes the line anew.
 */
public final class Golden {
  /** The system property that makes {@link #broken()} rewrite the file. */
  public static final String WRITE = "golden.write";

  /**
   * @param versions the block's and its libraries', with a tab in between
   */
  private record Line(String versions, String hash) {}

  private final Path file;
  private final SortedMap<String, Line> lines = new TreeMap<>();

  private Golden(Path file) {
    this.file = file;
  }

  /** The file {@code golden.tsv} among the test resources of a class's package. */
  public static Golden of(Class<?> test) {
    String folder = test.getPackageName().replace('.', '/');
    return of(Path.of("src", "test", "resources").resolve(folder).resolve("golden.tsv"));
  }

  /** A file that may not exist yet. */
  public static Golden of(Path file) {
    return new Golden(file);
  }

  /**
   * Adds a block.
   *
   * @param name in the file
   * @param type with the annotation {@link Block}
   * @param output all it puts out for the fixed inputs
   */
  public void add(String name, Class<?> type, String output) {
    SortedMap<String, String> facts = Blocks.facts(type);
    String libraries =
        facts.entrySet().stream()
            .filter(fact -> !fact.getKey().equals("@version"))
            .map(fact -> fact.getKey().substring(1) + " " + fact.getValue())
            .collect(Collectors.joining(", "));
    String versions = type.getAnnotation(Block.class).version() + "\t" + libraries;
    lines.put(name, new Line(versions, Hash.sha256Hex(output)));
  }

  /**
   * Compares the blocks with the file, or rewrites it, which keeps the lines of blocks whose output
   * changed under the same versions.
   *
   * @return what is wrong and what to do, one sentence each; empty if nothing is
   */
  public List<String> broken() {
    SortedMap<String, Line> golden = read();
    List<String> changed = new ArrayList<>();
    List<String> old = new ArrayList<>();
    for (String name : union(lines, golden)) {
      Line now = lines.get(name);
      Line then = golden.get(name);
      if (now == null || then == null) {
        old.add(name + (now == null ? " is gone" : " is new") + rewrite());
      } else if (!now.versions().equals(then.versions())) {
        old.add(name + " has the versions " + shown(now) + ", golden " + shown(then) + rewrite());
      } else if (!now.hash().equals(then.hash())) {
        changed.add(
            name
                + " puts out something else than version "
                + shown(now)
                + " did: undo that, or raise the version in its @Block. (If only the inputs of this"
                + " test changed, delete its line and rewrite.)");
        lines.put(name, then);
      }
    }
    if (Boolean.getBoolean(WRITE)) {
      write();
      return changed;
    }
    changed.addAll(old);
    return changed;
  }

  private String rewrite() {
    return ": run this test with -D" + WRITE + "=true, which rewrites " + file.getFileName();
  }

  private static String shown(Line line) {
    return line.versions().replace('\t', ' ').strip();
  }

  private static TreeSet<String> union(Map<String, Line> a, Map<String, Line> b) {
    TreeSet<String> names = new TreeSet<>(a.keySet());
    names.addAll(b.keySet());
    return names;
  }

  private SortedMap<String, Line> read() {
    SortedMap<String, Line> golden = new TreeMap<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        String[] fields = line.split("\t", -1);
        golden.put(fields[0], new Line(fields[1] + "\t" + fields[2], fields[3]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return golden;
  }

  private void write() {
    List<String> written = new ArrayList<>();
    lines.forEach((name, l) -> written.add(name + "\t" + l.versions() + "\t" + l.hash()));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
