package org.gristmill.sources;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Labels of character sets, and what those who write them really use: mostly a superset.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#names-and-labels">WHATWG Encoding, labels</a>
 */
public final class CharsetLabels {
  private static final Map<String, String> WEB =
      Map.ofEntries(
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("iso8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("latin-1", "windows-1252"),
          Map.entry("us-ascii", "windows-1252"),
          Map.entry("ascii", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("windows-874", "x-windows-874"),
          Map.entry("iso-8859-11", "x-windows-874"),
          Map.entry("gb2312", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("x-gbk", "GB18030"),
          Map.entry("big5", "Big5-HKSCS"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("utf8", "UTF-8"),
          Map.entry("unicode", "UTF-8"));

  /** The few that a detector finds and that are too narrow for what it found. */
  private static final Map<String, String> DETECTED =
      Map.of(
          "ISO-8859-1", "windows-1252",
          "Shift_JIS", "windows-31j",
          "EUC-KR", "x-windows-949");

  private CharsetLabels() {}

  /** What browsers take the label of a page for; empty if Java does not know it. */
  public static Optional<Charset> web(String label) {
    return charset(WEB.getOrDefault(label.toLowerCase(Locale.ROOT), label));
  }

  /** What the name that a detector gives a plain text stands for; empty if Java lacks it. */
  public static Optional<Charset> detected(String name) {
    return charset(DETECTED.getOrDefault(name, name));
  }

  private static Optional<Charset> charset(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }
}
