package org.gristmill.sources;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.gristmill.core.Reason;

/**
 * Unpacks gzip, bzip2, xz and zstd, which it knows by their first bytes, whatever the file's name.
 */
public final class Compression {
  /** Most memory for an xz dictionary, in KiB; {@code xz -9} needs 65 MiB. */
  private static final int XZ_MEMORY_KIB = 256 * 1024;

  /** Largest zstd window, as a power of two in bytes; {@code zstd --ultra -22} needs 2^27. */
  private static final int ZSTD_WINDOW_LOG = 27;

  private static final int MAGIC_BYTES = 6;

  private static final String BZIP2 = ".bz2";
  private static final String[] ENDINGS = {".gz", BZIP2, ".xz", ".zst", ".zstd"};

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
                .get(),
            in);
      }
      if (isBzip2(magic)) {
        return Bzip2Pieces.stream(in);
      }
      if (starts(magic, 0xfd, '7', 'z', 'X', 'Z', 0)) {
        return new Checked(
            XZCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .setMemoryLimitKiB(XZ_MEMORY_KIB)
                .get(),
            in);
      }
      if (isZstd(magic)) {
        // Its finalizer closes what it reads from; the file is not to be closed by chance.
        InputStream shielded = CloseShieldInputStream.wrap(in);
        ZstdInputStream zstd = new ZstdInputStream(shielded);
        zstd.setLongMax(ZSTD_WINDOW_LOG);
        return new Checked(zstd, in);
      }
    } catch (RuntimeException e) {
      throw new IOException("cannot unpack: " + e, e);
    }
    return in;
  }

  /** Whether a stream starts as bzip2 does; moves nothing. */
  static boolean isBzip2(PushbackInputStream in) throws IOException {
    byte[] magic = in.readNBytes(MAGIC_BYTES);
    in.unread(magic);
    return isBzip2(magic);
  }

  /** A stream into which one can look with {@link #isBzip2(PushbackInputStream)}. */
  static PushbackInputStream looked(InputStream stored) {
    return new PushbackInputStream(stored, MAGIC_BYTES);
  }

  /** Whether a stream that {@link #unpacked} gave has the bytes as they are stored. */
  public static boolean isPlain(InputStream unpacked) {
    return unpacked instanceof PushbackInputStream;
  }

  /**
   * Whether a file of some name is likely to be one of text that is read in parts: plain, or packed
   * with bzip2.
   */
  public static boolean splits(String name) {
    String ending = packing(name.toLowerCase(Locale.ROOT)).orElse(BZIP2);
    return ending.equals(BZIP2);
  }

  /** A file's name without the ending that says how it is packed. */
  public static String unpackedName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return packing(lower).map(e -> name.substring(0, name.length() - e.length())).orElse(name);
  }

  private static Optional<String> packing(String lower) {
    return Arrays.stream(ENDINGS).filter(lower::endsWith).findFirst();
  }

  /** What a failure to read on means, if the storage itself is sound. */
  public static Reason reason(IOException failure) {
    return failure instanceof EOFException ? Reason.GZIP_TRUNCATED : Reason.GZIP_CORRUPT;
  }

  private static boolean isBzip2(byte[] magic) {
    return starts(magic, 'B', 'Z', 'h') && magic.length > 3 && magic[3] >= '1' && magic[3] <= '9';
  }

  /** Whether a zstd frame comes first, or one of those that zstd passes over. */
  private static boolean isZstd(byte[] magic) {
    return starts(magic, 0x28, 0xb5, 0x2f, 0xfd)
        || magic.length > 3
            && (magic[0] & 0xF0) == 0x50
            && magic[1] == 0x2a
            && magic[2] == 0x4d
            && magic[3] == 0x18;
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
    private final InputStream stored;

    Checked(InputStream in, InputStream stored) {
      this.in = in;
      this.stored = stored;
    }

    @Override
    public int read() throws IOException {
      return OneByte.read(this);
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      try {
        return in.read(b, off, len);
      } catch (ZstdIOException e) {
        throw isCut(e) ? (IOException) new EOFException(e.getMessage()).initCause(e) : e;
      } catch (RuntimeException e) {
        throw new IOException("cannot unpack: " + e, e);
      }
    }

    private static boolean isCut(ZstdIOException e) {
      return String.valueOf(e.getMessage()).startsWith("Truncated");
    }

    @Override
    public void close() throws IOException {
      in.close();
      stored.close();
    }
  }
}
