package org.gristmill.dedup.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.gristmill.core.Hash;
import org.junit.jupiter.api.Test;

class RiceTest {

  private static long[] sorted(long[] numbers) {
    return Arrays.stream(numbers).boxed().sorted(Long::compareUnsigned).mapToLong(x -> x).toArray();
  }

  private static int bytes(long... numbers) throws IOException {
    byte[] codes = Rice.encode(numbers, numbers.length);
    byte[] padded = new byte[3 + codes.length + Pieces.PADDING];
    Arrays.fill(padded, (byte) 0xFF);
    System.arraycopy(codes, 0, padded, 3, codes.length);
    long[] back = new long[numbers.length];
    back[back.length - 1] = numbers[numbers.length - 1];
    Rice.decode(padded, 3, codes.length, back, back.length);
    assertArrayEquals(numbers, back);
    return codes.length;
  }

  @Test
  void anyNumbersComeBack() throws IOException {
    bytes(0);
    bytes(-1);
    bytes(0, -1);
    bytes(5, 5, 5, 5, 5, 5);
    bytes(0, Long.MAX_VALUE, Long.MIN_VALUE, -1);
    bytes(0, 0, 0, 0, 0, 0, 0, 0, -1, -1);
    for (int n : new int[] {1, 2, 3, 100, KeyFile.BLOCK}) {
      for (int bits = 1; bits <= 64; bits++) {
        long[] numbers = new long[n];
        for (int i = 0; i < n; i++) {
          numbers[i] = Hash.mix(i + 1L) >>> (64 - bits);
        }
        bytes(sorted(numbers));
      }
    }
  }

  @Test
  void theWorstTakesLessThanThreeBitsOverK() throws IOException {
    for (int k = 0; k < 64; k++) {
      long[] numbers = new long[KeyFile.BLOCK];
      // All but one are near 0, and the range is just short of another k.
      long top = 63 - k < 12 ? -1L : ((1L << k + 1) * (KeyFile.BLOCK - 1)) - 1;
      numbers[KeyFile.BLOCK - 1] = top;
      int bytes = bytes(numbers);
      assertTrue(bytes <= 1 + (KeyFile.BLOCK - 1) * (k + 3L) / 8 + 1, k + ": " + bytes);
    }
  }

  @Test
  void anotherCountIsRefused() {
    long[] numbers = new long[1000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i * 7L;
    }
    byte[] codes = Rice.encode(numbers, numbers.length);
    byte[] padded = Arrays.copyOf(codes, codes.length + Pieces.PADDING);
    for (int n : new int[] {1, 900, 990, 1010, 4000}) {
      assertThrows(
          IOException.class, () -> Rice.decode(padded, 0, codes.length, new long[n], n), "" + n);
    }
  }
}
