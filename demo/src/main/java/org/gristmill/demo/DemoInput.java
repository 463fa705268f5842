package org.gristmill.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.gristmill.core.Hash;
import org.gristmill.core.UserError;

/**
 * Prepares the demonstration's input: real web pages and source code out of released jars, and the
 * project's own books, encyclopedia articles and dialogues.
 *
 * <p>The jars are fetched from Maven Central by the pom beside the originals:
 *
 * <pre>mvn -q -B -f demo/input.pom.xml generate-resources -Ddownload=$PWD/out/demo/download</pre>
 *
 * <p>The same downloads and originals give the same bytes, and a file that already holds its bytes
 * is not touched, so that preparing twice leaves nothing new to read.
 */
public final class DemoInput {
  private static final int JAVADOC_FILES = 4;
  private static final String JAVADOC = "-javadoc.jar";
  private static final String SOURCES = "-sources.jar";
  private static final Pattern RELEASE = Pattern.compile("(.+?)-(\\d.*)" + JAVADOC);

  /** The page of one class (a capital first, unlike frames and indexes) or of one package. */
  private static final Pattern PAGE =
      Pattern.compile("(?:com|org)/(?:.*/)?(?:\\p{Lu}[^/]*|package-summary)\\.html");

  private static final Pattern CHARSET = Pattern.compile("charset=\"?([\\w-]+)");

