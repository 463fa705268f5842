package org.gristmill.sources.wiki;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gristmill.sources.Mark;
import org.gristmill.sources.OneByte;

/** A stream of characters as UTF-8 bytes. */
final class Transcoded extends InputStream {
  private final Reader in;
  private final char[] chars = new char[8192];

  /** Characters held back: the first half of a surrogate pair. */
  private int held;

  private byte[] bytes = new byte[0];
  private int from;

  private Transcoded(Reader in) {
    this.in = in;
  }

  /** The stream as UTF-8, if its first bytes say that an XML file is UTF-16; else as it is. */
  static InputStream xml(InputStream stored) throws IOException {
    PushbackInputStream in = new PushbackInputStream(stored, 2);
    byte[] start = in.readNBytes(2);
    in.unread(start);
    Optional<Charset> charset = charset(start);
    return charset.isPresent() ? of(in, charset.get()) : in;
  }

  /** Whether {@link #xml} makes another stream of it; one that can be marked, and stays there. */
  static boolean isUtf16(InputStream in) throws IOException {
    in.mark(2);
    byte[] start = in.readNBytes(2);
    in.reset();
    return charset(start).isPresent();
  }

  private static Optional<Charset> charset(byte[] start) {
    Optional<Mark> mark = Mark.of(start);
    if (mark.isPresent()) {
      return mark.map(Mark::charset);
    }
    boolean two = start.length == 2;
    if (two && start[0] == 0 && start[1] == '<') {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return two && start[0] == '<' && start[1] == 0
        ? Optional.of(StandardCharsets.UTF_16LE)
        : Optional.empty();
  }

  private static InputStream of(InputStream in, Charset charset) {
    return new Transcoded(new InputStreamReader(in, charset));
  }

  @Override
  public int read() throws IOException {
    return OneByte.read(this);
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    while (from == bytes.length) {
      int read = in.read(chars, held, chars.length - held);
      int length = held + Math.max(0, read);
      if (read < 0 && length == 0) {
        return -1;
      }
      boolean split = read >= 0 && length > 0 && Character.isHighSurrogate(chars[length - 1]);
      int whole = split ? length - 1 : length;
      bytes = new String(chars, 0, whole).getBytes(StandardCharsets.UTF_8);
      from = 0;
      held = length - whole;
      chars[0] = split ? chars[whole] : chars[0];
    }
    int count = Math.min(len, bytes.length - from);
    System.arraycopy(bytes, from, b, off, count);
    from += count;
    return count;
  }
}
