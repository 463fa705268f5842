package org.gristmill.tokenize.huggingface;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.gristmill.core.Text;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.Model;
import org.gristmill.tokenize.model.ModelError;

/**
 * A {@code tokenizer.json}, or a {@code vocab.txt} of BERT with the steps that belong to it. A text
 * is encoded without the tokens that a post-processor would put around it, and never truncated or
 * padded.
 */
public final class HuggingFaceModel implements Model {
  /** Names by which files call the token that ends a document. */
  private static final Set<String> ENDS =
      Set.of(
          "<|endoftext|>",
          "<|end_of_text|>",
          "</s>",
          "<eos>",
          "[EOS]",
          "<|endofdoc|>",
          "<|END_OF_TEXT|>",
          "<\uFF5Cend\u2581of\u2581sentence\uFF5C>",
          "[SEP]");

  private final Tokens tokens;
  private final AddedTokens added;
  private final Normalizer normalizer;
  private final List<PreTokenizer> steps;
  private final PieceEncoder encoder;
  private final Decoders.Decoder decoder;
  private final boolean lossless;

  /** What one thread works with. */
  private static final class Desk {
    final Draft draft = new Draft();
    final Pieces[] pieces = {new Pieces(), new Pieces()};
    final IntList out = new IntList(1 << 10);
  }

  private final ThreadLocal<Desk> desks = ThreadLocal.withInitial(Desk::new);

  HuggingFaceModel(Assembly parts) {
    tokens = parts.tokens();
    added = parts.added();
    normalizer = parts.normalizer();
    steps = parts.steps();
    encoder = parts.encoder();
    decoder = parts.decoder();
    lossless = parts.lossless();
  }

  /**
   * A {@code tokenizer.json}.
   *
   * @param specialIsText whether the names of special tokens in a text are text
   * @throws ModelError if it is broken, or has a part that is not supported
   */
  public static HuggingFaceModel ofJson(byte[] file, boolean specialIsText) {
    return new HuggingFaceModel(Assembly.ofJson(Part.of(file), specialIsText));
  }

  /**
   * A {@code vocab.txt} of BERT: a token a line, its id the line's number from 0.
   *
   * @param lower whether text is put into lower case, and accents taken away
   * @throws ModelError if it has no unknown token
   */
  public static HuggingFaceModel ofBert(byte[] file, boolean lower, boolean specialIsText) {
    return new HuggingFaceModel(Assembly.ofBert(file, lower, specialIsText));
  }

  @Override
  public int[] encode(Text text) {
    Desk desk = desks.get();
    byte[] bytes = text.bytes();
    desk.out.truncate(0);
    added.findRaw(
        bytes,
        0,
        bytes.length,
        new AddedTokens.Stretches() {
          @Override
          public void text(int from, int to) {
            normalized(bytes, from, to, desk);
          }

          @Override
          public void token(int id) {
            desk.out.add(id);
          }
        });
    return desk.out.toArray();
  }

  private void normalized(byte[] text, int from, int to, Desk desk) {
    Draft draft = desk.draft;
    draft.start(text, from, to);
    normalizer.apply(draft);
    added.findNormalized(
        draft.text(),
        draft.length(),
        new AddedTokens.Stretches() {
          @Override
          public void text(int start, int end) {
            cut(draft.text(), start, end, start == 0 && draft.headed(), desk);
          }

          @Override
          public void token(int id) {
            desk.out.add(id);
          }
        });
  }

  private void cut(byte[] text, int from, int to, boolean headed, Desk desk) {
    Pieces now = desk.pieces[0];
    Pieces next = desk.pieces[1];
    now.reset(text, headed);
    now.add(from, to);
    for (PreTokenizer step : steps) {
      step.apply(now, next);
      Pieces old = now;
      now = next;
      next = old;
    }
    for (int piece = 0; piece < now.size(); piece++) {
      encoder.encode(now.text, now.from(piece), now.to(piece), desk.out);
    }
  }

  @Override
  public Text decode(int[] ids) {
    List<String> strings = new ArrayList<>(ids.length);
    for (int id : ids) {
      String token = token(id);
      if (token == null) {
        throw new IllegalArgumentException("no token has the id " + id);
      }
      strings.add(token);
    }
    return strings.isEmpty() ? Text.EMPTY : Text.of(String.join("", decoder.apply(strings)));
  }

  private String token(int id) {
    AddedTokens.Added token = added.byId().get(id);
    return token != null ? token.shown() : tokens.name(id);
  }

  @Override
  public byte[] tokenBytes(int id) {
    String token = token(id);
    if (token == null) {
      return new byte[0];
    }
    if (added.byId().containsKey(id)) {
      return added.byId().get(id).content().getBytes(StandardCharsets.UTF_8);
    }
    return tokens.bytes(token);
  }

  @Override
  public int size() {
    int size = tokens.bound();
    for (int id : added.byId().keySet()) {
      size = Math.max(size, id + 1);
    }
    return size;
  }

  @Override
  public OptionalInt id(String name) {
    for (AddedTokens.Added token : added.byId().values()) {
      if (token.content().equals(name)) {
        return OptionalInt.of(token.id());
      }
    }
    Integer id = tokens.ids().get(name);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public OptionalInt endOfDocument() {
    List<String> ends = controlTokens().stream().filter(ENDS::contains).toList();
    return ends.size() == 1 ? id(ends.get(0)) : OptionalInt.empty();
  }

  @Override
  public List<String> controlTokens() {
    Set<String> names = new TreeSet<>();
    for (AddedTokens.Added token : added.byId().values()) {
      if (token.special()) {
        names.add(token.content());
      }
    }
    return List.copyOf(names);
  }

  @Override
  public boolean lossless() {
    return lossless;
  }

  /** The model's tokens by name and id. */
  record Tokens(Map<String, Integer> ids, String[] names, boolean byteLevel) {
    static Tokens of(Map<String, Integer> ids, boolean byteLevel) {
      int bound = ids.values().stream().mapToInt(id -> id + 1).max().orElse(0);
      if (bound > 1 << 24) {
        throw new ModelError("ids of 2^24 and more are not supported");
      }
      String[] names = new String[bound];
      ids.forEach(
          (name, id) -> {
            if (names[id] != null) {
              throw new ModelError("two tokens have the id " + id);
            }
            names[id] = name;
          });
      return new Tokens(ids, names, byteLevel);
    }

    int bound() {
      return names.length;
    }

    String name(int id) {
      return id >= 0 && id < names.length ? names[id] : null;
    }

    byte[] bytes(String name) {
      byte[] spelled = byteLevel ? ByteLetters.read(name) : null;
      if (spelled != null) {
        return spelled;
      }
      if (name.matches("<0x[0-9A-Fa-f]{2}>")) {
        return new byte[] {(byte) Integer.parseInt(name, 3, 5, 16)};
      }
      return name.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
    }
  }
}
