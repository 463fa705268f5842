package org.gristmill.filters;

import static org.gristmill.filters.Judging.judge;
import static org.gristmill.filters.Judging.number;
import static org.gristmill.filters.Judging.outcome;
import static org.gristmill.filters.Judging.rule;
import static org.gristmill.filters.Judging.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Personal data and secrets in made-up formats are found; clean texts stay clean. */
class PiiTest {
  private static final Pii COUNT = with(Pii.DEFAULT, "action", Pii.Action.COUNT);
  private static final List<String> FRAMES =
      List.of(
          "Please write to %s before Friday.",
          "id=%s;",
          "\"value\": \"%s\",",
          "号码是%s，请保密。",
          "(%s)",
          "%s",
          "see: %s\nand go on",
          "Kontakt: %s!");

  private final SplittableRandom random = new SplittableRandom(97);

  private String pick(String... strings) {
    return strings[random.nextInt(strings.length)];
  }

  private String digits(int n) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < n; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private String letters(int n, String of) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < n; i++) {
      letters.append(of.charAt(random.nextInt(of.length())));
    }
    return letters.toString();
  }

  private static String grouped(String string, int size, String by) {
    return string.replaceAll("(.{" + size + "})(?=.)", "$1" + by);
  }

  private String card() {
    String[] start =
        pick("4:16", "51:16", "2221:16", "37:15", "6011:16", "62:16", "36:14").split(":");
    String body = start[0] + digits(Integer.parseInt(start[1]) - start[0].length() - 1);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? 2 * digit : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    String card = body + (10 - sum % 10) % 10;
    return card.length() == 16 ? grouped(card, 4, pick("", " ", "-")) : card;
  }

  private String iban() {
    String[] country =
        pick("DE:18:", "FR:23:", "GB:14:NWBK", "NL:10:ABNA", "ES:20:", "PL:24:").split(":", -1);
    String account = country[2] + digits(Integer.parseInt(country[1]));
    StringBuilder number = new StringBuilder();
    for (char c : (account + country[0] + "00").toCharArray()) {
      number.append(Character.digit(c, 36));
    }
    int check = 98 - new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValue();
    String iban = country[0] + "%02d".formatted(check) + account;
    return grouped(iban, 4, pick("", " "));
  }

  private String residentId() {
    String body =
        pick("110101", "310115", "440305", "510104")
            + "%d%02d%02d"
                .formatted(
                    1940 + random.nextInt(70), 1 + random.nextInt(12), 1 + random.nextInt(28))
            + digits(3);
    int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += weights[i] * (body.charAt(i) - '0');
    }
    return body + "10X98765432".charAt(sum % 11);
  }

  private String canary(Pii.Kind kind) {
    String alphabet = "abcdefghijklmnopqrstuvwxyz";
    String all = alphabet + alphabet.toUpperCase(java.util.Locale.ROOT) + "0123456789";
    return switch (kind) {
      case EMAIL ->
          letters(1 + random.nextInt(9), alphabet)
              + pick("", ".x", "_7", "+tag", "-a")
              + "@"
              + pick("", "mail.")
              + letters(2 + random.nextInt(8), alphabet)
              + pick(".com", ".de", ".co.uk", ".museum");
      case PHONE ->
          pick(
              "+1 415 555 " + "2" + digits(3),
              "+49 30 9018" + digits(4),
              "+86 138 " + digits(4) + " 2" + digits(3),
              "+442079460" + digits(3),
              "(212) 555-2" + digits(3),
              "415-555-2" + digits(3),
              "139" + "2" + digits(7),
              "139-2" + digits(3) + "-" + digits(4),
              "010-6" + digits(7),
              "0571-8" + digits(7));
      case IP ->
          (30 + random.nextInt(60))
              + "."
              + (20 + random.nextInt(200))
              + ".44."
              + random.nextInt(255);
      case CARD -> card();
      case IBAN -> iban();
      case RESIDENT_ID -> residentId();
      case SSN ->
          "%03d-%02d-%04d"
              .formatted(1 + random.nextInt(665), 1 + random.nextInt(99), 1 + random.nextInt(9999));
      case API_KEY ->
          pick(
              "AKIA" + letters(16, all.toUpperCase(java.util.Locale.ROOT)),
              "ghp_" + letters(36, all),
              "hf_" + letters(34, all),
              "sk-proj-" + letters(48, all),
              "AIza" + letters(35, all),
              "sk_live_" + letters(24, all),
              "xoxb-" + digits(12) + "-" + letters(24, all));
      case PRIVATE_KEY ->
          "-----BEGIN RSA PRIVATE KEY-----\n"
              + letters(64, all)
              + "\n"
              + letters(40, all)
              + "==\n-----END RSA PRIVATE KEY-----";
    };
  }

  /** Two thousand and more in many frames: all that carry a check, and nearly all others. */
  @Test
  void findsWhatItIsLookingFor() {
    Map<Pii.Kind, Integer> missed = new EnumMap<>(Pii.Kind.class);
    int each = 250;
    for (Pii.Kind kind : Pii.Kind.values()) {
      for (int i = 0; i < each; i++) {
        String canary = canary(kind);
        String text = pick(FRAMES.toArray(String[]::new)).formatted(canary);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean found =
            judge(COUNT, text).findings().spans().stream()
                .anyMatch(
                    s ->
                        s.what().equals(kind.name())
                            && new String(
                                    bytes, s.start(), s.end() - s.start(), StandardCharsets.UTF_8)
                                .equals(canary));
        if (!found) {
          missed.merge(kind, 1, Integer::sum);
        }
      }
    }
    for (Pii.Kind kind : List.of(Pii.Kind.CARD, Pii.Kind.IBAN, Pii.Kind.RESIDENT_ID)) {
      assertTrue(missed.getOrDefault(kind, 0) <= 0.01 * each, kind + " " + missed);
    }
    assertTrue(
        missed.values().stream().mapToInt(n -> n).sum() <= 0.02 * each * 9, missed.toString());
  }

  @Test
  void changedCheckDigitsAreNoFinds() {
    for (int i = 0; i < 200; i++) {
      String card = card().replaceAll("[ -]", "");
      char last = card.charAt(card.length() - 1);
      String wrong = card.substring(0, card.length() - 1) + (char) (last == '9' ? '0' : last + 1);
      assertEquals(0, number(COUNT, "no. " + wrong, "pii.card"), wrong);
      String iban = iban().replace(" ", "");
      String swapped =
          iban.substring(0, 2) + (iban.startsWith("00", 2) ? "98" : "00") + iban.substring(4);
      assertEquals(0, number(COUNT, swapped, "pii.iban"), swapped);
    }
  }

  @Test
  void cleanNumbersAreNoFinds() {
    for (String clean :
        List.of(
            "Section 3.1.4.2 of version 10.2.3.4",
            "192.168.1.1, 127.0.0.1 and 10.0.0.1",
            "ISBN 978-3-16-148410-0",
            "in 1995-1996, 2,147,483,647 of 18446744073709551615",
            "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "12:30:45 and 2024-06-24T05:26:15Z",
            "a@b, @name, user@host, x@1.2",
            "000-12-3456 and 123-45-6789",
            "3.14159265358979",
            "4111 1111 1111 1112",
            "std::string a::b",
            "AKIAIOSFODNN7EXAMPLE",
            "order 20240624052615")) {
      assertEquals(List.of(), judge(COUNT, clean).findings().spans(), clean);
    }
  }

  @Test
  void actions() {
    String text = "Ask ann@mail.com or bob@mail.com; ann@mail.com is quicker.";
    assertEquals("Ask <EMAIL-1> or <EMAIL-2>; <EMAIL-1> is quicker.", outcome(Pii.DEFAULT, text));
    assertEquals(
        "Ask ***@****.*** or ***@****.***; ***@****.*** is quicker.",
        outcome(with(Pii.DEFAULT, "action", Pii.Action.MASK), text));
    assertEquals("pii.email", rule(with(Pii.DEFAULT, "action", Pii.Action.DROP), text));
    assertEquals(3, number(COUNT, text, "pii.email"));
    assertEquals(
        text, outcome(with(Pii.DEFAULT, "kinds", List.of(Pii.Kind.PHONE, Pii.Kind.CARD)), text));
  }

  /** The numbers found in texts of others were looked at: none is false; see docs/filters.md. */
  @Test
  void realTexts() throws IOException {
    Map<String, Integer> found = new HashMap<>();
    for (String text : RealTexts.texts()) {
      for (Findings.Span span : judge(COUNT, text).findings().spans()) {
        found.merge(span.what(), 1, Integer::sum);
      }
    }
    assertTrue(found.getOrDefault("EMAIL", 0) > (RealTexts.ALL ? 1000 : 80), found.toString());
    assertTrue(found.getOrDefault("PHONE", 0) < (RealTexts.ALL ? 200 : 20), found.toString());
    for (String rare : List.of("RESIDENT_ID", "API_KEY", "PRIVATE_KEY", "SSN", "CARD")) {
      assertEquals(0, found.getOrDefault(rare, 0), found.toString());
    }
  }
}
