package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.testing.Sentences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where documents went, and what a packed row looks like. */
@ExtendWith(OneSpark.class)
class WhyTest {
  @TempDir Path folder;

  private static String line(String url, String text) {
    return "{\"url\": \"" + url + "\", \"text\": \"" + text.replace("\n", " ") + "\"}\n";
  }

  @Test
  void everyDocumentIsFoundAgain() throws IOException {
    SmallPipeline pipeline = new SmallPipeline(folder).deduplicating().with("maxBroken = 1");
    String text = Sentences.english(1, 30);
    Fixtures.write(
        pipeline.in("in/a.jsonl"),
        line("http://a/whole", text)
            + line("http://a/copy", text)
            + line("http://a/near", text.substring(text.indexOf(' ')))
            + line("http://a/short", "short")
            + "{broken\n"
            + line("http://a/other", Sentences.english(2, 12)));
    pipeline.runs();

    List<String> whole = why(pipeline, "http://a/whole");
    List<String> copy = why(pipeline, "http://a/copy");
    String whoStays = whole.get(3).contains("dropped as an exact copy") ? "copy" : "whole";
    List<String> stays = whoStays.equals("copy") ? copy : whole;
    List<String> goes = whoStays.equals("copy") ? whole : copy;
    String id = stays.get(0).split(" ")[1];
    assertTrue(stays.get(1).matches("  from .*in/a.jsonl, offset \\d+, http://a/.*"), stays.get(1));
    assertTrue(stays.get(2).contains("kept as "), stays.get(2));
    assertTrue(stays.get(3).contains("stays; dropped for it:"), stays.get(3));
    assertTrue(goes.get(3).contains("exact copy of " + id + " (similarity 1.000)"), goes.get(3));
    assertEquals(4, goes.size());
    assertTrue(why(pipeline, "http://a/near").get(3).contains("near copy of " + id));
    assertTrue(
        why(pipeline, "http://a/short").get(2).contains("dropped by length.chars: 5.0, the limit"));
    assertEquals(stays, why(pipeline, id.substring(0, 8)));
    assertEquals(Exit.MISTAKE, answer(pipeline, "http://a/nothing").code());
    String file = stays.get(1).trim().split(" +")[1].replace(",", "");
    List<String> all = why(pipeline, file);
    assertTrue(all.stream().anyMatch(l -> l.startsWith("  broken   bad-json")), all.toString());
    assertEquals(6, all.stream().filter(l -> !l.startsWith(" ")).count());

    sweeps(pipeline);

    String shard = stays.stream().filter(l -> l.endsWith(".arrow")).findFirst().orElseThrow();
    shard = shard.substring(shard.indexOf('/'));
    StringBuilder shown = new StringBuilder();
    for (String line : stays.subList(stays.indexOf("  shards   " + shard) + 1, stays.size())) {
      String row = line.trim().split("[ ,]+")[1];
      Fixtures.Printed printed = Fixtures.gristmill("show", shard, row);
      assertEquals(Exit.DONE, printed.code(), printed.err());
      List<String> lines = printed.out().lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains("document " + id)) {
          shown.append(lines.get(i + 1));
        }
      }
    }
    assertEquals(text.replace("\n", " "), shown.toString());
    assertEquals(Exit.MISTAKE, Fixtures.gristmill("show", shard, "9999").code());
  }

  private static Fixtures.Printed answer(SmallPipeline pipeline, String what) throws IOException {
    return Fixtures.gristmill("why", pipeline.conf().toString(), what);
  }

  /** Of the five documents, the short one is dropped. */
  private static void sweeps(SmallPipeline pipeline) throws IOException {
    String conf = pipeline.conf().toString();
    Fixtures.Printed rules = Fixtures.gristmill("sweep", conf);
    assertEquals(Exit.DONE, rules.code(), rules.err());
    assertTrue(rules.out().matches("(?s).*\nlength\\.chars +5 +1  10\n.*"), rules.out());
    Fixtures.Printed all = Fixtures.gristmill("sweep", "--all", conf, "length.chars");
    List<String> lines = all.out().lines().toList();
    assertEquals("value\tdocuments\tkept\tdropped-by-this", lines.get(0));
    assertEquals("5.0\t1\t0\t1", lines.get(1));
    assertEquals(5, lines.stream().skip(1).mapToLong(l -> Long.parseLong(l.split("\t")[1])).sum());
    Fixtures.Printed seen = Fixtures.gristmill("sweep", conf, "length.chars");
    assertTrue(seen.out().contains("of 5 documents, 1 of them dropped for it (limit 10)"));
    assertTrue(seen.out().contains("100.00%"), seen.out());
    Fixtures.Printed none = Fixtures.gristmill("sweep", conf, "length.words");
    assertEquals(Exit.MISTAKE, none.code());
    assertTrue(none.err().contains("there are length.chars"), none.err());
  }

  private static List<String> why(SmallPipeline pipeline, String what) throws IOException {
    Fixtures.Printed printed = answer(pipeline, what);
    assertEquals(Exit.DONE, printed.code(), printed.err());
    return printed.out().lines().toList();
  }
}
