package org.gristmill.sources;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Files of bzip2 as no packer would make them so small: blocks of a few bytes, and hostile ones.
 */
public final class Bzip2Fixtures {
  private static final int HEADER_BITS = 32;
  private static final int END_BITS = 80;
  private static final long END_MAGIC = 0x177245385090L;

  /** Bytes with all symbols but the block's end in them, each with a code of eight bits. */
  private static final int SYMBOLS = 256;

  private Bzip2Fixtures() {}

  /** Bits, the highest of each byte first. */
  private static final class Bits {
    private final StringBuilder bits = new StringBuilder();

    Bits add(long value, int count) {
      for (int i = count - 1; i >= 0; i--) {
        bits.append((value >>> i & 1) == 1 ? '1' : '0');
      }
      return this;
    }

    byte[] bytes() {
      byte[] bytes = new byte[(bits.length() + 7) / 8];
      for (int i = 0; i < bits.length(); i++) {
        bytes[i / 8] |= (byte) (bits.charAt(i) - '0' << 7 - i % 8);
      }
      return bytes;
    }

    static String of(byte[] bytes) {
      Bits all = new Bits();
      for (byte b : bytes) {
        all.add(b & 0xFF, 8);
      }
      return all.bits.toString();
    }
  }

  /** The bits of a block, found in a stream that holds only it. */
  private static String block(byte[] text) throws IOException {
    String bits = Bits.of(Fixtures.bzip2(text));
    String end = new Bits().add(END_MAGIC, Bzip2Block.MAGIC_BITS).bits.toString();
    return bits.substring(HEADER_BITS, bits.lastIndexOf(end));
  }

  private static byte[] stream(List<String> blocks) {
    Bits stream = new Bits().add('B', 8).add('Z', 8).add('h', 8).add('9', 8);
    int combined = 0;
    for (String block : blocks) {
      stream.bits.append(block);
      int crc = Integer.parseUnsignedInt(block.substring(Bzip2Block.MAGIC_BITS, END_BITS), 2);
      combined = Integer.rotateLeft(combined, 1) ^ crc;
    }
    return stream.add(END_MAGIC, Bzip2Block.MAGIC_BITS).add(combined, 32).bytes();
  }

  /** A stream with a block for each text; without any it is empty. */
  public static byte[] stream(byte[]... texts) throws IOException {
    List<String> blocks = new java.util.ArrayList<>();
    for (byte[] text : texts) {
      blocks.add(block(text));
    }
    return stream(blocks);
  }

  /** A stream with a block for so many bytes of a text each. */
  public static byte[] stream(byte[] text, int bytes) throws IOException {
    return stream(pieces(text, bytes));
  }

  /** As many streams, one behind the other. */
  public static byte[] streams(byte[] text, int bytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces(text, bytes)) {
      all.writeBytes(Fixtures.bzip2(piece));
    }
    return all.toByteArray();
  }

  private static byte[][] pieces(byte[] text, int bytes) {
    byte[][] pieces = new byte[(text.length + bytes - 1) / bytes][];
    for (int i = 0; i < pieces.length; i++) {
      int end = Math.min(text.length, (i + 1) * bytes);
      pieces[i] = java.util.Arrays.copyOfRange(text, i * bytes, end);
    }
    return pieces;
  }

  /**
   * A stream of a block before, one among whose codes a sound block of {@code hidden} stands, and
   * one behind.
   */
  public static byte[] hiding(byte[] before, byte[] hidden, byte[] behind) throws IOException {
    return stream(List.of(block(before), around(block(hidden)), block(behind)));
  }

  private static boolean ends(String codes) {
    for (int i = 0; i + 8 <= codes.length(); i += 8) {
      if (codes.startsWith("11111111", i)) {
        return true;
      }
    }
    return false;
  }

  /** A block whose codes are some bits: symbols of eight bits, none of which may end the block. */
  private static String around(String hidden) {
    String codes = hidden;
    for (int shift = 1; ends(codes); shift++) {
      codes = "0".repeat(shift) + hidden;
    }
    Bits block = new Bits().add(Bzip2Block.MAGIC, Bzip2Block.MAGIC_BITS).add(0, 32);
    block.add(0, 1).add(0, 24).add(0xFFFF, 16);
    for (int range = 0; range < 16; range++) {
      block.add(range == 0 ? 0x3FFF : 0xFFFF, 16);
    }
    int symbols = (codes.length() + 7) / 8 + 2;
    int groups = (symbols + 49) / 50;
    block.add(2, 3).add(groups, 15).add(0, groups);
    for (int table = 0; table < 2; table++) {
      block.add(8, 5).add(0, SYMBOLS / 2).add(0, SYMBOLS / 2);
    }
    block.add('x', 8); // a run of zeros in front would be too long
    block.bits.append(codes);
    block.add(0, (8 - codes.length() % 8) % 8).add(SYMBOLS - 1, 8);
    Bzip2Block unpacked = new Bzip2Block();
    byte[] bytes = block.bytes();
    unpacked.unpack(bytes, 0, bytes.length);
    String crc = new Bits().add(unpacked.checksum(), 32).bits.toString();
    return block.bits.replace(Bzip2Block.MAGIC_BITS, END_BITS, crc).toString();
  }
}
