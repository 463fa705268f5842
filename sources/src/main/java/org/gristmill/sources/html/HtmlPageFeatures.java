package org.gristmill.sources.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A page as numbers, for its type: what it is made of and what it says of itself. */
final class HtmlPageFeatures {
  private static final List<Set<String>> TYPES =
      List.of(
          Set.of("Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle"),
          Set.of("Product", "ProductGroup", "Offer", "AggregateOffer"),
          Set.of("ItemList", "CollectionPage", "SearchResultsPage", "OfferCatalog"),
          Set.of("DiscussionForumPosting", "QAPage", "Question", "Answer", "Comment"),
          Set.of("FAQPage", "HowTo"),
          Set.of("TechArticle", "APIReference", "SoftwareSourceCode"),
          Set.of("Service", "LocalBusiness", "ProfessionalService", "SoftwareApplication"),
          Set.of("Organization", "Corporation"),
          Set.of("WebSite"),
          Set.of("BreadcrumbList"));

  private static final List<String> KINDS =
      List.of("article", "product", "website", "profile", "video");

  /** Words in the path of the page's address, each group one number. */
  private static final List<Set<String>> PATHS =
      List.of(
          Set.of("forum", "forums", "thread", "threads", "topic", "viewtopic", "questions", "t"),
          Set.of("product", "products", "p", "dp", "item", "itm", "app"),
          Set.of("category", "categories", "collections", "collection", "c", "shop", "browse"),
          Set.of("tag", "topics", "archive", "courses", "jobs", "events", "news", "list", "search"),
          Set.of("docs", "doc", "documentation", "reference", "api", "guide", "manual", "wiki"),
          Set.of("blog", "article", "articles", "story", "post", "posts", "magazine"),
          Set.of("services", "service", "solutions", "about", "pricing", "features", "platform"));

  private static final HtmlHint[] COUNTED = {
    HtmlHint.ARTICLE, HtmlHint.COMMENT, HtmlHint.POST, HtmlHint.REPLY, HtmlHint.QUOTE,
    HtmlHint.PRODUCT, HtmlHint.PRICE, HtmlHint.CART, HtmlHint.SPECS, HtmlHint.REVIEW,
    HtmlHint.CARD, HtmlHint.LIST, HtmlHint.BYLINE, HtmlHint.DATE, HtmlHint.HERO,
    HtmlHint.SEARCH, HtmlHint.CTA, HtmlHint.FAQ, HtmlHint.TOC, HtmlHint.CODE,
    HtmlHint.SERVICE, HtmlHint.DOCS, HtmlHint.BUTTON, HtmlHint.FORM, HtmlHint.NOT_SHOWN
  };

  private final HtmlMeasures m;
  private final HtmlHead head;
  private final List<Float> row = new ArrayList<>();

  HtmlPageFeatures(HtmlMeasures measures, HtmlHead head) {
    m = measures;
    this.head = head;
  }

  float[] row() {
    shape();
    groups();
    hints();
    says();
    float[] all = new float[row.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = row.get(i);
    }
    return all;
  }

  private void put(double value) {
    row.add((float) value);
  }

  private static double share(double part, double whole) {
    return whole <= 0 ? 0 : part / whole;
  }

  private void shape() {
    int n = m.blocks.count;
    double[] kinds = new double[7];
    int running = 0;
    int currency = 0;
    int sentences = 0;
    int digits = 0;
    int questions = 0;
    double[] says = new double[HtmlPhrase.values().length];
    for (int b = 0; b < n; b++) {
      HtmlWords w = m.words[b];
      HtmlTag tag = m.tree.tag(m.blocks.around[b]);
      kinds[kind(tag)] += w.size;
      running += HtmlMeasures.isRunning(w) ? 1 : 0;
      currency += w.currency > 0 ? 1 : 0;
      sentences += w.sentences;
      digits += w.digits;
      questions += tag.headingLevel() > 0 ? 1 : 0;
      for (int p = 0; p < says.length; p++) {
        says[p] += w.phrases >> p & 1;
      }
    }
    int total = m.size[0];
    put(Math.log1p(total));
    put(Math.log1p(n));
    put(share(m.linked[0], total));
    put(share(m.running[0], total));
    put(Math.log1p(m.running[0]));
    put(Math.log1p(running));
    put(Math.log1p(currency));
    put(share(currency, n));
    put(share(100.0 * sentences, total));
    put(share(digits, total));
    put(Math.log1p(questions));
    put(share(m.running[0], running));
    for (double kind : kinds) {
      put(share(kind, total));
    }
    for (double say : says) {
      put(Math.log1p(say));
    }
  }

