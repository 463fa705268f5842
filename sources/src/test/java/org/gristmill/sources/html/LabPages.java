package org.gristmill.sources.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.gristmill.sources.web.PageView;
import org.jsoup.Jsoup;

/** Reads the collections of pages that the extractor is trained and measured on. */
final class LabPages {
  private static final Pattern SECOND_LEVEL =
      Pattern.compile("(?:co|com|org|net|ac|gov|edu|gob|or|ne|go|gv|nic|web)\\.[a-z]{2}");
  private static final Pattern CANONICAL =
      Pattern.compile(
          "(?i)(?:rel=[\"']?canonical[\"']?\\s+href=|property=[\"']?og:url[\"']?\\s+content=)"
              + "[\"']?([^\"'\\s>]+)");

  private final Path folder;
  private final Consumer<LabPage> out;

  private LabPages(Path folder, Consumer<LabPage> out) {
    this.folder = folder;
    this.out = out;
  }

  /** Hands over all pages below a folder of collections, in a fixed order. */
  static void read(Path folder, Consumer<LabPage> out) throws IOException {
    LabPages pages = new LabPages(folder, out);
    pages.wcxb();
    pages.scrapinghub();
    pages.cleaneval();
    pages.trafilatura();
    pages.readability();
    pages.licensedb();
  }

  /** Registrable domain of an address, by a short list of second-level domains. */
  static String site(String url) {
    String host = url.replaceFirst("^[a-z]+://", "").replaceFirst("[/:?#].*$", "");
    String[] labels = host.toLowerCase(java.util.Locale.ROOT).split("\\.");
    int n = labels.length;
    if (n < 2) {
      return host;
    }
    String two = labels[n - 2] + "." + labels[n - 1];
    return n > 2 && SECOND_LEVEL.matcher(two).matches() ? labels[n - 3] + "." + two : two;
  }

  private void wcxb() throws IOException {
    byte[] lines = gunzip(folder.resolve("wcxb/ground-truth.jsonl.gz"));
    for (String line : new String(lines, StandardCharsets.UTF_8).split("\n")) {
      Map<?, ?> page = (Map<?, ?>) json(line);
      Map<?, ?> truth = (Map<?, ?>) page.get("ground_truth");
      Map<?, ?> internal = (Map<?, ?>) page.get("_internal");
      String type = (String) ((Map<?, ?>) internal.get("page_type")).get("primary");
      String id = (String) page.get("file_id");
      String html = html(folder.resolve("wcxb/html/" + id + ".html.gz"));
      String url = page.get("url") instanceof String s ? s : canonical(html, id + ".wcxb");
      Optional<String> text =
          Optional.ofNullable((String) truth.get("main_content")).filter(t -> !t.isBlank());
      out.accept(
          new LabPage(
              "wcxb",
              id,
              type,
              site(url),
              html,
              text,
              strings(truth.get("with")),
              strings(truth.get("without"))));
    }
  }

  private void scrapinghub() throws IOException {
    Path set = folder.resolve("scrapinghub");
    Map<?, ?> all = (Map<?, ?>) json(Files.readString(set.resolve("ground-truth.json")));
    for (Map.Entry<?, ?> entry : new TreeMap<>(all).entrySet()) {
      Path file = set.resolve("html/" + entry.getKey() + ".html.gz");
      if (Files.exists(file)) {
        Map<?, ?> page = (Map<?, ?>) entry.getValue();
        accept(
            "scrapinghub",
            (String) entry.getKey(),
            site((String) page.get("url")),
            html(file),
            (String) page.get("articleBody"));
      }
    }
  }

  private void cleaneval() throws IOException {
    for (Path file : files(folder.resolve("cleaneval/clean"))) {
      String id = file.getFileName().toString().replaceFirst("\\.txt\\.gz$", "");
      String truth = new String(gunzip(file), StandardCharsets.UTF_8);
      int first = truth.indexOf('\n');
      String url = truth.substring(0, Math.max(0, first)).replaceFirst("^URL:\\s*", "");
      String text = truth.substring(first + 1).replaceAll("<(?:p|h|l)>", " ");
      accept(
          "cleaneval",
          id,
          site(url),
          html(folder.resolve("cleaneval/html/" + id + ".html.gz")),
          text);
    }
  }

  private void trafilatura() throws IOException {
    Path set = folder.resolve("trafilatura");
    Map<?, ?> all = (Map<?, ?>) json(Files.readString(set.resolve("evaldata.json")));
    for (Map.Entry<?, ?> entry : new TreeMap<>(all).entrySet()) {
      Map<?, ?> page = (Map<?, ?>) entry.getValue();
      Path file = set.resolve("html/" + page.get("file") + ".gz");
      if (Files.exists(file)) {
        out.accept(
            new LabPage(
                "trafilatura",
                (String) page.get("file"),
                "",
                site((String) entry.getKey()),
                html(file),
                Optional.empty(),
                strings(page.get("with")),
                strings(page.get("without"))));
      }
    }
  }

  private void readability() throws IOException {
    for (Path page : files(folder.resolve("readability"))) {
      Optional<Path> source = named(page, "source.html");
      Optional<Path> wanted = named(page, "expected.html");
      if (source.isPresent() && wanted.isPresent()) {
        String html = html(source.get());
        String id = page.getFileName().toString();
        accept(
            "readability",
            id,
            site(canonical(html, id + ".readability")),
            html,
            Jsoup.parse(html(wanted.get())).wholeText());
      }
    }
  }

  private void licensedb() throws IOException {
    Path texts = folder.resolve("../../neardup/licenses/text").normalize();
    for (Path file : files(folder.resolve("licensedb-html"))) {
      String id = file.getFileName().toString().replaceFirst("\\.html\\.gz$", "");
      Optional<Path> text = named(texts, id + ".txt");
      if (text.isPresent()) {
        accept("licensedb", id, "aboutcode.org", html(file), html(text.get()));
      }
    }
  }

  private static Optional<Path> named(Path folder, String name) {
    return Stream.of(folder.resolve(name), folder.resolve(name + ".gz"))
        .filter(Files::exists)
        .findFirst();
  }

  private void accept(String set, String id, String site, String html, String truth) {
    Optional<String> text = Optional.of(truth).filter(t -> !t.isBlank());
    out.accept(new LabPage(set, id, "", site, html, text, List.of(), List.of()));
  }

  private static String canonical(String html, String otherwise) {
    Matcher matcher = CANONICAL.matcher(html);
    return matcher.find() && matcher.group(1).contains("://") ? matcher.group(1) : otherwise;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String html(Path file) throws IOException {
    byte[] page = gunzip(file);
    return PageView.decoded(page).orElseGet(() -> new String(page, StandardCharsets.UTF_8));
  }

  private static byte[] gunzip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!file.toString().endsWith(".gz")) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static List<String> strings(Object list) {
    return list instanceof List<?> l ? l.stream().map(String.class::cast).toList() : List.of();
  }

  /** JSON as maps, lists and strings; numbers and the rest as their text. */
  private static Object json(String text) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      return value(json, json.nextToken());
    }
  }

  private static Object value(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> map = new TreeMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        map.put(name, value(json, json.nextToken()));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
        list.add(value(json, t));
      }
      return list;
    }
    return token == JsonToken.VALUE_NULL ? null : json.getText();
  }
}
