package org.gristmill.filters;

import com.ibm.icu.text.IDNA;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Document;
import org.gristmill.core.Setting;
import org.gristmill.core.SettingError;

/**
 * Drops documents by their address: a host that a list names, or too many words of another list.
 *
 * <p>A listed domain stands for itself and all below it: {@code example.com} for {@code
 * www.example.com} and not for {@code anexample.com}. Names are compared as UTS #46 writes them in
 * ASCII. A name without a dot is refused, since it would stand for a whole top-level domain; any
 * other suffix ({@code co.uk}) stands for all below it too. Words are what stands between
 * characters of an address that are neither letters nor digits, in lower case; each counts once. An
 * address without {@code ://} has no host, and {@code url-block.host} is 0.
 *
 * @param domains host names and IP addresses, one a line; the default is none
 * @param words words, one a line; the default is none
 * @param maxWords most different words of the list that an address may have, inclusive
 */
@Block(does = "Drops documents whose address is on a list.", version = 1, libraries = "icu")
public record UrlBlock(
    @Setting(does = "File of domains, one a line; each blocks those below it.") ListFile domains,
    @Setting(does = "File of words, one a line.") ListFile words,
    @Setting(
            does = "Most different words that an address may have.",
            unit = "words",
            min = 0,
            decides = true)
        int maxWords)
    implements Measured {
  private static final IDNA ASCII = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);
  private static final Map<ListFile, Set<String>> DOMAINS = new ConcurrentHashMap<>();
  private static final Map<ListFile, Set<String>> WORDS = new ConcurrentHashMap<>();

  /** No list; of words one is enough. */
  public static final UrlBlock DEFAULT = new UrlBlock(ListFile.NONE, ListFile.NONE, 0);

  /**
   * @throws SettingError if a list is not what it should be
   */
  public UrlBlock {
    Bounds.atLeast("maxWords", maxWords, 0);
    domains(domains);
    words(words);
  }

  private static Set<String> domains(ListFile file) {
    return DOMAINS.computeIfAbsent(
        file,
        f -> {
          Set<String> domains = new HashSet<>();
          for (ListFile.Entry entry : f.entries("domains")) {
            String text = entry.text();
            String name = ascii(text.startsWith("*.") ? text.substring(2) : text);
            if (!name.matches("\\[[0-9a-f:.]+\\]|[\\w-]+(\\.[\\w-]+)+")) {
              throw f.refused("domains", entry, "must be domains with a dot, one a line");
            }
            domains.add(name);
          }
          return domains;
        });
  }

  private static Set<String> words(ListFile file) {
    return WORDS.computeIfAbsent(
        file,
        f -> {
          Set<String> words = new HashSet<>();
          for (ListFile.Entry entry : f.entries("words")) {
            List<String> parts = parts(entry.text());
            if (parts.size() != 1 || !parts.get(0).equals(lower(entry.text()))) {
              throw f.refused("words", entry, "must be letters and digits, one word a line");
            }
            words.add(parts.get(0));
          }
          return words;
        });
  }

  @Override
  public Findings measure(Document document, Scan scan, Tongue tongue) {
    String host = host(document.url().strip());
    Set<String> found = new HashSet<>(parts(document.url()));
    found.retainAll(words(words));
    Rules rules = new Rules("url-block");
    rules.number("host", host.isEmpty() ? 0 : 1);
    rules.number("domain", isListed(host) ? 1 : 0);
    rules.number("words", found.size());
    return rules.findings();
  }

  @Override
  public Verdict decide(Findings found, Tongue tongue) {
    Rules rules = new Rules("url-block", found);
    rules.atMost("domain", 0);
    rules.atMost("words", maxWords);
    return rules.verdict();
  }

  private boolean isListed(String host) {
    Set<String> listed = domains(domains);
    for (int from = 0; from >= 0; from = host.indexOf('.', from + 1)) {
      if (listed.contains(host.substring(from == 0 ? 0 : from + 1))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> parts(String url) {
    return List.of(lower(url).split("[^\\p{L}\\p{M}\\p{Nd}]+")).stream()
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private static String lower(String string) {
    return string.toLowerCase(Locale.ROOT);
  }

  /** The host of an address as browsers find it, empty if it has none. */
  static String host(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 1 || !url.substring(0, scheme).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
      return "";
    }
    String authority = url.substring(scheme + 3).split("[/?#\\\\]", 2)[0];
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return ascii(host.replaceFirst(":[0-9]*$", ""));
  }

  private static String ascii(String host) {
    StringBuilder name = new StringBuilder();
    if (!host.startsWith("[")) {
      ASCII.nameToASCII(host, name, new IDNA.Info());
    }
    String whole = lower(name.length() == 0 ? host : name.toString());
    return whole.endsWith(".") ? whole.substring(0, whole.length() - 1) : whole;
  }
}
