package org.gristmill.sources.html;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the class and the id of an element say it is. */
enum HtmlLabel {
  /** Something else than the content. */
  OTHER(
      "comments?|commentlist|disqus|replies|respond|related|recommended|recommendations?",
      "recirc|sidebars?|share|sharing|sharethis|shares|addthis|social|newsletters?|cookies?",
      "gdpr|consent|breadcrumbs?|promos?|promotions?|sponsors?|sponsored|advert|adverts",
      "advertisements?|ads?|adsense|adslot|outbrain|taboola|pagination|pager|paging|subscribe",
      "subscription|signup|signin|login|popup|modal|paywall|navigation|navbar|nav|topnav",
      "menus?|dropdown|skip|disclaimer|trending|popular|mostread|readmore|masthead|toolbar",
      "offscreen|hidden|sr|screenreader|metadata|infobox|vcard|byline|authorbox|bio"),
  /** Something else, unless it is the content too. */
  MAYBE(
      "header|footer|foot|banner|widgets?|tags?|meta|tools|extra|links?|print|rss|top|bottom",
      "left|right|rail|secondary|aux|legal|copyright|credits?|buttons?|caption|captions",
      "gallery|carousel|slideshow|slider|teasers?|categories|archives?|calendar|ratings?",
      "votes?|author|date|timestamp|dateline|tweet|twitter|facebook"),
  /** The content. */
  CONTENT(
      "articles?|body|contents?|main|entry|hentry|posts?|text|story|column|page|blog|wrapper",
      "container");

  private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final Pattern pattern;

  HtmlLabel(String... alternatives) {
    pattern = Pattern.compile("(?<![a-z])(?:" + String.join("|", alternatives) + ")(?![a-z])");
  }

  /** All that apply to an element of these names, separated by blanks. */
  static Set<HtmlLabel> of(String names) {
    String words = CAMEL.matcher(names).replaceAll(" ").toLowerCase(Locale.ROOT);
    Set<HtmlLabel> labels = EnumSet.noneOf(HtmlLabel.class);
    for (HtmlLabel label : values()) {
      if (label.pattern.matcher(words).find()) {
        labels.add(label);
      }
    }
    return labels;
  }
}
