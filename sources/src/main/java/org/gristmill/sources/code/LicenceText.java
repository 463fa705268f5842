package org.gristmill.sources.code;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Knows the common licences by sentences that stand in them, by sentences that must not, and by
 * their length, which other terms would change. What is not plainly one of them is not known.
 */
final class LicenceText {
  private static final String BSD =
      "redistribution and use in source and binary forms, with or without modification, are"
          + " permitted provided that the following conditions are met";
  private static final String BINARY = "redistributions in binary form must reproduce";
  private static final String PROVIDED = "this software is provided";
  private static final String MIT =
      "permission is hereby granted, free of charge, to any person obtaining a copy of this software"
          + " and associated documentation files";

  /**
   * A licence.
   *
   * @param id SPDX identifier
   * @param maxChars most characters from the first sentence on: more would be other terms
   * @param sentences what must be in the text, the first of them in front
   * @param others what must not
   */
  private record Rule(String id, int maxChars, List<String> sentences, List<String> others) {
    boolean fits(String text) {
      int first = text.indexOf(sentences.get(0));
      return first >= 0
          && first < (maxChars < TITLED ? NOTICE_CHARS : TITLE_CHARS)
          && text.length() - first <= maxChars
          && sentences.stream().allMatch(text::contains)
          && others.stream().noneMatch(text::contains);
    }
  }

  /** Licences of more characters have a title. */
  private static final int TITLED = 5_000;

  /** In so many characters in front stands the title. */
  private static final int TITLE_CHARS = 400;

  /** In so many, for those without one, the names of the holders: more would be other terms. */
  private static final int NOTICE_CHARS = 1_500;

  private static final List<Rule> RULES =
      List.of(
          titled(
              "AGPL-3.0", 36_000, "gnu affero general public license version 3, 19 november 2007"),
          titled("LGPL-3.0", 9_000, "gnu lesser general public license version 3, 29 june 2007"),
          titled(
              "LGPL-2.1", 28_000, "gnu lesser general public license version 2.1, february 1999"),
          titled("GPL-3.0", 37_000, "gnu general public license version 3, 29 june 2007"),
          titled("GPL-2.0", 19_500, "gnu general public license version 2, june 1991"),
          new Rule(
              "Apache-2.0",
              12_000,
              List.of(
                  "version 2.0, january 2004",
                  "www.apache.org licenses",
                  "grant of patent license"),
              List.of("commons clause", "llvm exceptions")),
          titled("MPL-2.0", 18_000, "mozilla public license version 2.0"),
          titled("EPL-2.0", 16_000, "eclipse public license - v 2.0"),
          titled("CC0-1.0", 8_000, "cc0 1.0 universal"),
          titled("CC-BY-SA-4.0", 22_000, "attribution-sharealike 4.0 international"),
          titled("CC-BY-4.0", 20_000, "attribution 4.0 international"),
          rule(
              "Unlicense",
              1_300,
              "this is free and unencumbered software released into the public domain"),
          rule("BSL-1.0", 1_500, "boost software license - version 1.0"),
          rule(
              "Zlib",
              1_000,
              "this software is provided 'as-is', without any express or implied warranty",
              "altered source versions must be plainly marked as such"),
          rule(
              "ISC",
              760,
              "permission to use, copy, modify, and",
              "distribute this software for any purpose with or without fee is hereby granted,"
                  + " provided that the above copyright notice and this permission notice appear in"
                  + " all copies"),
          rule(
              "0BSD",
              700,
              "permission to use, copy, modify, and or distribute this software for any purpose with"
                  + " or without fee is hereby granted."),
          rule(
              "BSD-3-Clause",
              1_480,
              BSD,
              BINARY,
              PROVIDED,
              "be used to endorse or promote products derived"),
          new Rule(
              "BSD-2-Clause",
              1_300,
              List.of(BSD, BINARY, PROVIDED),
              List.of("endorse", "advertising")),
          new Rule(
              "MIT",
              1_080,
              List.of(MIT, "the above copyright notice and this permission notice"),
              List.of("advertising", "except as contained in this notice", "good, not evil")));

  private static Rule titled(String id, int maxChars, String title) {
    return new Rule(id, maxChars, List.of(title), List.of("commons clause"));
  }

  private static Rule rule(String id, int maxChars, String... sentences) {
    return new Rule(id, maxChars, List.of(sentences), List.of("advertising"));
  }

  private LicenceText() {}

  /** The SPDX identifier of a licence's text, empty if it is none that is known. */
  static Optional<String> of(String text) {
    String flat =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[*#>\"“”`_|/;]+|\\(c\\)", " ")
            .replace('‘', '\'')
            .replace('’', '\'')
            .replaceAll("(?<=\\s)(?:rem|dnl|--)(?=\\s)", " ")
            .replaceAll("\\s+", " ");
    return RULES.stream().filter(rule -> rule.fits(flat)).map(Rule::id).findFirst();
  }
}
