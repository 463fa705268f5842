package org.gristmill.sources.html.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gristmill.testing.RealFiles;
import org.junit.jupiter.api.Test;

/** All cases of html5lib's tokenizer tests; only what they say of parse errors is not looked at. */
class Html5libTokenizerTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

  @Test
  void everyCase() throws IOException {
    int cases = 0;
    List<String> wrong = new ArrayList<>();
    for (Path file : RealFiles.files("web/html5lib-tests/tokenizer")) {
      if (file.toString().endsWith(".test")) {
        Map<?, ?> all = (Map<?, ?>) json(file);
        Object tests = all.containsKey("tests") ? all.get("tests") : all.get("xmlViolationTests");
        boolean xml = !all.containsKey("tests");
        for (Object test : (List<?>) tests) {
          cases += xml ? 0 : run(file.getFileName().toString(), (Map<?, ?>) test, wrong);
        }
      }
    }
    assertTrue(cases > 6_000, cases + " cases");
    assertEquals(List.of(), wrong);
  }

  private static int run(String file, Map<?, ?> test, List<String> wrong) {
    boolean escaped = test.containsKey("doubleEscaped");
    String input = unescaped((String) test.get("input"), escaped);
    String wanted = unescaped(tokens((List<?>) test.get("output")), escaped);
    List<?> states =
        test.containsKey("initialStates")
            ? (List<?>) test.get("initialStates")
            : List.of("Data state");
    for (Object state : states) {
      String found = found(input, (String) state, (String) test.get("lastStartTag"));
      if (!found.equals(wanted)) {
        wrong.add(file + " " + state + ": " + input + "\n" + wanted + "\n" + found);
      }
    }
    return states.size();
  }

  private static String unescaped(String text, boolean escaped) {
    Matcher matcher = ESCAPE.matcher(text);
    return escaped
        ? matcher.replaceAll(
            m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))))
        : text;
  }

  private static String tokens(List<?> output) {
    StringBuilder all = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (Object item : output) {
      List<?> token = (List<?>) item;
      if (token.get(0).equals("Character")) {
        text.append(token.get(1));
      } else {
        flush(text, all);
        all.append(token).append('\n');
      }
    }
    flush(text, all);
    return all.toString();
  }

  private static void flush(StringBuilder text, StringBuilder all) {
    if (text.length() > 0) {
      all.append("[Character, ").append(text).append("]\n");
      text.setLength(0);
    }
  }

  private static String found(String input, String state, String lastStartTag) {
    String name = lastStartTag == null ? "none" : lastStartTag;
    char[] chars = (input + name).toCharArray();
    char[] page = input.toCharArray();
    int length = HtmlParser.lineFeeds(page);
    System.arraycopy(page, 0, chars, 0, length);
    System.arraycopy(name.toCharArray(), 0, chars, length, name.length());
    Nodes nodes = new Nodes(chars);
    Tokenizer tokens = new Tokenizer(nodes, length);
    int hash = 0;
    for (char c : name.toCharArray()) {
      hash = Names.next(hash, c);
    }
    switch (state) {
      case "PLAINTEXT state" -> tokens.state = Tokenizer.State.PLAINTEXT;
      case "RCDATA state" ->
          tokens.raw(Tokenizer.State.RCDATA, nodes.names.id(length, length + name.length(), hash));
      case "RAWTEXT state" ->
          tokens.raw(Tokenizer.State.RAWTEXT, nodes.names.id(length, length + name.length(), hash));
      case "Script data state" ->
          tokens.raw(Tokenizer.State.SCRIPT, nodes.names.id(length, length + name.length(), hash));
      case "CDATA section state" -> tokens.state = Tokenizer.State.CDATA;
      default -> assertEquals("Data state", state);
    }
    return read(nodes, tokens);
  }

  private static String read(Nodes nodes, Tokenizer tokens) {
    StringBuilder all = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (Tokenizer.Kind kind = tokens.next(); kind != Tokenizer.Kind.EOF; kind = tokens.next()) {
      if (kind == Tokenizer.Kind.TEXT) {
        text.append(nodes.string(tokens.from, tokens.to));
        continue;
      }
      flush(text, all);
      List<Object> token = new ArrayList<>();
      switch (kind) {
        case START -> {
          token.addAll(
              List.of("StartTag", nodes.names.name(tokens.name), attributes(nodes, tokens)));
          if (tokens.selfClosing) {
            token.add("true");
          }
        }
        case END -> token.addAll(List.of("EndTag", nodes.names.name(tokens.name)));
        case COMMENT -> token.addAll(List.of("Comment", nodes.string(tokens.from, tokens.to)));
        default -> {
          Tokenizer.Doctype d = tokens.doctype;
          token.add("DOCTYPE");
          token.add(d.name < 0 ? null : nodes.string(d.name, d.nameEnd));
          token.add(d.publicId < 0 ? null : nodes.string(d.publicId, d.publicEnd));
          token.add(d.systemId < 0 ? null : nodes.string(d.systemId, d.systemEnd));
          token.add(String.valueOf(!d.forceQuirks));
        }
      }
      all.append(token).append('\n');
    }
    flush(text, all);
    return all.toString();
  }

  private static Map<String, String> attributes(Nodes nodes, Tokenizer tokens) {
    Map<String, String> map = new TreeMap<>();
    for (int a = tokens.attributes; a < nodes.attributeCount(); a++) {
      map.put(
          nodes.names.name(nodes.attributeName(a)),
          nodes.string(nodes.valueFrom(a), nodes.valueTo(a)));
    }
    return map;
  }

  private static Object json(Path file) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      return value(json, json.nextToken());
    }
  }

  private static Object value(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> map = new TreeMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        map.put(name, value(json, json.nextToken()));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
        list.add(value(json, t));
      }
      return list;
    }
    return token == JsonToken.VALUE_NULL ? null : json.getText();
  }
}
