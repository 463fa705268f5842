package org.gristmill.filters.fasttext;

/**
 * The exponential function, equal on every machine and faster than {@link StrictMath}'s.
 *
 * <p>{@code exp(x) = 2^k exp(r)} with {@code |r| <= ln 2 / 2}, and of {@code exp(r)} the Taylor
 * polynomial of degree 12; its relative error is below 1e-15.
 */
final class Exp {
  private static final double LOG2_E = 1.4426950408889634;
  private static final double LN_2_HIGH = 0x1.62e42feep-1;
  private static final double LN_2_LOW = 0x1.a39ef35793c76p-33;
  private static final double LEAST = -700;
  private static final double[] FACTORS = factors();

  private Exp() {}

  private static double[] factors() {
    double[] factors = new double[13];
    factors[0] = 1;
    for (int i = 1; i < factors.length; i++) {
      factors[i] = factors[i - 1] / i;
    }
    return factors;
  }

  /** Of x below 700; what is below e^-700 is 0. */
  static double of(double x) {
    if (!(x > LEAST)) {
      return x <= LEAST ? 0 : Double.NaN;
    }
    if (x > -LEAST) {
      return StrictMath.exp(x);
    }
    double k = Math.rint(x * LOG2_E);
    double r = x - k * LN_2_HIGH - k * LN_2_LOW;
    double sum = FACTORS[12];
    for (int i = 11; i >= 0; i--) {
      sum = sum * r + FACTORS[i];
    }
    return sum * Double.longBitsToDouble((long) k + 1023 << 52);
  }
}
