package org.gristmill.filters.language;

import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Time beside language-detector 0.6 (optimaize) with all its profiles, in turn, least of five
 * rounds, one thread: java LanguageBench LINES.txt.
 */
final class LanguageBench {
  private LanguageBench() {}

  public static void main(String[] args) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(args[0]));
    LanguageDetector peer =
        LanguageDetectorBuilder.create(NgramExtractors.standard())
            .withProfiles(new LanguageProfileReader().readAllBuiltIn())
            .build();
    ToIntFunction<String> theirs = line -> peer.detect(line).isPresent() ? 1 : 0;
    ToIntFunction<String> ours = line -> LanguageModel.get().identify(line).isPresent() ? 1 : 0;
    long least = Long.MAX_VALUE;
    long theirLeast = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      least = Math.min(least, time(lines, ours));
      theirLeast = Math.min(theirLeast, time(lines, theirs));
    }
    System.out.printf(
        Locale.ROOT,
        "%d lines, ours %.3f s, optimaize %.3f s, %.1f times%n",
        lines.size(),
        least / 1e9,
        theirLeast / 1e9,
        (double) theirLeast / least);
  }

  private static long time(List<String> lines, ToIntFunction<String> detector) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    int found = 0;
    for (String line : lines) {
      found += detector.applyAsInt(line);
    }
    long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    if (found == 0) {
      throw new IllegalStateException("nothing found");
    }
    return time;
  }
}
