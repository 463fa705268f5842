package org.gristmill.dedup;

import com.ibm.icu.text.Normalizer2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.gristmill.core.Block;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;

/**
 * The key under which exact duplicates meet.
 *
 * <p>It looks past what editors, servers and file systems change on the way: Unicode composition
 * (NFC), line endings, blanks at the end of lines, and empty lines at the start, at the end and in
 * runs. Case, indentation and every other character count, so that it merges no two programs that
 * differ in meaning; looser likeness is {@link MinHash}'s business.
 *
 * <p>It has no settings; {@code Blocks.facts(ContentHash.class)} tells what decides the keys.
 */
@Block(
    does = "Gives a key under which exact duplicates meet, blind to line ends and composition.",
    version = 1,
    libraries = "icu")
public final class ContentHash {
  /** The name of this normalisation, itself part of every key: another rule gives other keys. */
  public static final String RULE = "nfc-lines-1";

  private ContentHash() {}

  /** First 128 bits of SHA-256 over the rule's name and the normalised text, as 32 hex digits. */
  public static String of(Text text) {
    MessageDigest digest = Hash.sha256();
    digest.update((RULE + '\n').getBytes(StandardCharsets.US_ASCII));
    digest.update(normalized(text.toString()).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  static String normalized(String text) {
    String s = Normalizer2.getNFCInstance().normalize(text);
    StringBuilder out = new StringBuilder(s.length());
    boolean gap = false;
    int start = 0;
    while (start < s.length()) {
      int end = start;
      while (end < s.length() && s.charAt(end) != '\n' && s.charAt(end) != '\r') {
        end++;
      }
      int last = end;
      while (last > start && isBlank(s.charAt(last - 1))) {
        last--;
      }
      if (last == start) {
        gap = true;
      } else {
        if (!out.isEmpty()) {
          out.append(gap ? "\n\n" : "\n");
        }
        out.append(s, start, last);
        gap = false;
      }
      boolean pair = s.startsWith("\r\n", end);
      start = end + (pair ? 2 : 1);
    }
    return out.toString();
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
