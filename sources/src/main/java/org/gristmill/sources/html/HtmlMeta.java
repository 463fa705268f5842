package org.gristmill.sources.html;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page says of its text: who wrote it, when, under which address and licence. */
final class HtmlMeta {
  private static final Pattern DATE =
      Pattern.compile("(?<![0-9])((?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])");
  private static final Pattern LICENCE =
      Pattern.compile(
          "(?i)https?://(?:creativecommons\\.org/(?:licenses|publicdomain)/"
              + "|www\\.gnu\\.org/(?:licenses|copyleft)/|opensource\\.org/licenses?/)[^\\s\"'<>]*");
  private static final int LONGEST = 300;

  private HtmlMeta() {}

  /**
   * The meta of a document; what the page does not say is not there.
   *
   * @param headline the text of the block that is the page's title, empty if none is
   */
  static Map<String, String> of(HtmlHead head, HtmlTree tree, String headline) {
    Map<String, String> meta = new TreeMap<>();
    put(
        meta,
        "title",
        first(headline, head.meta("og:title"), head.property("headline"), head.title()));
    put(meta, "html-lang", head.language());
    put(
        meta,
        "author",
        first(
            head.property("author.name"),
            name(head.meta("author")),
            name(head.meta("article:author")),
            name(head.meta("parsely-author")),
            name(head.meta("dc.creator")),
            name(head.property("author"))));
    put(
        meta,
        "published",
        date(
            head.property("datePublished"),
            head.meta("article:published_time"),
            head.meta("datepublished"),
            head.meta("date"),
            head.meta("dc.date"),
            head.meta("dcterms.created"),
            head.meta("pubdate"),
            head.meta("parsely-pub-date"),
            head.property("dateCreated"),
            time(tree)));
    put(meta, "canonical", first(head.link("canonical"), head.meta("og:url")));
    put(meta, "licence", licence(head, tree));
    return meta;
  }

  private static void put(Map<String, String> meta, String name, String value) {
    String line = value.strip().replaceAll("\\s+", " ");
    if (!line.isEmpty()) {
      meta.put(name, line.length() > LONGEST ? line.substring(0, LONGEST) : line);
    }
  }

  private static String first(String... values) {
    return List.of(values).stream().filter(v -> !v.isBlank()).findFirst().orElse("");
  }

  /** No name if it is an address. */
  private static String name(String author) {
    return author.startsWith("http") || author.startsWith("/") ? "" : author;
  }

  private static String date(String... values) {
    for (String value : values) {
      Matcher date = DATE.matcher(value);
      if (date.find()) {
        return date.group(1);
      }
    }
    return "";
  }

  private static String time(HtmlTree tree) {
    for (int i = 0; i < tree.length(); i++) {
      if (tree.tag(i) == HtmlTag.TIME && DATE.matcher(tree.attribute(i, "datetime")).find()) {
        return tree.attribute(i, "datetime");
      }
    }
    return "";
  }

  private static String licence(HtmlHead head, HtmlTree tree) {
    String said = first(head.link("license"), head.property("license"), head.meta("dc.rights"));
    if (said.startsWith("http") || said.startsWith("//")) {
      return said;
    }
    String found = "";
    for (int i = 0; i < tree.length(); i++) {
      if (tree.tag(i) == HtmlTag.A) {
        String href = tree.attribute(i, "href");
        if (tree.attribute(i, "rel").contains("license")) {
          return href;
        }
        found = found.isEmpty() && LICENCE.matcher(href).matches() ? href : found;
      }
    }
    return found;
  }
}
