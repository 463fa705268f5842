package org.gristmill.sources.book;

import java.io.CharConversionException;
import java.util.regex.Pattern;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.gristmill.core.Reason;
import org.xml.sax.SAXParseException;

/** What a parser's exceptions and remarks say of a file, without what differs from run to run. */
final class Complaint {
  /** Longest chain of causes that is looked at. */
  private static final int MAX_CAUSES = 20;

  private static final Pattern PASSING =
      Pattern.compile("@[0-9a-f]{4,}|\\S*(?:apache-tika-|" + Book.COPY + ")\\d[\\d-]*\\S*\\.tmp");

  private static final Pattern FONTS =
      Pattern.compile("(?i)(?:\\s*[^,]*\\.(?:ttf|otf|woff2?|ttc)(?:,|$))+");

  private Complaint() {}

  /** The last cause, without what differs from run to run: addresses and temporary files. */
  static String detail(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    if (cause instanceof SAXParseException || cause instanceof CharConversionException) {
      // What exactly is wrong depends on what the parser's buffers held before.
      return "XML that cannot be read";
    }
    return cause.getClass().getSimpleName() + ": " + lasting(String.valueOf(cause.getMessage()));
  }

  private static String lasting(String message) {
    return PASSING.matcher(message).replaceAll("");
  }

  /** Whether an EPUB was read to its end and only scrambles fonts, as many publishers do. */
  static boolean hidesFontsOnly(Throwable thrown) {
    String items = String.valueOf(thrown.getMessage());
    return thrown instanceof EncryptedDocumentException
        && items.startsWith("EPUB contains encrypted items: ")
        && FONTS.matcher(items.substring(items.indexOf(':') + 1)).matches();
  }

  static Reason reason(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof EncryptedDocumentException
          || cause instanceof org.apache.poi.EncryptedDocumentException) {
        return Reason.ENCRYPTED;
      }
      if (cause instanceof BookText.TooLong || message.contains("ip bomb")) {
        return Reason.ARCHIVE_BOMB;
      }
      cause = cause.getCause();
    }
    return Reason.PARSER_CRASH;
  }

  /** What the parsers wrote into the metadata rather than throwing. */
  static String in(Metadata metadata) {
    StringBuilder complaint = new StringBuilder();
    for (String name : metadata.names()) {
      if (name.startsWith(TikaCoreProperties.TIKA_META_EXCEPTION_PREFIX)) {
        complaint.append(metadata.get(name).lines().findFirst().orElse("")).append(' ');
      }
    }
    return lasting(complaint.toString());
  }
}
