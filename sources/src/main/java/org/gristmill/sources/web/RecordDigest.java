package org.gristmill.sources.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The digests that a WARC record carries, held against its bytes.
 *
 * <p>{@code WARC-Block-Digest} is of the block. {@code WARC-Payload-Digest} is of what an HTTP
 * message carries, else of the block; writers disagree whether chunks and encodings are undone
 * before, so that any reading that fits is right. It is not looked at where it is of something
 * else: of the page as it was before a revisit, of all segments, of what was there before a
 * truncation. Algorithms are MD5 and SHA-1, -256, -384 and -512, values hexadecimal, base 32 or
 * base 64, with or without padding; another algorithm is not checked, another value is wrong.
 *
 * @see <a href="https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/">
 *     WARC 1.1, 5.8 and 5.9</a>
 */
final class RecordDigest {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private RecordDigest() {}

  /** Which digest is wrong, and how; empty if none is. */
  static Optional<String> wrong(WarcRecord record, long maxBytes) {
    byte[] b = record.bytes();
    String block = record.head().field("WARC-Block-Digest");
    if (isWrong(block, b, record.from(), record.to())) {
      return Optional.of("the block is not that of " + block);
    }
    String payload = record.head().field("WARC-Payload-Digest");
    if (payload.isEmpty() || !isOfPayload(record)) {
      return Optional.empty();
    }
    boolean http = HttpResponse.isHttp(record);
    int from = http ? HttpResponse.bodyStart(b, record.from(), record.to()) : record.from();
    return isWrong(payload, b, from, record.to())
            && !(http && isOfDecoded(payload, record, maxBytes))
        ? Optional.of("the payload is not that of " + payload)
        : Optional.empty();
  }

  private static boolean isOfPayload(WarcRecord record) {
    Head head = record.head();
    return !head.field("WARC-Type").equalsIgnoreCase("revisit")
        && head.field("WARC-Truncated").isEmpty()
        && head.field("WARC-Segment-Number").isEmpty();
  }

  /** Whether a digest is that of the body without chunks, or without all encodings. */
  private static boolean isOfDecoded(String digest, WarcRecord record, long maxBytes) {
    try {
      HttpResponse message = HttpResponse.parse(record.bytes(), record.from(), record.to());
      byte[] whole = message.unchunked();
      if (!isWrong(digest, whole, 0, whole.length)) {
        return true;
      }
      byte[] body = message.body(maxBytes, false);
      return !isWrong(digest, body, 0, body.length);
    } catch (Refused e) {
      return false;
    }
  }

  private static boolean isWrong(String digest, byte[] b, int from, int to) {
    int colon = digest.indexOf(':');
    Optional<MessageDigest> algorithm =
        colon < 0 ? Optional.empty() : algorithm(digest.substring(0, colon));
    if (algorithm.isEmpty()) {
      return false;
    }
    algorithm.get().update(b, from, to - from);
    byte[] found = algorithm.get().digest();
    String value = digest.substring(colon + 1).strip().replace("=", "");
    return !value.equalsIgnoreCase(base32(found))
        && !value.equalsIgnoreCase(HexFormat.of().formatHex(found))
        && !value.replace('-', '+').replace('_', '/').equals(base64(found));
  }

  private static Optional<MessageDigest> algorithm(String label) {
    String name =
        switch (label.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "")) {
          case "md5" -> "MD5";
          case "sha1" -> "SHA-1";
          case "sha256" -> "SHA-256";
          case "sha384" -> "SHA-384";
          case "sha512" -> "SHA-512";
          default -> "";
        };
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** RFC 4648 without padding. */
  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (byte b : bytes) {
      held = held << 8 | b & 0xFF;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt(held >> bits & 31));
      }
      held &= (1 << bits) - 1;
    }
    return bits == 0
        ? text.toString()
        : text.append(BASE32.charAt(held << 5 - bits & 31)).toString();
  }
}