  private static int kind(HtmlTag tag) {
    return switch (tag) {
      case P -> 0;
      case LI -> 1;
      case TD, TH -> 2;
      case PRE -> 3;
      case H1, H2, H3, H4, H5, H6 -> 4;
      case DT, DD -> 5;
      default -> 6;
    };
  }

  /** Of the two groups of look-alikes that hold most, and most outside links. */
  private void groups() {
    int most = 0;
    int free = 0;
    for (int g = 0; g < m.members.length; g++) {
      if (m.members[g] >= 3) {
        most = m.members[most] < 3 || m.groupSize[g] > m.groupSize[most] ? g : most;
        free = m.members[free] < 3 || m.groupRunning[g] > m.groupRunning[free] ? g : free;
      }
    }
    for (int g : new int[] {most, free}) {
      boolean there = m.members[g] >= 3;
      put(there ? Math.log1p(m.members[g]) : 0);
      put(there ? Math.log1p(share(m.groupSize[g], m.members[g])) : 0);
      put(there ? share(m.groupLinked[g], m.groupSize[g]) : 0);
      put(there ? share(m.groupRunning[g], m.groupSize[g]) : 0);
      put(there ? share(m.groupSize[g], m.size[0]) : 0);
    }
  }

  private void hints() {
    int[] counts = new int[64];
    int[] sizes = new int[64];
    int codes = 0;
    for (int i = 1; i < m.tree.length(); i++) {
      codes += m.tree.tag(i) == HtmlTag.PRE || m.tree.tag(i) == HtmlTag.CODE ? 1 : 0;
      for (long h = m.tree.hints(i); h != 0; h &= h - 1) {
        counts[Long.numberOfTrailingZeros(h)]++;
        sizes[Long.numberOfTrailingZeros(h)] += m.size[i];
      }
    }
    put(Math.log1p(codes));
    for (HtmlHint hint : COUNTED) {
      put(Math.log1p(counts[hint.ordinal()]));
      put(Math.min(3, share(sizes[hint.ordinal()], m.size[0])));
      put(m.tree.hints(0) >> hint.ordinal() & 1);
    }
  }

  private void says() {
    for (String kind : KINDS) {
      put(head.meta("og:type").startsWith(kind) ? 1 : 0);
    }
    for (Set<String> types : TYPES) {
      put(types.stream().anyMatch(head.types()::contains) ? 1 : 0);
    }
    put(head.meta("article:published_time").isEmpty() ? 0 : 1);
    put(head.meta("author").isEmpty() && head.property("author.name").isEmpty() ? 0 : 1);
    put(head.property("datePublished").isEmpty() ? 0 : 1);
    String url = head.link("canonical").isEmpty() ? head.meta("og:url") : head.link("canonical");
    String path = url.replaceFirst("^[a-z]+://[^/]*", "").toLowerCase(Locale.ROOT);
    put(url.isEmpty() ? -1 : path.chars().filter(c -> c == '/').count());
    put(path.chars().filter(c -> c == '-').count());
    put(path.chars().filter(Character::isDigit).count());
    put(url.isEmpty() ? -1 : path.length() < 2 ? 1 : 0);
    Set<String> parts = new java.util.HashSet<>(List.of(path.split("[/.?=&_]+")));
    for (Set<String> words : PATHS) {
      put(words.stream().anyMatch(parts::contains) ? 1 : 0);
    }
  }
}
