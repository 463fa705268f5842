package org.gristmill.filters.language;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Processor time of the filter {@code language} on whole documents, in turn with an earlier build
 * of it, one thread, least of nine rounds: java LanguageSpeed DOCUMENTS.jsonl [CLASSPATH].
 */
final class LanguageSpeed {
  private LanguageSpeed() {}

  public static void main(String[] args) throws Exception {
    List<LanguageDocuments.Sample> all = LanguageDocuments.read(Path.of(args[0]));
    List<ToIntFunction<String>> filters = new ArrayList<>();
    filters.add(filter(LanguageSpeed.class.getClassLoader()));
    if (args.length > 1) {
      filters.add(filter(new URLClassLoader(urls(args[1]), ClassLoader.getPlatformClassLoader())));
    }
    for (String language : List.of("en", "zh", "ja", "bn")) {
      List<String> texts = new ArrayList<>();
      long bytes = 0;
      for (LanguageDocuments.Sample sample : all) {
        String text = sample.text();
        if (sample.language().equals(language) && text.length() >= 100) {
          texts.add(text.substring(0, Math.min(text.length(), 5000)));
        }
      }
      texts = texts.subList(0, Math.min(1500, texts.size()));
      for (String text : texts) {
        bytes += text.getBytes(StandardCharsets.UTF_8).length;
      }
      long[] least = new long[filters.size()];
      Arrays.fill(least, Long.MAX_VALUE);
      for (int round = 0; round < 9; round++) {
        for (int i = 0; i < least.length; i++) {
          least[i] = Math.min(least[i], time(texts, filters.get(i)));
        }
      }
      for (int i = 0; i < least.length; i++) {
        System.out.printf(
            Locale.ROOT,
            "%s, %s: %d documents of up to 5,000 characters, %.1f us each, %.1f MB/s%n",
            language,
            i == 0 ? "now" : "earlier",
            texts.size(),
            least[i] / 1e3 / texts.size(),
            bytes * 1e3 / least[i]);
      }
    }
  }

  private static URL[] urls(String classPath) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String part : classPath.split(":")) {
      urls.add(new File(part).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  /** Asks the filter of a class loader. */
  private static ToIntFunction<String> filter(ClassLoader loader) throws Exception {
    Class<?> language = loader.loadClass("org.gristmill.filters.Language");
    Class<?> filter = loader.loadClass("org.gristmill.filters.Filter");
    Class<?> document = loader.loadClass("org.gristmill.core.Document");
    Class<?> text = loader.loadClass("org.gristmill.core.Text");
    Object standard = language.getField("DEFAULT").get(null);
    Method judge = filter.getMethod("judge", document);
    Method of = document.getMethod("of", String.class, text);
    Method textOf = text.getMethod("of", String.class);
    return string -> {
      try {
        return judge.invoke(standard, of.invoke(null, "d", textOf.invoke(null, string))).hashCode();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static long time(List<String> texts, ToIntFunction<String> filter) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    int sum = 0;
    for (String text : texts) {
      sum += filter.applyAsInt(text);
    }
    long time = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    if (sum == 42) {
      System.out.println();
    }
    return time;
  }
}
