package org.gristmill.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.dedup.MinHash;
import org.gristmill.filters.Filter;
import org.gristmill.sources.Source;
import org.gristmill.tokenize.Tokenizer;

/**
 * The version of Gristmill's own code: a hash over its classes. A change in any of them makes
 * results out of date, a rebuild of the same sources does not.
 */
final class Code {
  private Code() {}

  private static final class Holder {
    static final String VERSION = compute();
  }

  /** 16 hex digits. */
  static String version() {
    return Holder.VERSION;
  }

  private static String compute() {
    TreeMap<String, String> classes = new TreeMap<>();
    List<Class<?>> anchors =
        List.of(Code.class, Text.class, Source.class, Filter.class, MinHash.class, Tokenizer.class);
    try {
      for (Class<?> anchor : anchors) {
        Path place = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
          folder(place, classes);
        } else {
          jar(place, classes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    MessageDigest digest = Hash.sha256();
    classes.forEach(
        (name, hash) ->
            digest.update((name + hash).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static void folder(Path folder, TreeMap<String, String> classes) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        classes.put(name, Hash.sha256Hex(Files.readAllBytes(file)));
      }
    }
  }

  private static void jar(Path jar, TreeMap<String, String> classes) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        if (entry.getName().startsWith("org/gristmill/") && entry.getName().endsWith(".class")) {
          try (InputStream in = zip.getInputStream(entry)) {
            classes.put(entry.getName(), Hash.sha256Hex(in.readAllBytes()));
          }
        }
      }
    }
  }
}
