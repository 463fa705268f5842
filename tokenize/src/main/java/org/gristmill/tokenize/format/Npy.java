package org.gristmill.tokenize.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Track;

/**
 * NumPy's {@code .npy}, version 1.0: magic, the length of the header as u16, the header (a Python
 * dict, padded with spaces and a newline so that 128 bytes are over), and the values.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's
 *     description</a>
 */
final class Npy {
  /** Bytes before the first value. */
  static final int HEADER = 128;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private Npy() {}

  /**
   * Writes a header.
   *
   * @param type NumPy's name of the values' type, {@code <i4} for example
   */
  static void header(LittleEndian out, String type, long... shape) throws IOException {
    String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String facts =
        String.format(
            Locale.ROOT,
            "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }",
            type,
            sizes,
            shape.length == 1 ? "," : "");
    int length = HEADER - MAGIC.length - 2;
    out.bytes(MAGIC).i16(length);
    out.text(facts).text(" ".repeat(length - 1 - facts.length())).text("\n");
  }

  /** NumPy's name of a track's type. */
  static String type(Track track) {
    return track.bytes() == 4 ? "<i4" : "|u1";
  }

  /** NumPy's name of a token's type. */
  static String type(TokenWidth width) {
    return width == TokenWidth.U16 ? "<u2" : "<i4";
  }

  /** Writes a track of all sequences as an array of two dimensions. */
  static void track(Path file, Track track, List<Sequence> sequences) throws IOException {
    try (LittleEndian out = new LittleEndian(file)) {
      header(out, type(track), sequences.size(), sequences.get(0).tokens().length);
      for (Sequence sequence : sequences) {
        out.track(track, sequence.tracks().get(track));
      }
    }
  }
}
