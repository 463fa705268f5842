package org.gristmill.sources.wiki;

import java.util.Locale;
import java.util.Set;

/** What remains of a link or a language variant once its brackets are closed. */
final class WikiLinks {
  private WikiLinks() {}

  /**
   * Cuts a link that is written out from {@code start}, with its first bar at {@code bar} or -1,
   * down to its label.
   */
  static void link(StringBuilder out, int start, int bar, Set<String> namespaces) {
    int end = bar < 0 ? out.length() : bar;
    String target = out.substring(start, Math.min(end, start + 300)).strip();
    boolean shown = target.startsWith(":");
    String page = shown ? target.substring(1) : target;
    int colon = page.indexOf(':');
    String namespace = colon < 0 ? "" : page.substring(0, colon).strip();
    if (!shown && namespaces.contains(namespace.replace('_', ' ').toLowerCase(Locale.ROOT))) {
      out.setLength(start);
    } else if (!shown && bar < 0 && isLanguage(namespace)) {
      out.setLength(start);
    } else if (bar >= 0 && bar + 1 < out.length()) {
      out.delete(start, bar + 1);
    } else {
      out.setLength(end);
      if (shown) {
        out.deleteCharAt(out.indexOf(":", start));
      }
    }
  }

  /** Whether a prefix is a language code, as in links to the same article elsewhere. */
  private static boolean isLanguage(String prefix) {
    int letters = 0;
    while (letters < prefix.length()
        && prefix.charAt(letters) >= 'a'
        && prefix.charAt(letters) <= 'z') {
      letters++;
    }
    return letters >= 2
        && letters <= 3
        && (letters == prefix.length() || prefix.charAt(letters) == '-');
  }

  /** Keeps the first form of {@code -{zh-hans:…;zh-hant:…}-}; drops rules that show nothing. */
  static void variant(StringBuilder out, int start, int bar) {
    String flags = bar < 0 ? "" : out.substring(start, bar).strip();
    String body = bar < 0 ? out.substring(start) : out.substring(bar + 1);
    out.setLength(start);
    if (flags.equals("H") || flags.equals("T") || flags.equals("-")) {
      return;
    }
    int colon = body.indexOf(':');
    if (colon > 0 && body.startsWith("zh") && colon < 9) {
      int semicolon = body.indexOf(';', colon);
      body = body.substring(colon + 1, semicolon < 0 ? body.length() : semicolon);
    }
    out.append(body.strip());
  }
}
