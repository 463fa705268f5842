package org.gristmill.filters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Block;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;
import org.gristmill.core.Text;

/**
 * Finds personal data and secrets in a text, and drops the document, masks or replaces them.
 *
 * <p>Numbers with a check sum must pass it; the others must have the shape that their issuers
 * define. {@code pii.KIND} is how many of a kind there are, and {@link Findings#spans} says where
 * they stand in the text as it was.
 *
 * @param kinds what is looked for
 * @param action what becomes of a document in which something is found
 */
@Block(does = "Finds personal data and secrets, and drops, masks or replaces them.", version = 1)
public record Pii(
    @Setting(
            does =
                "What is looked for: email, phone, ip, card, iban, resident-id, ssn, api-key,"
                    + " private-key.")
        List<Kind> kinds,
    @Setting(does = "What becomes of it: drop, mask, replace or count.") Action action)
    implements Measured {

  /** What can be found. */
  public enum Kind {
    /** An address of mail. */
    EMAIL,
    /** A telephone number: international with +, Chinese, or of North America with its marks. */
    PHONE,
    /** A public address of IPv4 or IPv6. */
    IP,
    /** A payment card: 14 to 19 digits of a known issuer whose check digit is right (Luhn). */
    CARD,
    /** An international bank account (ISO 13616), of its country's length, right modulo 97. */
    IBAN,
    /** A Chinese resident identity number (GB 11643), its date and check digit right. */
    RESIDENT_ID,
    /** A social security number of the United States, with hyphens, in an issued range. */
    SSN,
    /** A key of a service that marks its keys. */
    API_KEY,
    /** A private key in PEM. */
    PRIVATE_KEY;

    /** Its name in settings and numbers. */
    String shown() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** What becomes of what is found. */
  public enum Action {
    /** The document is dropped. */
    DROP,
    /** Each letter and digit becomes an asterisk. */
    MASK,
    /** It becomes {@code <KIND-n>}; equal values of a document have equal n. */
    REPLACE,
    /** Nothing; it is counted. */
    COUNT
  }

  /** Everything is looked for and replaced. */
  public static final Pii DEFAULT = new Pii(List.of(Kind.values()), Action.REPLACE);

  public Pii {
    kinds = List.copyOf(kinds);
    if (kinds.isEmpty()) {
      throw new SettingError("kinds", "must not be empty");
    }
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    List<Findings.Span> spans =
        PiiScan.spans(scan.bytes()).stream().filter(s -> kinds.contains(kindOf(s))).toList();
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    spans.forEach(span -> counts.merge(kindOf(span), 1, Integer::sum));
    Rules rules = new Rules("pii");
    kinds.forEach(kind -> rules.number(kind.shown(), counts.getOrDefault(kind, 0)));
    return new Findings(rules.findings().numbers(), "", spans);
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("pii", found);
    if (action == Action.DROP) {
      kinds.forEach(kind -> rules.atMost(kind.shown(), 0));
    }
    return rules.verdict();
  }

  @Override
  public Verdict judge(Document document, Scan scan) {
    Findings found = measure(document, scan, Tongue.ENGLISH);
    boolean rewrites = action == Action.MASK || action == Action.REPLACE;
    return rewrites && !found.spans().isEmpty()
        ? new Verdict.Rewrite(
            "pii." + action.name().toLowerCase(java.util.Locale.ROOT),
            rewritten(scan.bytes(), found.spans()),
            found)
        : decide(found, Tongue.ENGLISH);
  }

  private static Kind kindOf(Findings.Span span) {
    return Kind.valueOf(span.what());
  }

  private Text rewritten(byte[] text, List<Findings.Span> spans) {
    StringBuilder left = new StringBuilder();
    Map<Kind, List<String>> values = new EnumMap<>(Kind.class);
    int at = 0;
    for (Findings.Span span : spans) {
      left.append(string(text, at, span.start()));
      String value = string(text, span.start(), span.end());
      if (action == Action.MASK) {
        value
            .codePoints()
            .forEach(c -> left.appendCodePoint(Character.isLetterOrDigit(c) ? '*' : c));
      } else {
        List<String> seen = values.computeIfAbsent(kindOf(span), k -> new ArrayList<>());
        if (!seen.contains(value)) {
          seen.add(value);
        }
        left.append('<')
            .append(kindOf(span))
            .append('-')
            .append(seen.indexOf(value) + 1)
            .append('>');
      }
      at = span.end();
    }
    left.append(string(text, at, text.length));
    return Text.of(left.toString());
  }

  private static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}
