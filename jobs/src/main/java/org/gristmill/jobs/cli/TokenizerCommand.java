package org.gristmill.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gristmill.core.Document;
import org.gristmill.filters.Language;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.TokenizerReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a person wants to know of a tokenizer before choosing it. */
@Command(
    name = "tokenizer",
    mixinStandardHelpOptions = true,
    description =
        "Says what a tokenizer makes of documents: tokens per byte by language and source, the"
            + " longest tokens, how many are never used.")
public final class TokenizerCommand implements Callable<Integer> {
  @Mixin private TokenizerOptions chosen;

  @Option(names = "--on", required = true, paramLabel = "DOCS", description = TriedFiles.LINES)
  private String documents;

  @Option(names = "--longest", defaultValue = "20", description = "so many of the longest tokens")
  private int longest;

  private final PrintStream out;
  private final PrintStream err;

  /** Prints to these. */
  public TokenizerCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    Tokenizer tokenizer = chosen.tokenizer();
    TokenizerReport report = new TokenizerReport(tokenizer.vocabularySize());
    long broken =
        TriedFiles.documents(documents, "jsonl", err, document -> add(report, tokenizer, document));
    int[] unused = report.unused(tokenizer);
    out.printf(
        Locale.ROOT,
        "%s: %,d ids; a document ends with %d; %s%n%n",
        tokenizer.name(),
        tokenizer.vocabularySize(),
        tokenizer.endOfDocument(),
        tokenizer.lossless()
            ? "every text comes back from its ids"
            : "not every text comes back from its ids");
    out.printf(
        Locale.ROOT,
        "%-10s %-14s %12s %16s %16s %16s %16s%n",
        "language",
        "source",
        "documents",
        "bytes",
        "tokens",
        "tokens per byte",
        "bytes per token");
    for (TokenizerReport.Row row : report.rows()) {
      print(row, row.language(), row.source());
    }
    print(report.total(), "all", "");
    out.printf(Locale.ROOT, "%n%,d ids never used", unused.length);
    for (int i = 0; i < Math.min(unused.length, 10); i++) {
      out.print((i == 0 ? ": " : " ") + unused[i]);
    }
    out.println(unused.length > 10 ? " ..." : "");
    out.printf("%nlongest tokens: id, how often, text%n");
    ObjectMapper json = new ObjectMapper();
    for (TokenizerReport.Used token : report.longest(tokenizer, longest)) {
      String text = json.writeValueAsString(token.text().toString());
      out.printf(Locale.ROOT, "%9d %9d %s%n", token.id(), token.count(), text);
    }
    err.printf(Locale.ROOT, "%,d documents, %,d broken%n", report.total().documents(), broken);
    return Exit.DONE;
  }

  private static void add(TokenizerReport report, Tokenizer tokenizer, Document document) {
    String language = document.language();
    if (language.equals(Document.UNDETERMINED)) {
      language = Language.DEFAULT.judge(document).findings().language();
    }
    report.add(language, document.source(), document.text(), tokenizer.encode(document.text()));
  }

  private void print(TokenizerReport.Row row, String language, String source) {
    double perByte = row.tokensPerByte();
    out.printf(
        Locale.ROOT,
        "%-10s %-14s %,12d %,16d %,16d %16.3f %16.2f%n",
        language,
        source,
        row.documents(),
        row.bytes(),
        row.tokens(),
        perByte,
        perByte == 0 ? 0 : 1 / perByte);
  }
}
