package org.gristmill.filters.fasttext;

import java.io.IOException;

/** A matrix of floats, read only. */
interface Matrix {
  /** A quantized matrix of so many numbers at most is unpacked: 64 MiB. */
  int MOST_UNPACKED = 1 << 24;

  int rows();

  int columns();

  /** Adds a row to a vector of as many numbers as there are columns. */
  void addRow(int row, float[] to);

  /** Reads a matrix that is stored as it is, or quantized. */
  static Matrix read(ModelReader in, boolean quantized) throws IOException {
    if (!quantized) {
      return Dense.read(in);
    }
    Quantized codes = Quantized.read(in);
    return (long) codes.rows * codes.columns() <= MOST_UNPACKED ? unpacked(codes) : codes;
  }

  private static Dense unpacked(Quantized codes) {
    int columns = codes.columns();
    float[] data = new float[codes.rows * columns];
    for (int row = 0; row < codes.rows; row++) {
      float[] one = new float[columns];
      codes.addRow(row, one);
      System.arraycopy(one, 0, data, row * columns, columns);
    }
    return new Dense(codes.rows, columns, data);
  }

  /** All numbers, row by row. */
  record Dense(int rows, int columns, float[] data) implements Matrix {
    private static Dense read(ModelReader in) throws IOException {
      int rows = in.within("the number of rows", in.i64(), 0, Integer.MAX_VALUE);
      int columns = in.within("the number of columns", in.i64(), 1, 1 << 16);
      if ((long) rows * columns > Integer.MAX_VALUE - 8) {
        throw new IOException("has a matrix of " + rows + " x " + columns + ", which is too large");
      }
      return new Dense(rows, columns, in.floats(rows * columns));
    }

    @Override
    public void addRow(int row, float[] to) {
      int at = row * columns;
      for (int i = 0; i < columns; i++) {
        to[i] += data[at + i];
      }
    }
  }

  /**
   * Rows by product quantization (J&eacute;gou et al. 2011): each is some codes of a byte, one for
   * each part of its columns, and may have a code for its norm.
   */
  record Quantized(int rows, byte[] codes, Centroids parts, byte[] normCodes, Centroids norms)
      implements Matrix {
    private static final byte[] NO_NORMS = {};

    private static Quantized read(ModelReader in) throws IOException {
      boolean normed = in.bool();
      int rows = in.within("the number of rows", in.i64(), 0, Integer.MAX_VALUE);
      long columns = in.i64();
      byte[] codes = in.bytes(in.within("the number of codes", in.i32(), 0, Integer.MAX_VALUE - 8));
      Centroids parts = Centroids.read(in);
      if (parts.columns != columns || codes.length != (long) rows * parts.count) {
        throw ModelReader.broken("a quantized matrix does not fit its codes");
      }
      byte[] normCodes = normed ? in.bytes(rows) : NO_NORMS;
      Centroids norms = normed ? Centroids.read(in) : parts;
      if (normed && norms.columns != 1) {
        throw ModelReader.broken("norms have " + norms.columns + " columns");
      }
      return new Quantized(rows, codes, parts, normCodes, norms);
    }

    @Override
    public int columns() {
      return parts.columns;
    }

    private float norm(int row) {
      return normCodes.length == 0 ? 1 : norms.data[normCodes[row] & 0xFF];
    }

    @Override
    public void addRow(int row, float[] to) {
      float norm = norm(row);
      for (int part = 0, i = 0; part < parts.count; part++) {
        int width = parts.width(part);
        int at = parts.at(part, codes[row * parts.count + part] & 0xFF);
        for (int end = i + width; i < end; i++, at++) {
          to[i] += norm * parts.data[at];
        }
      }
    }
  }

  /** What the codes of each part of the columns stand for: 256 vectors a part. */
  final class Centroids {
    private static final int CODES = 256;

    final int columns;
    final int count;
    final float[] data;
    private final int width;
    private final int lastWidth;

    private Centroids(int columns, int count, int width, int lastWidth, float[] data) {
      this.columns = columns;
      this.count = count;
      this.width = width;
      this.lastWidth = lastWidth;
      this.data = data;
    }

    private static Centroids read(ModelReader in) throws IOException {
      int columns = in.within("the number of columns", in.i32(), 1, 1 << 16);
      int count = in.within("the number of parts", in.i32(), 1, columns);
      int width = in.within("the width of a part", in.i32(), 1, columns);
      int lastWidth = in.within("the width of the last part", in.i32(), 1, width);
      if ((count - 1) * width + lastWidth != columns) {
        throw ModelReader.broken("its parts do not fit its columns");
      }
      return new Centroids(columns, count, width, lastWidth, in.floats(columns * CODES));
    }

    int width(int part) {
      return part == count - 1 ? lastWidth : width;
    }

    int at(int part, int code) {
      return part * CODES * width + code * width(part);
    }
  }
}
