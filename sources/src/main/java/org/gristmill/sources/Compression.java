package org.gristmill.sources;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.gristmill.core.Reason;

/** Unpacks gzip, bzip2 and xz, which it knows by their first bytes, whatever the file's name. */
public final class Compression {
  /** Most memory for an xz dictionary, in KiB; {@code xz -9} needs 65 MiB. */
  private static final int XZ_MEMORY_KIB = 256 * 1024;

  private static final int MAGIC_BYTES = 6;

  private Compression() {}

  /**
   * The unpacked bytes of a stream, or the stream itself if it is not compressed; members and
   * streams that follow each other are joined.
   *
   * @throws IOException of the stream; a broken packing is found on opening or on reading, as an
   *     {@code IOException} too
   */
  public static InputStream unpacked(InputStream stored) throws IOException {
    PushbackInputStream in = new PushbackInputStream(stored, MAGIC_BYTES);
    byte[] magic = in.readNBytes(MAGIC_BYTES);
    in.unread(magic);
    try {
      if (starts(magic, 0x1f, 0x8b)) {
        return new Checked(
            GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get());
      }
      if (starts(magic, 'B', 'Z', 'h') && magic.length > 3 && magic[3] >= '1' && magic[3] <= '9') {
        return new Checked(new BZip2CompressorInputStream(in, true));
      }
      if (starts(magic, 0xfd, '7', 'z', 'X', 'Z', 0)) {
        return new Checked(
            XZCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .setMemoryLimitKiB(XZ_MEMORY_KIB)
                .get());
      }
    } catch (RuntimeException e) {
      throw new IOException("cannot unpack: " + e, e);
    }
    return in;
  }

  /** Whether a stream that {@link #unpacked} gave has the bytes as they are stored. */
  public static boolean isPlain(InputStream unpacked) {
    return unpacked instanceof PushbackInputStream;
  }

  /** A file's name without the ending that says how it is packed. */
  public static String unpackedName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : new String[] {".gz", ".bz2", ".xz"}) {
      if (lower.endsWith(ending)) {
        return name.substring(0, name.length() - ending.length());
      }
    }
    return name;
  }

  /** What a failure to read on means, if the storage itself is sound. */
  public static Reason reason(IOException failure) {
    return failure instanceof EOFException ? Reason.GZIP_TRUNCATED : Reason.GZIP_CORRUPT;
  }

  private static boolean starts(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Turns what the unpackers throw on damaged data into the {@code IOException} it should be. */
  private static final class Checked extends InputStream {
    private final InputStream in;

    Checked(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return OneByte.read(this);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      try {
        return in.read(b, off, len);
      } catch (RuntimeException e) {
        throw new IOException("cannot unpack: " + e, e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
