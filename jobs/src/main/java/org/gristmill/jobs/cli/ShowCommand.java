package org.gristmill.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.gristmill.core.Text;
import org.gristmill.core.UserError;
import org.gristmill.tokenize.Sequence;
import org.gristmill.tokenize.Tokenizer;
import org.gristmill.tokenize.TokenizerFile;
import org.gristmill.tokenize.Tokenizers;
import org.gristmill.tokenize.Track;
import org.gristmill.tokenize.format.ArrowRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code show}: a packed row as a person wants to see it. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a row of an Arrow shard: its documents, where each begins, and the text.")
public final class ShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SHARD", description = "a file .arrow of a generation of shards")
  private Path shard;

  @Parameters(paramLabel = "ROW", description = "number of the row, from 0")
  private long number;

  private final PrintStream out;
  private final PrintStream err;

  ShowCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(shard)) {
      throw new UserError(shard + ": no such file");
    }
    ArrowRows.Row[] found = new ArrowRows.Row[1];
    long[] rows = new long[1];
    SortedMap<String, String> about =
        ArrowRows.read(
            shard,
            row -> {
              rows[0]++;
              if (row.number() == number) {
                found[0] = row;
              }
            });
    if (found[0] == null) {
      throw new UserError(shard + " has the rows 0 to " + (rows[0] - 1) + ", not " + number);
    }
    Tokenizer tokenizer = tokenizer(about);
    print(found[0], tokenizer);
    err.printf(Locale.ROOT, "row %,d of %,d; tokenizer %s%n", number, rows[0], tokenizer.name());
    return Exit.DONE;
  }

  /** The one of the shard: known by name, or its file as it lies beside the shards. */
  private Tokenizer tokenizer(Map<String, String> about) throws IOException {
    String name = about.get("tokenizer");
    if (Tokenizers.BY_NAME.containsKey(name)) {
      return Tokenizers.BY_NAME.get(name);
    }
    Path generation = shard.toAbsolutePath().getParent().getParent();
    JsonNode manifest = new ObjectMapper().readTree(generation.resolve("manifest.json").toFile());
    JsonNode facts = manifest.path("facts");
    Path file = generation.resolveSibling(manifest.path("tokenizer_file").asText());
    return new TokenizerFile(
        new org.gristmill.tokenize.ModelFile(name, Files.readAllBytes(file)),
        facts.path("tokenizer.pattern").asText(),
        facts.path("tokenizer.endToken").asText(),
        facts.path("tokenizer.specialTokens").asText("text"));
  }

  private void print(ArrowRows.Row row, Tokenizer tokenizer) {
    int at = 0;
    for (Sequence.Piece piece : row.pieces()) {
      int[] tokens = Arrays.copyOfRange(row.tokens(), at, at + piece.length());
      boolean ends = tokens[tokens.length - 1] == tokenizer.endOfDocument();
      int[] text = ends ? Arrays.copyOf(tokens, tokens.length - 1) : tokens;
      int from = at;
      out.printf(
          Locale.ROOT,
          "--- %,d: document %s, %,d tokens from its %,d on%n",
          at,
          piece.id(),
          piece.length(),
          piece.start());
      if (piece.label() != Track.IGNORED) {
        out.println("--- label of the whole: " + piece.label());
      }
      out.println(shown(row, from, text, tokenizer));
      if (ends) {
        out.println("--- end of the document");
      }
      at += piece.length();
    }
    out.printf(Locale.ROOT, "--- %,d: %,d tokens of padding%n", at, row.tokens().length - at);
  }

  /** The text, with what an objective says of it: what counts in a loss, what a mask hides. */
  private static String shown(ArrowRows.Row row, int from, int[] tokens, Tokenizer tokenizer) {
    if (row.tracks().isEmpty()) {
      return tokenizer.decode(tokens).toString();
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < tokens.length; ) {
      int start = i;
      String mark = mark(row, from + i, tokenizer);
      boolean hidden = mark.startsWith("?");
      do {
        i++;
      } while (!hidden && i < tokens.length && mark(row, from + i, tokenizer).equals(mark));
      Text text = tokenizer.decode(Arrays.copyOfRange(tokens, start, i));
      shown.append(mark.isEmpty() ? text : "⟦" + text + mark + "⟧");
    }
    return shown.toString();
  }

  /**
   * What is said of a token: ?IS for a hidden one, + where a loss mask counts, its type if not 0.
   */
  private static String mark(ArrowRows.Row row, int at, Tokenizer tokenizer) {
    StringBuilder mark = new StringBuilder();
    row.tracks()
        .forEach(
            (track, values) -> {
              int value = values[at];
              switch (track) {
                case LABELS ->
                    mark.append(
                        value == Track.IGNORED ? "" : "?" + tokenizer.decode(new int[] {value}));
                case LOSS_MASK -> mark.append(value == 1 ? "+" : "");
                case TOKEN_TYPES -> mark.append(value == 0 ? "" : "|" + value);
              }
            });
    return mark.toString();
  }
}
