package org.gristmill.jobs.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.UserError;
import org.gristmill.jobs.ingest.HadoopInput;
import org.gristmill.jobs.ingest.InputFile;
import org.gristmill.sources.Guard;
import org.gristmill.sources.Input;
import org.gristmill.sources.jsonl.PrintedLines;

/** What the commands of {@link TryCommands} read. */
final class TriedFiles {
  static final String LINES =
      "JSON lines with the text in text, plain or packed, or as printed by text: files, a folder or"
          + " a glob; - reads standard input";

  private TriedFiles() {}

  /** Hands over the documents of JSON lines, says what is wrong with the others, counts those. */
  static long documents(String path, String source, PrintStream err, Consumer<Document> out)
      throws IOException {
    long[] broken = new long[1];
    Consumer<Found> each =
        found -> {
          if (found instanceof Document document) {
            out.accept(document);
          } else if (found instanceof Quarantined line) {
            broken[0]++;
            err.printf(
                Locale.ROOT,
                "%s, offset %d: %s: %s%n",
                line.file(),
                line.offset(),
                line.reason().text(),
                line.detail());
          }
        };
    if (path.equals("-")) {
      PrintedLines.read(new StandardInput(source), each);
    } else {
      for (Input input : of(path, source)) {
        Guard.read(PrintedLines::read, input, each);
      }
    }
    return broken[0];
  }

  /** Hands over the lines of files, or of standard input, with the number of each, from 1. */
  static void lines(String path, ObjLongConsumer<String> out) throws IOException {
    List<Input> inputs = path.equals("-") ? List.of(new StandardInput("")) : of(path, "");
    for (Input input : inputs) {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(input.open(), StandardCharsets.UTF_8))) {
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          out.accept(line, ++number);
        }
      }
    }
  }

  /** The files that a path names, a folder, or a glob; there must be one. */
  static List<Input> of(String path, String source) throws IOException {
    Configuration hadoop = new Configuration();
    List<Input> inputs = new ArrayList<>();
    for (InputFile file : InputFile.list(path, hadoop).values()) {
      inputs.add(new HadoopInput(source, file.uri(), file.name(), file.length(), hadoop));
    }
    if (inputs.isEmpty()) {
      throw new UserError(path + ": no such file");
    }
    return inputs;
  }

  /** What is piped in; its length is not known. */
  private record StandardInput(String source) implements Input {
    @Override
    public String file() {
      return "-";
    }

    @Override
    public String name() {
      return "-";
    }

    @Override
    public long length() {
      return -1;
    }

    @Override
    public InputStream open() {
      return System.in;
    }
  }
}
