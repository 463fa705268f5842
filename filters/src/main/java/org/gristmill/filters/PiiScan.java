package org.gristmill.filters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where personal data and secrets stand in a text. Patterns say where to look; check sums and
 * ranges decide.
 */
final class PiiScan {
  private static final String NO_WORD_BEFORE = "(?<![A-Za-z0-9])";
  private static final String NO_WORD_AFTER = "(?![A-Za-z0-9])";

  /** A kind, its pattern, and what a match must be. The first kinds win where they overlap. */
  private record Rule(Pii.Kind kind, Pattern pattern, Predicate<String> check) {}

  private static final List<Rule> RULES =
      List.of(
          rule(
              Pii.Kind.PRIVATE_KEY,
              "-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
                  + "(?:[A-Za-z0-9+/=\\s:,.\\\\-]{0,16000}?"
                  + "-----END (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----)?",
              m -> true),
          rule(
              Pii.Kind.API_KEY,
              NO_WORD_BEFORE
                  + "(?:(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36}"
                  + "|github_pat_[A-Za-z0-9_]{60,90}|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10,80}"
                  + "|AIza[A-Za-z0-9_-]{35}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,99}"
                  + "|sk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,160}|hf_[A-Za-z0-9]{34}|npm_[A-Za-z0-9]{36}"
                  + "|SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}|pypi-[A-Za-z0-9_-]{50,200}"
                  + "|LTAI[A-Za-z0-9]{12,20}|eyJ[A-Za-z0-9_-]{10,400}\\.eyJ[A-Za-z0-9_-]{10,900}\\.[A-Za-z0-9_-]{20,400})"
                  + NO_WORD_AFTER,
              PiiScan::looksRandom),
          rule(
              Pii.Kind.EMAIL,
              "(?<![A-Za-z0-9._%+-])[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,62}[A-Za-z0-9_+-])?@"
                  + "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.){1,8}[A-Za-z]{2,24}"
                  + NO_WORD_AFTER,
              m -> !m.contains("..")),
          rule(
              Pii.Kind.IBAN,
              NO_WORD_BEFORE
                  + "[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?"
                  + NO_WORD_AFTER,
              CheckSums::isIban),
          rule(
              Pii.Kind.RESIDENT_ID,
              NO_WORD_BEFORE
                  + "[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{5}[0-9Xx]"
                  + NO_WORD_AFTER,
              CheckSums::isResidentId),
          rule(
              Pii.Kind.CARD,
              "(?<![A-Za-z0-9.,-])(?:[3-6][0-9]{3}(?:[ -]?[0-9]{4}){2}[ -]?[0-9]{1,7}"
                  + "|3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}|2[2-7][0-9]{2}(?:[ -]?[0-9]{4}){3})"
                  + "(?![A-Za-z0-9]|[.,-][0-9])",
              CheckSums::isCard),
          rule(
              Pii.Kind.SSN,
              "(?<![A-Za-z0-9-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![A-Za-z0-9-])",
              m -> !m.equals("123-45-6789") && !m.equals("078-05-1120")),
          rule(
              Pii.Kind.PHONE,
              "(?<![A-Za-z0-9+./_-])(?:"
                  + "\\+[1-9][0-9]{0,2}[ .-]?(?:\\(0?[0-9]{1,4}\\)[ .-]?)?[0-9]{1,5}(?:[ .-]?[0-9]{2,4}){2,4}"
                  + "|(?:\\(0(?:10|2[0-9]|[3-9][0-9]{2})\\) ?|0(?:10|2[0-9]|[3-9][0-9]{2})[ -])"
                  + "[2-9][0-9]{2,3}[ -]?[0-9]{4}"
                  + "|0086[ -]?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
                  + "|1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
                  + "|[48]00[ -][0-9]{3,4}[ -][0-9]{3,4}"
                  + "|(?:1[ .-])?(?:\\([2-9][0-9]{2}\\) ?|[2-9][0-9]{2}[.-])[2-9][0-9]{2}[.-][0-9]{4}"
                  + ")(?![A-Za-z0-9]|[.,:/-][0-9])",
              PiiScan::isPhone),
          rule(
              Pii.Kind.IP,
              "(?<![A-Za-z0-9.:/-])(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|"
                  + "[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![A-Za-z0-9:/-]|\\.[0-9])",
              Addresses::isPublic));

  private PiiScan() {}

  private static Rule rule(Pii.Kind kind, String pattern, Predicate<String> check) {
    return new Rule(kind, Pattern.compile(pattern), check);
  }

  /** What stands in a text, in its order, without overlaps. */
  static List<Findings.Span> spans(byte[] text) {
    if (!mayHold(text)) {
      return List.of();
    }
    String string = new String(text, StandardCharsets.UTF_8);
    TreeMap<Integer, Integer> taken = new TreeMap<>(); // ends by starts, without overlaps
    List<Findings.Span> found = new ArrayList<>();
    int[] bytes = byteOffsets(string);
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(string);
      while (matcher.find()) {
        int start = matcher.start();
        int end = matcher.end();
        Map.Entry<Integer, Integer> before = taken.lowerEntry(end);
        boolean free = before == null || before.getValue() <= start;
        if (free && rule.check().test(matcher.group())) {
          taken.put(start, end);
          found.add(new Findings.Span(rule.kind().name(), bytes[start], bytes[end]));
        }
      }
    }
    found.sort(Comparator.comparingInt(Findings.Span::start));
    return found;
  }

  /** Whether there is an at sign, an underscore or a digit, or the mark of a private key. */
  private static boolean mayHold(byte[] text) {
    for (byte b : text) {
      if (b == '@' || b == '_' || b >= '0' && b <= '9') {
        return true;
      }
    }
    return new String(text, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY");
  }

  private static int[] byteOffsets(String string) {
    int[] offsets = new int[string.length() + 1];
    int at = 0;
    for (int i = 0; i < string.length(); i++) {
      offsets[i] = at;
      char c = string.charAt(i);
      at +=
          c < 0x80
              ? 1
              : c < 0x800
                  ? 2
                  : Character.isHighSurrogate(c) ? 4 : Character.isLowSurrogate(c) ? 0 : 3;
    }
    offsets[string.length()] = at;
    return offsets;
  }

  /** Keys are random, and no placeholder; what begins as loosely as sk- has digits as well. */
  private static boolean looksRandom(String key) {
    long different = key.chars().distinct().count();
    boolean digit = key.chars().anyMatch(c -> c >= '0' && c <= '9');
    String upper = key.toUpperCase(java.util.Locale.ROOT);
    return different >= 8
        && (digit || !key.startsWith("sk-"))
        && !upper.contains("EXAMPLE")
        && !upper.contains("XXXX");
  }

  private static boolean isPhone(String match) {
    String digits = match.replaceAll("[^0-9]", "");
    boolean repeated = digits.chars().distinct().count() < 3;
    return digits.length() >= 8 && digits.length() <= 15 && !repeated;
  }
}
