package org.gristmill.sources;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.gristmill.core.Reason;

/** Walks the JSON objects of a file, one a line, for the sources that read such files. */
public final class JsonLines {
  private static final int PROBE_BYTES = 512;
  private static final int MAX_DECODED = 8192;
  private static final int MAX_NULLS = 16;

  private JsonLines() {}

  /** What a source does with one object. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads the object whose first token the parser stands on, up to its last token, and reports
     * what it found at {@code offset}.
     */
    Runnable read(JsonParser parser, long offset) throws IOException;
  }

  /**
   * Reads the lines of a file that start in a part; damage is reported to {@code found} and reading
   * goes on.
   *
   * <p>Findings of a line are handed over only when the whole line has proved to be one object.
   */
  public static void read(Input input, Part part, long maxLineBytes, Finder found, Reader reader) {
    try (TextFile text = new TextFile(input, part, found)) {
      read(text, part, maxLineBytes, found, reader);
    } catch (IOException e) {
      damaged(part, found, e);
    }
  }

  /** The same of a file that is open. */
  public static void read(TextFile text, Part part, long maxLineBytes, Finder found, Reader reader)
      throws IOException {
    if (text.isElsewhere()) {
      return;
    }
    if (!isBinary(text.head())) {
      try (Pieces pieces = text.pieces()) {
        lines(pieces, maxLineBytes, found, reader);
      }
    } else if (part.isFirst()) {
      found.quarantine(0, "", Reason.INPUT_UNREADABLE, "no lines of text");
    }
  }

  /** What is to say of a file whose start is damaged: the first part says it. */
  public static void damaged(Part part, Finder found, IOException e) {
    if (part.isFirst()) {
      found.quarantine(0, "", Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  /** All lines of a file in an archive, from a stream at its start that can be marked. */
  public static void read(InputStream in, long maxLineBytes, Finder found, Reader reader) {
    try {
      if (isBinary(in)) {
        found.quarantine(0, "", Reason.INPUT_UNREADABLE, "no lines of text");
      } else {
        lines(Pieces.of(in), maxLineBytes, found, reader);
      }
    } catch (IOException e) {
      damaged(Part.WHOLE, found, e);
    }
  }

  private static void lines(Pieces pieces, long maxLineBytes, Finder found, Reader reader) {
    Lines lines = new Lines(pieces, maxLineBytes);
    try {
      while (lines.next()) {
        line(lines, maxLineBytes, found, reader);
      }
    } catch (IOException e) {
      found.quarantine(lines.offset(), "", Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether a file is a zip archive, or full of NULs in front; a single one may be damage.
   *
   * @param in the unpacked file from its start, which stays there; a stream that can be marked
   */
  public static boolean isBinary(InputStream in) throws IOException {
    in.mark(PROBE_BYTES);
    byte[] start = in.readNBytes(PROBE_BYTES);
    in.reset();
    int nulls = 0;
    for (byte b : start) {
      nulls += b == 0 ? 1 : 0;
    }
    boolean zip =
        start.length > 3 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
    return zip || nulls > MAX_NULLS;
  }

  private static void line(Lines lines, long maxLineBytes, Finder found, Reader reader)
      throws IOException {
    long offset = lines.offset();
    if (lines.tooLong()) {
      String detail = "a line of " + lines.length() + " bytes, at most " + maxLineBytes;
      found.quarantine(offset, "", Reason.TOO_LARGE, detail);
      return;
    }
    byte[] bytes = lines.bytes();
    int invalid = firstInvalid(bytes);
    if (invalid >= 0) {
      String detail = "invalid UTF-8 at byte " + (offset + invalid);
      found.quarantine(offset, "", Reason.INVALID_ENCODING, detail);
      return;
    }
    Runnable report;
    try (JsonParser parser = Json.FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadJson(parser, "not a JSON object");
      }
      report = reader.read(parser, offset);
      if (parser.nextToken() != null) {
        throw new BadJson(parser, "more than one JSON object on the line");
      }
    } catch (JsonProcessingException e) {
      report = () -> found.quarantine(offset, "", Reason.BAD_JSON, e.getOriginalMessage());
    }
    report.run();
  }

  /** Index of the first byte that is no UTF-8, or -1. */
  private static int firstInvalid(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(Math.min(bytes.length + 1, MAX_DECODED));
    CoderResult result = decoder.decode(in, out, true);
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, true);
    }
    return result.isError() ? in.position() : -1;
  }

  /** JSON that is sound but not what belongs here. */
  static final class BadJson extends com.fasterxml.jackson.core.JsonParseException {
    private static final long serialVersionUID = 1L;

    BadJson(JsonParser parser, String message) {
      super(parser, message);
    }
  }
}
