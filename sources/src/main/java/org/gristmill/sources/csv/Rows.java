package org.gristmill.sources.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of a table as bytes, quoted as RFC 4180 has it, and says exactly where each
 * starts. A quote counts only at the start of a field, so that one inside is a character. Behind a
 * row whose quotes do not fit, reading goes on at the next line.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class Rows {
  private enum State {
    START,
    PLAIN,
    QUOTED,
    CLOSED,
    WRONG
  }

  private final InputStream in;
  private final int delimiter;
  private final int quote;
  private final long maxBytes;
  private final List<byte[]> fields = new ArrayList<>();
  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private long position;
  private long offset;
  private State state = State.START;
  private boolean open;

  /**
   * The rows of a stream that is buffered.
   *
   * @param position where the stream stands in the file
   * @param quote the quote, -1 for none
   */
  Rows(InputStream in, long position, int delimiter, int quote, long maxBytes) {
    this.in = in;
    this.position = position;
    this.delimiter = delimiter;
    this.quote = quote;
    this.maxBytes = maxBytes;
  }

  /**
   * Goes to the next row that is not empty; false at the end.
   *
   * @throws IOException of the stream; {@link #offset} is then where the unfinished row starts
   */
  boolean next() throws IOException {
    do {
      offset = position;
      int b = read();
      if (b < 0) {
        return false;
      }
      row(b);
    } while (fields.size() == 1 && fields.get(0).length == 0 && state == State.PLAIN);
    return true;
  }

  private void row(int first) throws IOException {
    fields.clear();
    field.reset();
    state = State.START;
    int b = first;
    while (b >= 0 && !(b == '\n' && state != State.QUOTED)) {
      take(b);
      b = read();
    }
    open = state == State.QUOTED;
    if (state == State.START || state == State.PLAIN) {
      state = State.PLAIN;
      dropReturn();
    }
    end();
  }

  private void take(int b) {
    switch (state) {
      case START, PLAIN -> {
        if (b == delimiter) {
          end();
          state = State.START;
        } else if (b == quote && state == State.START) {
          state = State.QUOTED;
        } else {
          keep(b);
          state = State.PLAIN;
        }
      }
      case QUOTED -> {
        if (b == quote) {
          state = State.CLOSED;
        } else {
          keep(b);
        }
      }
      case CLOSED -> {
        if (b == quote) {
          keep(b);
          state = State.QUOTED;
        } else if (b == delimiter) {
          end();
          state = State.START;
        } else if (b != '\r') {
          state = State.WRONG;
        }
      }
      default -> {}
    }
  }

  private void keep(int b) {
    if (length() <= maxBytes) {
      field.write(b);
    }
  }

  private void end() {
    if (length() <= maxBytes) {
      fields.add(field.toByteArray());
    }
    field.reset();
  }

  /** A line may end in CR LF. */
  private void dropReturn() {
    byte[] bytes = field.toByteArray();
    if (bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
      field.reset();
      field.write(bytes, 0, bytes.length - 1);
    }
  }

  private int read() throws IOException {
    int b = in.read();
    position += b < 0 ? 0 : 1;
    return b;
  }

  /** Where the row starts, in bytes of the unpacked file. */
  long offset() {
    return offset;
  }

  /** Bytes of the row, with what ends it. */
  long length() {
    return position - offset;
  }

  /** Whether the row was longer than allowed, and is not here. */
  boolean tooLong() {
    return length() > maxBytes;
  }

  /** What is wrong with the row's quotes, empty if nothing is. */
  String wrong() {
    return state == State.WRONG
        ? "text behind a closing quote"
        : open ? "a quote that is not closed" : "";
  }

  List<byte[]> fields() {
    return fields;
  }
}
