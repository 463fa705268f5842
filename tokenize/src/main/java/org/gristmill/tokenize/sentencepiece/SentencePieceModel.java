package org.gristmill.tokenize.sentencepiece;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.gristmill.core.Text;
import org.gristmill.tokenize.model.Bytes;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.Model;
import org.gristmill.tokenize.model.ModelError;
import org.gristmill.tokenize.model.PieceMap;
import org.gristmill.tokenize.model.Trie;
import org.gristmill.tokenize.model.Utf8;

/**
 * A model of SentencePiece: unigram, BPE, characters or words. Control symbols written out in a
 * text are text; user-defined symbols are always themselves.
 *
 * <p>No such model gives every text back: U+2581 becomes a space, and most rewrite more than that.
 */
public final class SentencePieceModel implements Model {
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private final Spec spec;
  private final Vocabulary vocabulary;
  private final TextNormalizer normalizer;
  private final TextNormalizer denormalizer;
  private final Segmenter segmenter;

  private final ThreadLocal<Bytes> rewritten = ThreadLocal.withInitial(() -> new Bytes(1 << 12));

  /**
   * @param file the whole file
   * @throws ModelError if it is no model, or one that the reference refuses, too
   */
  public SentencePieceModel(byte[] file) {
    spec = new Spec(file);
    vocabulary = new Vocabulary(spec);
    normalizer = new TextNormalizer(spec.normalizer, spec.spaceAsSuffix, vocabulary.symbols);
    denormalizer =
        spec.denormalizer.charsmap().length == 0
            ? null
            : new TextNormalizer(spec.denormalizer, false, new Trie());
    segmenter =
        switch (spec.modelType) {
          case Spec.UNIGRAM -> new UnigramSegmenter(vocabulary);
          case Spec.BPE -> new BpeSegmenter(vocabulary);
          case Spec.WORD -> this::words;
          case Spec.CHAR -> this::characters;
          default -> throw new ModelError("unknown model_type " + spec.modelType);
        };
  }

  @Override
  public int[] encode(Text text) {
    Bytes bytes = rewritten.get();
    bytes.truncate(0);
    normalizer.normalize(text.bytes(), bytes);
    IntList ids = new IntList(bytes.size() / 3);
    segmenter.segment(bytes.array(), bytes.size(), ids);
    return ids.toArray();
  }

  private void characters(byte[] text, int length, IntList out) {
    Trie symbols = vocabulary.symbols;
    for (int at = 0; at < length; ) {
      int symbol = symbols.longest(text, at, length);
      int end = symbol >= 0 ? symbol : at + Utf8.length(text[at]);
      vocabulary.add(vocabulary.id(text, at, end), text, at, end, out);
      at = end;
    }
  }

  private void words(byte[] text, int length, IntList out) {
    int start = 0;
    for (int at = 0; at < length; at += Utf8.length(text[at])) {
      if (at > start && isMark(text, at, length)) {
        vocabulary.add(vocabulary.id(text, start, at), text, start, at, out);
        start = at;
      }
    }
    if (start < length) {
      vocabulary.add(vocabulary.id(text, start, length), text, start, length, out);
    }
  }

  private static boolean isMark(byte[] text, int at, int end) {
    byte[] mark = TextNormalizer.MARK;
    return at + 3 <= end
        && text[at] == mark[0]
        && text[at + 1] == mark[1]
        && text[at + 2] == mark[2];
  }

  @Override
  public Text decode(int[] tokens) {
    Bytes out = new Bytes(4 * tokens.length);
    boolean first = true;
    boolean prefixSeen = false;
    for (int i = 0; i < tokens.length; ) {
      int end = i;
      while (end < tokens.length && piece(tokens[end]).type() == Spec.BYTE) {
        end++;
      }
      bytes(tokens, i, end, out);
      if (end == tokens.length) {
        break;
      }
      first &= !prefixSeen && out.size() == 0;
      prefixSeen = piece(tokens[end], first, out);
      i = end + 1;
    }
    if (denormalizer != null) {
      Bytes plain = new Bytes(out.size());
      denormalizer.normalize(out.toArray(), plain);
      out = plain;
    }
    return Text.of(out.toArray());
  }

  /** Writes a piece that is no byte; whether it took the space that encoding put before a text. */
  private boolean piece(int id, boolean first, Bytes out) {
    Spec.Piece piece = piece(id);
    if (piece.type() == Spec.CONTROL) {
      return false;
    }
    if (piece.type() == Spec.UNKNOWN) {
      out.addAll(spec.unknownSurface, 0, spec.unknownSurface.length);
      return false;
    }
    byte[] text = piece.text();
    boolean strips = spec.normalizer.dummyPrefix() || spec.normalizer.removeExtra();
    boolean prefix = first && strips && isMark(text, 0, text.length);
    spaced(text, prefix ? TextNormalizer.MARK.length : 0, out);
    return prefix && !spec.normalizer.removeExtra();
  }

  private static void spaced(byte[] text, int from, Bytes out) {
    for (int i = from; i < text.length; ) {
      if (isMark(text, i, text.length)) {
        out.add(' ');
        i += TextNormalizer.MARK.length;
      } else {
        out.add(text[i++]);
      }
    }
  }

  /** Writes byte pieces, U+FFFD for each byte that belongs to no character. */
  private void bytes(int[] tokens, int from, int to, Bytes out) {
    byte[] bytes = new byte[to - from];
    for (int i = from; i < to; i++) {
      bytes[i - from] = (byte) Vocabulary.byteOf(piece(tokens[i]));
    }
    for (int i = 0; i < bytes.length; ) {
      int length = Utf8.whole(bytes, i, bytes.length);
      if (length > 0) {
        out.addAll(bytes, i, i + length);
      } else {
        out.addAll(REPLACEMENT, 0, REPLACEMENT.length);
      }
      i += Math.max(length, 1);
    }
  }

  private Spec.Piece piece(int id) {
    if (id < 0 || id >= size()) {
      throw new IllegalArgumentException("no token has the id " + id);
    }
    return vocabulary.pieces.get(id);
  }

  @Override
  public byte[] tokenBytes(int id) {
    Spec.Piece piece = piece(id);
    if (piece.type() == Spec.BYTE) {
      return new byte[] {(byte) Vocabulary.byteOf(piece)};
    }
    Bytes out = new Bytes(piece.text().length);
    spaced(piece.text(), 0, out);
    return out.toArray();
  }

  @Override
  public int size() {
    return vocabulary.pieces.size();
  }

  @Override
  public OptionalInt id(String token) {
    byte[] name = token.getBytes(StandardCharsets.UTF_8);
    int id = vocabulary.reserved.get(name);
    id = id == PieceMap.NONE ? vocabulary.normal.get(name) : id;
    return id == PieceMap.NONE ? OptionalInt.empty() : OptionalInt.of(id);
  }

  @Override
  public OptionalInt endOfDocument() {
    int id = vocabulary.reserved.get(spec.endPiece.getBytes(StandardCharsets.UTF_8));
    return id != PieceMap.NONE && vocabulary.type(id) == Spec.CONTROL
        ? OptionalInt.of(id)
        : OptionalInt.empty();
  }

  @Override
  public List<String> controlTokens() {
    return spec.pieces.stream()
        .filter(piece -> piece.type() == Spec.CONTROL || piece.type() == Spec.UNKNOWN)
        .map(piece -> new String(piece.text(), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  @Override
  public boolean lossless() {
    return false;
  }
}
