package org.gristmill.tokenize.huggingface;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gristmill.tokenize.model.ModelError;
import org.gristmill.tokenize.model.Trie;
import org.gristmill.tokenize.model.Utf8;

/**
 * Tokens beside the model's vocabulary, which are found in the text before anything else, those
 * marked so after normalization: at each place the longest, from left to right.
 *
 * @see <a
 *     href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/tokenizer/added_vocabulary.rs">The
 *     reference</a>
 */
final class AddedTokens {
  /** A token and how it is to be found. */
  record Added(
      int id,
      String content,
      String shown,
      boolean singleWord,
      boolean left,
      boolean right,
      boolean special,
      boolean normalized) {}

  private final Map<Integer, Added> byId = new LinkedHashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Trie raw = new Trie();
  private final Trie normalized = new Trie();
  private final boolean specialIsText;

  /** The control tokens of BERT. */
  static final List<String> BERT = List.of("[UNK]", "[SEP]", "[CLS]", "[PAD]", "[MASK]");

  /** Names of the special tokens of a file. */
  static Set<String> special(Part file) {
    Set<String> names = new HashSet<>();
    for (Part part : file.has("added_tokens") ? file.parts("added_tokens") : List.<Part>of()) {
      if (part.bool("special")) {
        names.add(part.string("content"));
      }
    }
    return names;
  }

  /** Receives the stretches of a text in their order. */
  interface Stretches {
    void text(int from, int to);

    void token(int id);
  }

  /**
   * @param file the whole file
   * @param model the ids of the model's own tokens
   * @param size how many the model has
   * @param specialIsText whether the names of special tokens in a text are text
   */
  AddedTokens(
      Part file,
      Map<String, Integer> model,
      int size,
      Normalizer normalizer,
      boolean specialIsText) {
    this.specialIsText = specialIsText;
    int next = size;
    for (Part part : file.has("added_tokens") ? file.parts("added_tokens") : List.<Part>of()) {
      String content = part.string("content");
      if (content.isEmpty()) {
        continue;
      }
      Integer known = ids.containsKey(content) ? ids.get(content) : model.get(content);
      int id = known == null ? next++ : known;
      if (id != part.integer("id")) {
        throw part.error("id", "is not what the reference gives the token " + content + ": " + id);
      }
      add(part, id, content, normalizer);
    }
    for (Added added : byId.values()) {
      byte[] shown = added.shown().getBytes(StandardCharsets.UTF_8);
      if (shown.length == 0) {
        throw new ModelError("the added token " + added.content() + " is empty when normalized");
      }
      (added.normalized() ? normalized : raw).put(shown, 0, added.id());
    }
  }

  private AddedTokens(boolean specialIsText) {
    this.specialIsText = specialIsText;
  }

  /** The control tokens of BERT, as far as a vocabulary has them. */
  static AddedTokens ofBert(Map<String, Integer> vocabulary, boolean specialIsText) {
    AddedTokens added = new AddedTokens(specialIsText);
    for (String name : BERT) {
      Integer id = vocabulary.get(name);
      if (id != null) {
        added.byId.put(id, new Added(id, name, name, false, false, false, true, false));
        added.raw.put(name.getBytes(StandardCharsets.UTF_8), 0, id);
      }
    }
    return added;
  }

  private void add(Part part, int id, String content, Normalizer normalizer) {
    boolean isNormalized = part.bool("normalized");
    String shown = content;
    if (isNormalized) {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      Draft draft = new Draft();
      draft.start(bytes, 0, bytes.length);
      normalizer.apply(draft);
      shown = new String(draft.text(), 0, draft.length(), StandardCharsets.UTF_8);
    }
    Added added =
        new Added(
            id,
            content,
            shown,
            part.bool("single_word"),
            part.bool("lstrip"),
            part.bool("rstrip"),
            part.bool("special"),
            isNormalized);
    byId.put(id, added);
    ids.put(content, id);
  }

  Map<Integer, Added> byId() {
    return byId;
  }

  /** Whether every token stands for its own name alone, also where names are read as bytes. */
  boolean areTheirNames() {
    return byId.values().stream().allMatch(AddedTokens::isItsName);
  }

  private static boolean isItsName(Added token) {
    byte[] spelled = ByteLetters.read(token.shown());
    boolean same =
        spelled == null || Arrays.equals(spelled, token.content().getBytes(StandardCharsets.UTF_8));
    return same && !token.left() && !token.right();
  }

  /** Finds the tokens that are sought before normalization. */
  void findRaw(byte[] text, int from, int to, Stretches found) {
    find(raw, text, from, to, found);
  }

  /** Finds the tokens that are sought in normalized text. */
  void findNormalized(byte[] text, int to, Stretches found) {
    find(normalized, text, 0, to, found);
  }

  private void find(Trie trie, byte[] text, int from, int to, Stretches found) {
    int done = from;
    for (int at = from; at < to; ) {
      int end = trie.starts(text[at] & 0xFF) ? trie.longest(text, at, to) : -1;
      if (end < 0) {
        at++;
        continue;
      }
      Added token = byId.get(trie.get(text, at, end));
      if (isSought(token, text, from, at, end, to)) {
        int start = at;
        while (token.left() && start > done && isSpace(text, Utf8.before(text, start))) {
          start = Utf8.before(text, start);
        }
        int stop = end;
        while (token.right() && stop < to && isSpace(text, stop)) {
          stop += Utf8.length(text[stop]);
        }
        if (done < start) {
          found.text(done, start);
        }
        found.token(token.id());
        done = stop;
      }
      at = end;
    }
    if (done < to) {
      found.text(done, to);
    }
  }

  private boolean isSought(Added token, byte[] text, int from, int start, int end, int to) {
    if (specialIsText && token.special()) {
      return false;
    }
    boolean wordBefore = start > from && isWord(text, Utf8.before(text, start));
    boolean wordBehind = end < to && isWord(text, end);
    return !token.singleWord() || !wordBefore && !wordBehind;
  }

  private static boolean isSpace(byte[] text, int at) {
    return CodePoints.is(Utf8.codePoint(text, at), CodePoints.SPACE);
  }

  private static boolean isWord(byte[] text, int at) {
    return CodePoints.is(Utf8.codePoint(text, at), CodePoints.WORD);
  }
}
