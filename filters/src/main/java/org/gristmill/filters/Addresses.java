package org.gristmill.filters;

import java.util.Locale;

/**
 * Addresses of the Internet Protocol that belong to somebody (RFC 6890 lists those that do not).
 */
final class Addresses {
  private Addresses() {}

  /** Whether a string is a public address of IPv4 or IPv6. */
  static boolean isPublic(String match) {
    return match.indexOf(':') < 0 ? isPublic4(match.split("\\.")) : isPublic6(match);
  }

  private static boolean isPublic4(String[] parts) {
    int[] octets = new int[4];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = Integer.parseInt(parts[i]);
      if (octets[i] > 255 || parts[i].length() > 1 && parts[i].charAt(0) == '0') {
        return false;
      }
    }
    int a = octets[0];
    int b = octets[1];
    boolean reserved =
        a == 0
            || a == 10
            || a == 127
            || a >= 224
            || a == 100 && b >= 64 && b <= 127
            || a == 169 && b == 254
            || a == 172 && b >= 16 && b <= 31
            || a == 192 && (b == 168 || b == 0)
            || a == 198 && (b == 18 || b == 19 || b == 51)
            || a == 203 && b == 0 && octets[2] == 113;
    // Section numbers and versions look like addresses with small parts.
    boolean small = a < 20 && b < 20 && octets[2] < 20 && octets[3] < 20;
    return !reserved && !small;
  }

  /** Of IPv6 only what is assigned so far: 2000::/3, without the range for documentation. */
  private static boolean isPublic6(String match) {
    String[] groups = match.toLowerCase(Locale.ROOT).split(":", -1);
    boolean gap = match.contains("::");
    if (match.indexOf("::") != match.lastIndexOf("::")
        || !gap && groups.length != 8
        || match.contains(":::")) {
      return false;
    }
    String first = groups[0];
    if (first.length() != 4 || first.charAt(0) != '2' && first.charAt(0) != '3') {
      return false;
    }
    return !(first.equals("2001") && (groups[1].equals("db8") || groups[1].equals("0db8")));
  }
}
