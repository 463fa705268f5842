package org.gristmill.filters;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Numbers that carry their own check. */
final class CheckSums {
  private static final String LENGTHS =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20"
          + " EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26"
          + " IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31"
          + " MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25"
          + " SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";
  private static final int[] RESIDENT_WEIGHTS = {
    7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
  };
  private static final String RESIDENT_CHECKS = "10X98765432";
  private static final Map<String, Integer> IBAN_LENGTHS = ibanLengths();

  private CheckSums() {}

  static Map<String, Integer> ibanLengths() {
    Map<String, Integer> lengths = new HashMap<>();
    for (String entry : LENGTHS.split(" ")) {
      lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
    }
    return lengths;
  }

  /** Whether digits, with spaces or hyphens, are a card of a known issuer (ISO 7812, Luhn). */
  static boolean isCard(String match) {
    String digits = match.replaceAll("[ -]", "");
    int head = Integer.parseInt(digits.substring(0, 4));
    int n = digits.length();
    boolean issued =
        digits.charAt(0) == '4' && (n == 16 || n == 19)
            || (head >= 5100 && head <= 5599 || head >= 2221 && head <= 2720) && n == 16
            || (head / 100 == 34 || head / 100 == 37) && n == 15
            || (head == 6011
                    || head / 100 == 65
                    || head / 100 == 62
                    || head >= 6440 && head <= 6499)
                && n >= 16
                && n <= 19
            || (head >= 3528 && head <= 3589) && n >= 16
            || (head >= 3000 && head <= 3059 || head / 100 == 36 || head / 100 == 38) && n == 14;
    return issued && luhn(digits) && digits.chars().distinct().count() > 2;
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  /** Whether it has its country's length and is 1 modulo 97 (ISO 7064). */
  static boolean isIban(String match) {
    String iban = match.replaceAll("[ -]", "");
    if (IBAN_LENGTHS.getOrDefault(iban.substring(0, 2), 0) != iban.length()) {
      return false;
    }
    int check = Integer.parseInt(iban.substring(2, 4));
    if (check < 2 || check > 98) {
      return false;
    }
    int rest = 0;
    String turned = iban.substring(4) + iban.substring(0, 4);
    for (int i = 0; i < turned.length(); i++) {
      int value = Character.digit(turned.charAt(i), 36);
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }

  /** Whether its date exists and its last digit is right (ISO 7064, MOD 11-2). */
  static boolean isResidentId(String match) {
    try {
      LocalDate.of(
          Integer.parseInt(match.substring(6, 10)),
          Integer.parseInt(match.substring(10, 12)),
          Integer.parseInt(match.substring(12, 14)));
    } catch (DateTimeException e) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < RESIDENT_WEIGHTS.length; i++) {
      sum += RESIDENT_WEIGHTS[i] * (match.charAt(i) - '0');
    }
    return match.toUpperCase(Locale.ROOT).charAt(17) == RESIDENT_CHECKS.charAt(sum % 11);
  }
}
