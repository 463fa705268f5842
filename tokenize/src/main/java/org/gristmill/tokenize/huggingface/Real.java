package org.gristmill.tokenize.huggingface;

/**
 * Reads a fraction as the reference's JSON reader does: not always to the nearest double, but
 * quickly, and scores that are to be equal to its own must be as far off.
 *
 * @see <a href="https://github.com/serde-rs/json/blob/master/src/de.rs">f64_from_parts of
 *     serde_json, without its feature float_roundtrip</a>
 */
final class Real {
  private static final int LARGEST_POWER = 308;

  private Real() {}

  /** The value of a JSON number. */
  static double parse(String number) {
    boolean negative = number.startsWith("-");
    long digits = 0; // unsigned
    long exponent = 0;
    boolean fraction = false;
    boolean full = false;
    int at = negative ? 1 : 0;
    for (; at < number.length(); at++) {
      char c = number.charAt(at);
      if (c == '.') {
        fraction = true;
      } else if (c == 'e' || c == 'E') {
        exponent += Integer.parseInt(number, at + 1, number.length(), 10);
        break;
      } else {
        full |= overflows(digits, c - '0');
        if (!full) {
          digits = 10 * digits + c - '0';
        }
        exponent += full ? fraction ? 0 : 1 : fraction ? -1 : 0;
      }
    }
    double value = scaled(unsigned(digits), exponent);
    return negative ? -value : value;
  }

  /** Whether ten times a number and a digit are 2^64 or more. */
  private static boolean overflows(long digits, int digit) {
    long most = Long.divideUnsigned(-1L, 10);
    int order = Long.compareUnsigned(digits, most);
    return order > 0 || order == 0 && digit > 5;
  }

  private static double unsigned(long digits) {
    if (digits >= 0) {
      return digits;
    }
    // Half of it, the lost bit kept where it decides the rounding.
    return 2.0 * (digits >>> 1 | digits & 1);
  }

  private static double scaled(double digits, long exponent) {
    double value = digits;
    long left = exponent;
    while (left < -LARGEST_POWER && value != 0) {
      value /= 1e308;
      left += LARGEST_POWER;
    }
    if (left > LARGEST_POWER) {
      return value == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double power = Double.parseDouble("1e" + Math.abs(left));
    return left >= 0 ? value * power : value / power;
  }
}
