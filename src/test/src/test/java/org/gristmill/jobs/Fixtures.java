package org.gristmill.jobs;

import static org.gristmill.testing.Sentences.chinese;
import static org.gristmill.testing.Sentences.english;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gristmill.core.Hash;

/** A small corpus of all five kinds, in English and Chinese, made of seeded sentences. */
final class Fixtures {
  private Fixtures() {}

  /** Writes the corpus below a folder: web, code, books, wiki, dialogue. */
  static void corpus(Path input) throws IOException {
    warc(input.resolve("web/a.warc.gz"), 0, 60);
    warc(input.resolve("web/b.warc.gz"), 100, 40);
    code(input.resolve("code/project.jar"), 30);
    for (int i = 0; i < 4; i++) {
      write(input.resolve("books/english-" + i + ".txt"), english(1000 + i, 200));
      write(input.resolve("books/chinese-" + i + ".txt"), chinese(1000 + i, 200));
    }
    wiki(input.resolve("wiki/pages.xml"), 20);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"},"
                  + "{\"role\":\"assistant\",\"content\":\"%s\"}]}%n",
              json(i % 2 == 0 ? english(3000 + i, 2) : chinese(3000 + i, 2)),
              json(i % 2 == 0 ? english(4000 + i, 12) : chinese(4000 + i, 12))));
    }
    lines.append("{\"messages\": [ {\"role\": \"user\"\n");
    write(input.resolve("dialogue/talk.jsonl"), lines.toString());
  }

  private static String json(String text) {
    return text.replace("\n", "\\n");
  }

  /** Pages; every tenth repeats the one before exactly, every seventh nearly. */
  static void warc(Path file, int first, int pages) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = first; i < first + pages; i++) {
      String text = i % 3 == 2 ? chinese(i, 40) : english(i, 40);
      if (i % 10 == 9) {
        text = (i - 1) % 3 == 2 ? chinese(i - 1, 40) : english(i - 1, 40);
      } else if (i % 7 == 6) {
        text = ((i - 1) % 3 == 2 ? chinese(i - 1, 40) : english(i - 1, 40)) + "\nAnd so on.";
      }
      StringBuilder html = new StringBuilder("<html><head><title>Page</title></head><body>");
      html.append("<nav><a href='/'>Home</a> <a href='/x'>More</a></nav><article>");
      for (String paragraph : text.split("\n")) {
        html.append("<p>").append(paragraph).append("</p>");
      }
      html.append("</article><footer>All rights reserved</footer></body></html>");
      record(out, i, html.toString());
    }
    Files.createDirectories(file.getParent());
    Files.write(file, out.toByteArray());
  }

  private static void record(ByteArrayOutputStream out, int number, String html)
      throws IOException {
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    String http =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] head = http.getBytes(StandardCharsets.US_ASCII);
    String warc =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-"
            + String.format(Locale.ROOT, "%012d", number)
            + ">\r\nWARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: https://mill.example/"
            + number
            + "\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
            + (head.length + body.length)
            + "\r\n\r\n";
    try (GZIPOutputStream member = new GZIPOutputStream(out)) {
      member.write(warc.getBytes(StandardCharsets.US_ASCII));
      member.write(head);
      member.write(body);
      member.write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void code(Path file, int files) throws IOException {
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < files; i++) {
        zip.putNextEntry(new ZipEntry("src/Mill" + i + ".java"));
        StringBuilder code = new StringBuilder("package mill;\n\nclass Mill" + i + " {\n");
        for (int line = 0; line < 12; line++) {
          code.append("  /** ").append(english(5000 + i * 20 + line, 1)).append(" */\n");
          code.append("  int stone").append(line).append("(int grain) {\n");
          code.append("    return grain * ").append(i * 31 + line * 7).append(";\n  }\n");
        }
        zip.write(code.append("}\n").toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
      zip.putNextEntry(new ZipEntry("logo.png"));
      zip.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, 3, 0, 0, 0, 0});
      zip.closeEntry();
    }
  }

  private static void wiki(Path file, int pages) throws IOException {
    StringBuilder xml =
        new StringBuilder(
            "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\" version=\"0.11\">\n");
    for (int i = 0; i < pages; i++) {
      String text = i % 2 == 0 ? english(2000 + i, 20) : chinese(2000 + i, 20);
      xml.append("<page><title>Mill ").append(i).append("</title><ns>0</ns><id>").append(i + 1);
      xml.append("</id><revision><id>").append(i + 100);
      xml.append("</id><timestamp>2025-01-01T00:00:00Z</timestamp><text>'''Mill ").append(i);
      xml.append("''' {{stub}} [[river|rivers]]. ").append(text);
      xml.append("\n== More ==\n* one\n[[Category:Mills]]</text></revision></page>\n");
    }
    write(file, xml.append("</mediawiki>\n").toString());
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** A pipeline over {@link #corpus}. */
  static Path conf(Path folder, Path input, Path root, String spark) throws IOException {
    Path conf = folder.resolve("pipeline-" + root.getFileName() + ".conf");
    write(
        conf,
        """
        name = small
        root = "%s"
        maxBroken = 0.02
        spark { %s }
        vars { in = "%s" }
        steps = [
          { job = ingest, source = web, from = ${vars.in}"/web/*.warc.gz" }
          { job = ingest, source = code, from = ${vars.in}"/code" }
          { job = ingest, source = book, from = ${vars.in}"/books" }
          { job = ingest, source = wiki, from = ${vars.in}"/wiki/*.xml" }
          { job = ingest, source = dialogue, from = ${vars.in}"/dialogue/*.jsonl" }
          { job = filter, filters = [
              { name = language, sources = [web, book, wiki], keep = [en, zh] }
              { name = gopher-quality, sources = [web], languages = [en], minMeanWordChars = 3 }
              { name = length, minChars = 100, maxChars = 20000 } ] }
          { job = sign }
          { job = cluster, prefer = [wiki, book] }
          { job = tokenize, tokenizer = r50k_base }
          { job = pack, sequenceTokens = 256, shardTokens = 16384, formats = [
              arrow, datatrove, llmc, mds, megatron, nanogpt, numpy, parquet, webdataset ] }
        ]
        """
            .formatted(root, spark, input));
    return conf;
  }

  /** What a command line printed. */
  record Printed(int code, String out, String err) {}

  static Printed gristmill(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code;
    try (PrintStream o = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream e = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      code = Main.run(o, e, args);
    }
    return new Printed(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** SHA-256 of every shard that a pipeline has published, by path. */
  static SortedMap<String, String> shards(Path root) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String generation : generations(root)) {
      for (Path file : files(root.resolve("shards").resolve(generation))) {
        if (file.getFileName().toString().startsWith("shard-")) {
          hashes.put(
              root.resolve("shards").relativize(file).toString(),
              Hash.sha256Hex(Files.readAllBytes(file)));
        }
      }
    }
    return hashes;
  }

  /** Names of the generations that a pipeline has published, in their order. */
  static List<String> generations(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    new ObjectMapper()
        .readTree(Files.readString(root.resolve("shards/latest.json")))
        .path("generations")
        .forEach(generation -> names.add(generation.path("name").asText()));
    return names;
  }

  /** Path, length and modification time of every file below a folder. */
  static List<String> stamps(Path folder) throws IOException {
    List<String> stamps = new ArrayList<>();
    for (Path file : files(folder)) {
      stamps.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
    }
    return stamps;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().endsWith(".crc"))
          .sorted()
          .toList();
    }
  }
}
