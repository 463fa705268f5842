package org.gristmill.sources.code;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gristmill.sources.Json;
import org.gristmill.sources.JsonTree;

/**
 * A Jupyter notebook as a program: its cells in order, without their outputs, each behind a line
 * {@code %%}; what is no code is a comment.
 *
 * @param language of the code, {@code unknown} if it does not say
 * @param text in jupytext's percent format
 * @see <a href="https://nbformat.readthedocs.io/en/latest/format_description.html">nbformat 3 and
 *     4</a>
 * @see <a href="https://jupytext.readthedocs.io/en/latest/formats-scripts.html">percent format</a>
 */
record Notebook(String language, String text) {
  private static final Set<String> SLASHES =
      Set.of("c", "c++", "c#", "go", "java", "javascript", "kotlin", "rust", "scala", "typescript");

  static boolean isNamed(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".ipynb");
  }

  /** The notebook that some JSON is; empty if it has no cells. */
  static Optional<Notebook> of(String json) {
    Object tree;
    try (JsonParser parser = Json.FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      tree = JsonTree.read(parser, Long.MAX_VALUE / 2);
    } catch (IOException e) {
      return Optional.empty(); // a string is read without fail, so that it is no JSON
    }
    Object cells = field(tree, "cells");
    if (field(tree, "worksheets") instanceof List<?> sheets && !sheets.isEmpty()) {
      cells = field(sheets.get(0), "cells");
    }
    if (!(cells instanceof List<?> list)) {
      return Optional.empty();
    }
    String language = language(tree, list);
    String comment = SLASHES.contains(language) ? "//" : "#";
    StringBuilder text = new StringBuilder();
    for (Object cell : list) {
      append(cell, comment, text);
    }
    return Optional.of(new Notebook(language, text.toString()));
  }

  private static void append(Object cell, String comment, StringBuilder text) {
    Object source = field(cell, "source");
    String said = lines(source == null ? field(cell, "input") : source).strip();
    if (said.isEmpty()) {
      return;
    }
    String type = JsonTree.text(field(cell, "cell_type"));
    boolean code = type.equals("code");
    text.append(text.length() == 0 ? "" : "\n").append(comment).append(" %%");
    text.append(code ? "" : " [" + type + "]").append('\n');
    for (String line : said.split("\n", -1)) {
      String prefix = code ? "" : line.isBlank() ? comment : comment + " ";
      text.append(prefix).append(line.stripTrailing()).append('\n');
    }
  }

  private static String language(Object tree, List<?> cells) {
    Object metadata = field(tree, "metadata");
    String[] said = {
      JsonTree.text(field(field(metadata, "language_info"), "name")),
      JsonTree.text(field(field(metadata, "kernelspec"), "language")),
      cells.isEmpty() ? "" : JsonTree.text(field(cells.get(0), "language"))
    };
    for (String language : said) {
      if (!language.isBlank()) {
        return language.strip().toLowerCase(Locale.ROOT);
      }
    }
    return ProgrammingLanguages.UNKNOWN;
  }

  private static Object field(Object of, String name) {
    return of instanceof Map<?, ?> object ? object.get(name) : null;
  }

  /** A text, or the lines of a list. */
  private static String lines(Object source) {
    if (!(source instanceof List<?> list)) {
      return JsonTree.text(source);
    }
    StringBuilder text = new StringBuilder();
    list.forEach(line -> text.append(JsonTree.text(line)));
    return text.toString();
  }
}
