package org.gristmill.sources;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * A file of text, plain or packed, of which a part is read. What is packed with gzip, xz or zstd is
 * all the first part's.
 *
 * <p>The offset of a place is its byte in the unpacked text. In a text that is packed with bzip2,
 * whose length before a part nobody knows, it is <code>2<sup>26</sup> &times; (b / 16) + t</code>,
 * where {@code b} is the byte of the file in which its block starts ({@code b / 16} being rounded
 * down) and {@code t} its byte in the block's text. So it is the byte in the unpacked text where
 * there is one block only, and at most 900 kB of text at its start.
 */
public final class TextFile implements Closeable {
  private enum Kind {
    PLAIN,
    BLOCKS,
    PACKED
  }

  private final Input input;
  private final Part part;
  private final Finder found;
  private final Kind kind;

  /** The text's start; all of it, unless the file has blocks. */
  private final InputStream head;

  /** The text from its start, of a file with blocks. */
  private final Bzip2Pieces blocks;

  /**
   * Opens a file and looks at its start.
   *
   * @param found takes a row for what is damaged in a bzip2 file
   * @throws IOException also if the start of what is packed is damaged
   */
  public TextFile(Input input, Part part, Finder found) throws IOException {
    this.input = input;
    this.part = part;
    this.found = found;
    InputStream stored = input.open();
    try {
      PushbackInputStream in = Compression.looked(stored);
      if (Compression.isBzip2(in)) {
        if (input.length() > Bzip2Pieces.MAX_LENGTH) {
          throw new IOException("more than " + Bzip2Pieces.MAX_LENGTH + " bytes of bzip2");
        }
        kind = Kind.BLOCKS;
        blocks = blocks(in, part.isFirst() ? part : Part.WHOLE);
        head = new ByteArrayInputStream(blocks.head());
      } else {
        InputStream unpacked = Compression.unpacked(in);
        kind = Compression.isPlain(unpacked) ? Kind.PLAIN : Kind.PACKED;
        blocks = null;
        head = new BufferedInputStream(unpacked);
      }
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  /** Damage in the part is a row; of the rest another part tells. */
  private Bzip2Pieces blocks(InputStream in, Part read) {
    Bzip2Pieces.Damage told = (at, reason, detail) -> found.quarantine(at, "", reason, detail);
    return new Bzip2Pieces(in, read, read.equals(part) ? told : (at, reason, detail) -> {});
  }

  /**
   * The start of the text, whatever the part: of a bzip2 file its first block, of any other as much
   * as is wanted. Whoever looks at it resets the stream.
   */
  public InputStream head() {
    return head;
  }

  /** Whether the text is read as a whole, and by another part. */
  public boolean isElsewhere() {
    return kind == Kind.PACKED && !part.isFirst();
  }

  /** All of the text, for what is no part's but the first's; damage is an {@code IOException}. */
  public InputStream all() throws IOException {
    return kind == Kind.BLOCKS ? Compression.unpacked(input.open()) : head;
  }

  /** Whether the end of the text is in the part. */
  public boolean isLast() {
    return kind == Kind.PACKED ? part.isFirst() : part.isLast();
  }

  /** The text of the part; only once, and not together with {@link #all}. */
  public Pieces pieces() throws IOException {
    if (!part.isFirst()) {
      return pieces(part);
    }
    return kind == Kind.BLOCKS
        ? blocks
        : StreamPieces.first(head, kind == Kind.PACKED ? Part.WHOLE : part);
  }

  /**
   * The text of another part, of whose damage nothing is said; not if it is {@link #isElsewhere}.
   */
  public Pieces pieces(Part other) throws IOException {
    if (kind == Kind.BLOCKS) {
      return blocks(input.open(Bzip2Pieces.start(other)), other);
    }
    return other.isFirst()
        ? StreamPieces.first(input.open(), other)
        : StreamPieces.later(input, other);
  }

  @Override
  public void close() throws IOException {
    if (blocks != null) {
      blocks.close();
    }
    head.close();
  }
}