  /** A PNG of one transparent pixel. */
  private static final byte[] PIXEL =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ"
                  + "RU5ErkJggg==");

  private DemoInput() {}

  /**
   * What was prepared.
   *
   * @param pages web pages out of javadoc jars
   * @param sourceFiles Java source files in the archives of code
   * @param files all files that the pipeline reads
   * @param written those of them that were new or had other bytes
   * @param bytes size of all files together
   */
  public record Summary(int pages, int sourceFiles, int files, int written, long bytes) {
    @Override
    public String toString() {
      return "%,d web pages, %,d source files; %,d input files of %,d bytes, %,d written anew"
          .formatted(pages, sourceFiles, files, bytes, written);
    }
  }

  /**
   * Writes {@code web}, {@code code}, {@code books}, {@code wiki} and {@code dialogue} under {@code
   * input}.
   *
   * @param downloads folder of javadoc and sources jars
   * @param originals folder with {@code web}, {@code books}, {@code wiki} and {@code dialogue}
   * @param input folder to write; files in it that are not the demonstration's stay
   * @throws UserError if a folder lacks what is expected there
   */
  public static Summary prepare(Path downloads, Path originals, Path input) throws IOException {
    List<Path> javadoc = files(downloads, JAVADOC);
    List<Path> sources = files(downloads, SOURCES);
    Map<String, byte[]> prepared = new TreeMap<>();
    int pages = putJavadoc(javadoc, prepared);
    prepared.put("web/village-00000.warc.gz", village(files(originals.resolve("web"), ".html")));
    int sourceFiles = 0;
    for (Path jar : sources) {
      prepared.put("code/" + jar.getFileName(), Files.readAllBytes(jar));
      sourceFiles += countJava(jar);
    }
    for (String kind : List.of("books", "wiki", "dialogue")) {
      for (Path file : files(originals.resolve(kind), "")) {
        prepared.put(kind + "/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    int written = 0;
    long bytes = 0;
    for (Map.Entry<String, byte[]> file : prepared.entrySet()) {
      written += write(input.resolve(file.getKey()), file.getValue());
      bytes += file.getValue().length;
    }
    return new Summary(pages, sourceFiles, prepared.size(), written, bytes);
  }

  /** Regular files directly in a folder whose names end so, in the order of their names. */
  private static List<Path> files(Path folder, String suffix) throws IOException {
    List<Path> found = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        found =
            entries
                .filter(Files::isRegularFile)
                .filter(file -> file.getFileName().toString().endsWith(suffix))
                .sorted()
                .toList();
      }
    }
    if (found.isEmpty()) {
      throw new UserError(
          "no %s in %s; the jars come with: mvn -f demo/input.pom.xml generate-resources"
              .formatted(suffix.isEmpty() ? "files" : "files named *" + suffix, folder));
    }
    return found;
  }

  /** Deals the pages out to the archives in turn, which gives them about equal sizes. */
  private static int putJavadoc(List<Path> jars, Map<String, byte[]> prepared) throws IOException {
    List<Warc> archives = new ArrayList<>();
    for (int i = 0; i < JAVADOC_FILES; i++) {
      archives.add(new Warc("javadoc-%05d.warc.gz".formatted(i)));
    }
    int pages = 0;
    for (Path jar : jars) {
      Matcher release = RELEASE.matcher(jar.getFileName().toString());
      if (!release.matches()) {
        throw new UserError(jar + " is not named LIBRARY-VERSION" + JAVADOC);
      }
      String site = "https://docs.example/" + release.group(1) + "/" + release.group(2) + "/";
      try (ZipFile zip = new ZipFile(jar.toFile(), StandardCharsets.UTF_8)) {
        for (ZipEntry entry : entries(zip, PAGE)) {
          byte[] html = zip.getInputStream(entry).readAllBytes();
          archives
              .get(pages++ % JAVADOC_FILES)
              .page(site + entry.getName(), "200 OK", "text/html", html);
        }
      }
    }
    for (Warc archive : archives) {
      prepared.put("web/" + archive.name, archive.bytes());
    }
    return pages;
  }

  /**
   * A small site of the project's own pages, among what every crawl brings home: a page that is not
   * there, an image, and a record that was damaged on the way. The sound pages come last, so that
   * they show whether reading goes on behind the damage.
   */
  private static byte[] village(List<Path> pages) throws IOException {
    Warc archive = new Warc("village-00000.warc.gz");
    String site = "https://village.example/";
    byte[] missing =
        "<html><head><title>Not found</title></head><body><h1>Not found</h1></body></html>"
            .getBytes(StandardCharsets.UTF_8);
    archive.page(site + "old-weir.html", "404 Not Found", "text/html", missing);
    archive.page(site + "pixel.png", "200 OK", "image/png", PIXEL);
    archive.damagedPage(site + "damaged.html", Files.readAllBytes(pages.get(0)));
    for (Path page : pages) {
      String html = Files.readString(page, StandardCharsets.UTF_8);
      Matcher declared = CHARSET.matcher(html);
      Charset charset =
          declared.find() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
      archive.page(site + page.getFileName(), "200 OK", "text/html", html.getBytes(charset));
    }
    return archive.bytes();
  }

  private static int countJava(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile(), StandardCharsets.UTF_8)) {
      return entries(zip, Pattern.compile(".*\\.java")).size();
    }
  }

  private static List<ZipEntry> entries(ZipFile zip, Pattern name) {
    List<ZipEntry> found = new ArrayList<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (name.matcher(entry.getName()).matches() && !entry.getName().contains("/class-use/")) {
        found.add(entry);
      }
    }
    found.sort((a, b) -> a.getName().compareTo(b.getName()));
    return found;
  }

  /** Returns 1 if the file had to be written, 0 if it already held these bytes. */
  private static int write(Path file, byte[] bytes) throws IOException {
    if (Files.isRegularFile(file)
        && Files.size(file) == bytes.length
        && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return 0;
    }
    Files.createDirectories(file.getParent());
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    Files.write(unfinished, bytes);
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    return 1;
  }

  /** A WARC/1.0 archive in memory, one gzip member a record; no clock, no chance (ISO 28500). */
  private static final class Warc {
    private static final String DATE = "2026-01-01T00:00:00Z";

    private final String name;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Warc(String name) throws IOException {
      this.name = name;
      byte[] fields =
          "software: Gristmill\r\nformat: WARC File Format 1.0\r\n"
              .getBytes(StandardCharsets.UTF_8);
      String head = "WARC-Filename: " + name + "\r\nContent-Type: application/warc-fields\r\n";
      out.write(member("warcinfo", head, fields));
    }

    void page(String url, String status, String type, byte[] body) throws IOException {
      out.write(response(url, status, type, body));
    }

    /** A page of whose compressed bytes one bit is wrong. */
    void damagedPage(String url, byte[] html) throws IOException {
      byte[] member = response(url, "200 OK", "text/html", html);
      member[member.length / 2] ^= 0x10;
      out.write(member);
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private static byte[] response(String url, String status, String type, byte[] body)
        throws IOException {
      String http =
          "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(status, type, body.length);
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.write(http.getBytes(StandardCharsets.US_ASCII));
      block.write(body);
      String head =
          "WARC-Target-URI: "
              + url
              + "\r\nWARC-Payload-Digest: sha256:"
              + Hash.sha256Hex(body)
              + "\r\nContent-Type: application/http; msgtype=response\r\n";
      return member("response", head, block.toByteArray());
    }

    private static byte[] member(String type, String head, byte[] block) throws IOException {
      UUID id = UUID.nameUUIDFromBytes((type + head).getBytes(StandardCharsets.UTF_8));
      String header =
          "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: %s\r\n%sContent-Length: %d\r\n\r\n"
              .formatted(type, id, DATE, head, block.length);
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      // The JDK's gzip header carries no time, which keeps the bytes the same.
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(header.getBytes(StandardCharsets.UTF_8));
        gzip.write(block);
        gzip.write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      return packed.toByteArray();
    }
  }
}
