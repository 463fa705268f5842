package org.gristmill.sources.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gristmill.core.Reason;

/**
 * The licences of an archive's files: of each, what its own {@code SPDX-License-Identifier} says,
 * else what the licence files of the nearest folder above it are. Where these are several, all are
 * named, for only their readers know whether one may choose; where one is not known, it is {@code
 * NOASSERTION}.
 *
 * @see <a href="https://spdx.org/licenses/">SPDX licence list</a>
 */
final class Licences implements FileTree.Visitor {
  private static final Pattern FILE =
      Pattern.compile(
          "(?i)(?:un)?licen[cs]e(?:[-_.][\\w.-]+)?|copying(?:[-_.][\\w.-]+)?|mit-licen[cs]e(?:\\.\\w+)?"
              + "|[\\w-]+\\.licen[cs]e|licen[cs]es?\\.(?:txt|md|rst)");
  private static final Pattern CODE =
      Pattern.compile(
          "(?i).*\\.(?:c|cc|cpp|cs|css|go|h|java|js|json|php|py|rb|rs|sh|ts|xml|ya?ml)");
  private static final Pattern TAG =
      Pattern.compile(
          "SPDX-License-Identifier:[ \\t]*([A-Za-z0-9.+() -]{2,100}?)[ \\t]*(?:\\*/|-->|\\r?\\n|$)");

  /** Longest licence file that is read, in bytes: the longest licences have 60 KB. */
  private static final int MAX_BYTES = 256 << 10;

  /** Characters in front of a file in which its tag is looked for. */
  private static final int TAG_CHARS = 4096;

  private static final Pattern LINK = Pattern.compile("(?:\\.\\./)*[\\w.-]+(?:/[\\w.-]+)*");
  private static final String LINKED = "-> ";

  static final String UNKNOWN = "NOASSERTION";

  /** By folder, then by path, what the licence files are. */
  private final Map<String, SortedMap<String, String>> folders = new LinkedHashMap<>();

  @Override
  public void file(InputStream in, long ordinal, String path) throws IOException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (!path.isEmpty() && FILE.matcher(name).matches() && !CODE.matcher(name).matches()) {
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      String licence =
          LINK.matcher(text.strip()).matches()
              ? LINKED + FileTree.normalised(folder(path) + "/" + text.strip())
              : tag(text).or(() -> LicenceText.of(text)).orElse(UNKNOWN);
      folders.computeIfAbsent(folder(path), f -> new TreeMap<>()).put(path, licence);
    }
  }

  @Override
  public void unreadable(long ordinal, String path, Reason reason, String detail) {}

  /** The facts {@code licence} and {@code licence-file} of a file, none if nothing is known. */
  Map<String, String> facts(String path, String text) {
    Optional<String> own = tag(text.substring(0, Math.min(text.length(), TAG_CHARS)));
    if (own.isPresent()) {
      return Map.of("licence", own.get(), "licence-file", path);
    }
    String folder = folder(path);
    while (!folders.containsKey(folder) && !folder.isEmpty()) {
      folder = folder(folder);
    }
    SortedMap<String, String> nearest = folders.getOrDefault(folder, new TreeMap<>());
    if (nearest.isEmpty()) {
      return Map.of();
    }
    SortedSet<String> licences = new TreeSet<>();
    nearest.values().forEach(licence -> licences.add(resolved(licence)));
    return Map.of(
        "licence",
        String.join(", ", licences),
        "licence-file",
        String.join(", ", nearest.keySet()));
  }

  /** What a file is that only names another one, as a link does where there are none. */
  private String resolved(String licence) {
    if (!licence.startsWith(LINKED)) {
      return licence;
    }
    String path = licence.substring(LINKED.length());
    String there = folders.getOrDefault(folder(path), new TreeMap<>()).getOrDefault(path, UNKNOWN);
    return there.startsWith(LINKED) ? UNKNOWN : there;
  }

  private static Optional<String> tag(String text) {
    Matcher tag = TAG.matcher(text);
    return tag.find() ? Optional.of(tag.group(1).strip()) : Optional.empty();
  }

  private static String folder(String path) {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }
}
