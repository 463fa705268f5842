package org.gristmill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline on a collection of real and deliberately broken files. */
class RealFilesTest {
  @TempDir Path folder;

  @Test
  void everyRecordOfRealFilesEndsKeptDroppedOrQuarantined() throws Exception {
    Path data = RealFiles.root();
    Path conf = folder.resolve("real.conf");
    Files.writeString(
        conf,
        """
        name = real
        root = "%s"
        maxBroken = 1
        vars { data = "%s" }
        steps = [
          { job = ingest, source = web, from = ${vars.data}"/web/archives" }
          { job = ingest, source = code, from = ${vars.data}"/code" }
          { job = ingest, source = book, from = ${vars.data}"/books" }
          { job = ingest, source = wiki, from = ${vars.data}"/encyclopedia/*.xml.*" }
          { job = ingest, source = dialogue, from = ${vars.data}"/dialogue" }
          { job = filter, filters = [
              { name = language, sources = [web, book, wiki, dialogue] }
              { name = gopher-repetition, sources = [web] }
              { name = gopher-quality, sources = [web], languages = [en] }
              { name = c4-lines, sources = [web], languages = [en] }
              { name = fineweb-quality, sources = [web], languages = [en, zh] }
              { name = length, sources = [code], minChars = 100 } ] }
          { job = sign }
          { job = cluster, prefer = [wiki, book] }
          { job = tokenize, tokenizer = o200k_base }
          { job = pack, sequenceTokens = 4096, formats = [arrow, megatron] }
        ]
        """
            .formatted(folder.resolve("root"), data));
    Fixtures.Printed run = Fixtures.gristmill("run", conf.toString());
    assertEquals(Exit.DONE, run.code(), run.err());
    System.out.println(run.out());
    JsonNode ledger =
        new ObjectMapper().readTree(Fixtures.gristmill("ledger", conf.toString(), "--json").out());
    assertTrue(ledger.path("unaccounted").isEmpty());
    assertEquals(5, ledger.path("sources").size());
    for (JsonNode source : ledger.path("sources")) {
      assertTrue(source.path("tokens").asLong() > 10_000, ledger.toString());
    }
  }
}
