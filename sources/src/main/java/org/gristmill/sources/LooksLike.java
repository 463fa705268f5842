package org.gristmill.sources;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Guesses from its first bytes which source would read a file, for messages to people. Nothing that
 * is read or written depends on it.
 */
public final class LooksLike {
  /** Most bytes looked at, before and after unpacking. */
  public static final int HEAD_BYTES = 64 * 1024;

  private static final int PDF_WITHIN = 1024;
  private static final int TAR_MAGIC_AT = 257;

  /** First bytes that decide alone, with what has them and who reads it. */
  private record Magic(String start, Guess guess) {}

  private static final List<Magic> MAGICS =
      List.of(
          new Magic("PAR1", new Guess("Parquet files", "parquet")),
          new Magic("filedesc://", new Guess("ARC files", "web")),
          new Magic("{\\rtf", new Guess("RTF documents", "book")),
          new Magic("\u00D0\u00CF\u0011\u00E0", new Guess("Word documents", "book")));

  private static final int ZIP_NAME_AT = 30;

  /** What a page begins with, perhaps below a comment or the head of XML;. */
  private static final Pattern PAGE = Pattern.compile("<(?:!doctype html|html|head|body)\\b");

  private static final int PAGE_WITHIN = 4096;

  /** Where the bytes do not say it: by the end of the name, without the one for its packing. */
  private static final List<Magic> ENDINGS =
      List.of(
          new Magic(".warc", new Guess("WARC files", "web")),
          new Magic(".wet", new Guess("WET files", "web")),
          new Magic(".arc", new Guess("ARC files", "web")),
          new Magic(".tar", new Guess("tar archives", "code")),
          new Magic(".tgz", new Guess("tar archives", "code")),
          new Magic(".tbz2", new Guess("tar archives", "code")),
          new Magic(".xml", new Guess("MediaWiki exports", "wiki")),
          new Magic(".jsonl", new Guess("JSON lines", "jsonl")),
          new Magic(".csv", new Guess("tables as text", "csv")),
          new Magic(".tsv", new Guess("tables as text", "csv")),
          new Magic(".txt", new Guess("plain texts", "book")));

  private static final Set<String> CODE =
      Set.of(
          "bash", "c", "cc", "cpp", "cs", "css", "cu", "dart", "go", "h", "hpp", "hs", "java", "jl",
          "js", "kt", "lua", "m", "ml", "php", "pl", "py", "r", "rb", "rs", "scala", "sh", "sql",
          "swift", "toml", "ts", "yaml", "yml");

  private LooksLike() {}

  /**
   * A guess, to be read as "these look like WHAT; source = SOURCE reads them".
   *
   * @param what kind of file, in the plural
   * @param source name of the source in a pipeline
   */
  public record Guess(String what, String source) {}

  /**
   * Guesses; empty if nothing fits.
   *
   * @param head the file's first bytes as stored, perhaps packed with gzip, bzip2, xz or zstd; of
   *     more than {@link #HEAD_BYTES} the rest is passed over
   * @param name the file's name, with or without folders
   */
  public static Optional<Guess> of(byte[] head, String name) {
    byte[] stored = Arrays.copyOf(head, Math.min(head.length, HEAD_BYTES));
    byte[] bytes = unpacked(stored);
    String plain = Compression.unpackedName(name).toLowerCase(Locale.ROOT);
    if (bytes.length == 0) {
      return stored.length == 0 ? Optional.empty() : starting(ENDINGS, ending(plain));
    }
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    Optional<Guess> binary = binary(latin);
    return binary.isPresent() ? binary : text(bytes, plain);
  }

  /** What can be unpacked of a file whose end is missing; nothing if its first block is longer. */
  private static byte[] unpacked(byte[] stored) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    try (InputStream in = Compression.unpacked(new ByteArrayInputStream(stored))) {
      int read = 0;
      while (read >= 0 && bytes.size() < HEAD_BYTES) {
        bytes.write(buffer, 0, read);
        read = in.read(buffer);
      }
    } catch (IOException e) {
      return bytes.toByteArray(); // the end of what is there
    }
    return bytes.toByteArray();
  }

  private static Optional<Guess> binary(String latin) {
    if (latin.startsWith("WARC/")) {
      boolean wet = latin.toLowerCase(Locale.ROOT).contains("\nwarc-type: conversion");
      return Optional.of(new Guess(wet ? "WET files" : "WARC files", "web"));
    }
    if (latin.startsWith("PK\u0003\u0004")) {
      return Optional.of(zip(latin));
    }
    if (latin.startsWith("ustar", TAR_MAGIC_AT)) {
      return Optional.of(new Guess("tar archives", "code"));
    }
    if (latin.substring(0, Math.min(latin.length(), PDF_WITHIN)).contains("%PDF-")) {
      return Optional.of(new Guess("PDF documents", "book"));
    }
    return starting(MAGICS, latin);
  }

  /** EPUB and ODT name their type in the first entry, DOCX its parts in one of the first. */
  private static Guess zip(String latin) {
    if (latin.startsWith("mimetype", ZIP_NAME_AT)) {
      boolean epub = latin.contains("application/epub+zip") || latin.contains("META-INF/container");
      return new Guess(epub ? "EPUB books" : "ODT documents", "book");
    }
    boolean office = latin.contains("[Content_Types].xml") || latin.contains("word/document.xml");
    return office ? new Guess("DOCX documents", "book") : new Guess("zip archives", "code");
  }

  private static Optional<Guess> starting(List<Magic> magics, String text) {
    return magics.stream().filter(m -> text.startsWith(m.start())).map(Magic::guess).findFirst();
  }

  private static Optional<Guess> text(byte[] bytes, String name) {
    Optional<Decoded> decoded = Decoded.of(wholeLines(bytes));
    if (decoded.isEmpty()) {
      return Optional.empty();
    }
    String text = decoded.get().text().stripLeading();
    if (text.startsWith("{") || text.startsWith("[")) {
      return JsonGuess.of(text);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<mediawiki")
        || lower.startsWith("<?xml") && lower.contains("<mediawiki")) {
      return Optional.of(new Guess("MediaWiki exports", "wiki"));
    }
    String start = lower.substring(0, Math.min(lower.length(), PAGE_WITHIN));
    if (start.startsWith("<") && PAGE.matcher(start).find()) {
      return Optional.of(new Guess("HTML pages", "web"));
    }
    String ending = ending(name);
    if (ending.equals(".csv") || ending.equals(".tsv")) {
      return Optional.of(new Guess("tables as text", "csv"));
    }
    if (!ending.isEmpty() && CODE.contains(ending.substring(1))) {
      return Optional.of(new Guess("source files", "code"));
    }
    return text.isEmpty() || !ending.isEmpty() && !ending.equals(".txt")
        ? Optional.empty()
        : Optional.of(new Guess("plain texts", "book"));
  }

  /** Up to the last line end, so that no character is cut; all if there is only one line. */
  private static byte[] wholeLines(byte[] bytes) {
    if (Mark.of(bytes).filter(mark -> mark.length() == 2).isPresent()) {
      return Arrays.copyOf(bytes, bytes.length & ~1);
    }
    if (bytes.length < HEAD_BYTES) {
      return bytes;
    }
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end == 0 ? bytes : Arrays.copyOf(bytes, end);
  }

  private static String ending(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return file.lastIndexOf('.') < 0 ? "" : file.substring(file.lastIndexOf('.'));
  }
}
