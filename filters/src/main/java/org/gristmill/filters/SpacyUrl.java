package org.gristmill.filters;

/**
 * Whether a string is an address of the web as spaCy's splitter understands it: perhaps a scheme,
 * perhaps a user, a public IPv4 address or a host with a domain in lower case, perhaps a port and a
 * path.
 */
final class SpacyUrl {
  private static final int MAX_LABEL = 64;
  private static final int MAX_DOMAIN = 63;

  private final SpacyRules rules;
  private final int[] cps;
  private final int to;

  private SpacyUrl(SpacyRules rules, int[] cps, int to) {
    this.rules = rules;
    this.cps = cps;
    this.to = to;
  }

  /** Whether a string of code points is an address. */
  static boolean matches(SpacyRules rules, int[] cps, int from, int to) {
    boolean stop = false;
    for (int i = from; i < to && !stop; i++) {
      stop = cps[i] == '.';
    }
    return stop && new SpacyUrl(rules, cps, to).matches(from);
  }

  private boolean matches(int from) {
    int scheme = from;
    while (scheme < to && isSchemeChar(cps[scheme])) {
      scheme++;
    }
    boolean hasScheme =
        scheme - from >= 2
            && scheme + 2 < to
            && cps[scheme] == ':'
            && cps[scheme + 1] == '/'
            && cps[scheme + 2] == '/';
    return hasScheme && afterScheme(scheme + 3) || afterScheme(from);
  }

  private static boolean isSchemeChar(int cp) {
    return cp == '+'
        || cp == '-'
        || cp == '.'
        || cp == '_'
        || Character.isLetterOrDigit(cp)
        || isOtherNumber(cp);
  }

  /** Python's word characters are those for which {@code isalnum} holds, and the underscore. */
  private static boolean isOtherNumber(int cp) {
    int type = Character.getType(cp);
    return type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
  }

  private boolean afterScheme(int from) {
    if (host(from)) {
      return true;
    }
    for (int i = from + 1; i < to; i++) {
      if (cps[i] == '@' && host(i + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean host(int from) {
    return address(from) || domain(from);
  }

  private boolean domain(int from) {
    int label = from;
    int i = from;
    while (i < to) {
      if (cps[i] == '.') {
        if (!isLabel(label, i)) {
          return false;
        }
        label = i + 1;
        if (isTop(label)) {
          return true;
        }
      } else if (!isHostChar(cps[i]) && cps[i] != '-' && cps[i] != '_') {
        return false;
      }
      i++;
    }
    return false;
  }

  private boolean isLabel(int start, int end) {
    return end > start
        && end - start <= MAX_LABEL
        && isHostChar(cps[start])
        && isHostChar(cps[end - 1]);
  }

  private static boolean isHostChar(int cp) {
    return cp < 0x80
        ? ScriptCounts.isAsciiLetter(cp) || SpacyRules.isDigit(cp)
        : cp >= 0xA1 && cp <= 0xFFFF;
  }

  /** Whether a top-level domain stands there, and behind it only what may follow a host. */
  private boolean isTop(int start) {
    int end = start;
    while (end < to && (rules.of(cps[end]) & SpacyRules.LOWER) != 0) {
      end++;
    }
    return end - start >= 2 && end - start <= MAX_DOMAIN && rest(end);
  }

  /** Nothing, or a port of two to five digits, or a path, or both. */
  private boolean rest(int at) {
    int i = at;
    if (i < to && cps[i] == ':') {
      i++;
      while (i < to && Character.isDigit(cps[i])) {
        i++;
      }
      if (i - at - 1 < 2 || i - at - 1 > 5) {
        return false;
      }
    }
    return i == to || cps[i] == '/' || cps[i] == '?' || cps[i] == '#';
  }

  private boolean address(int from) {
    int[] octets = new int[4];
    int i = from;
    for (int o = 0; o < octets.length; o++) {
      if (o > 0 && (i >= to || cps[i++] != '.')) {
        return false;
      }
      int start = i;
      while (i < to && i < start + 3 && SpacyRules.isDigit(cps[i])) {
        octets[o] = octets[o] * 10 + cps[i++] - '0';
      }
      boolean outer = o == 0 || o == octets.length - 1;
      if (i == start || outer && cps[start] == '0') {
        return false;
      }
    }
    return octets[0] <= 223
        && octets[1] <= 255
        && octets[2] <= 255
        && octets[3] <= 254
        && !isPrivate(octets)
        && rest(i);
  }

  private static boolean isPrivate(int[] octets) {
    return octets[0] == 10
        || octets[0] == 127
        || octets[0] == 169 && octets[1] == 254
        || octets[0] == 192 && octets[1] == 168
        || octets[0] == 172 && octets[1] >= 16 && octets[1] <= 31;
  }
}
