package org.gristmill.tokenize.huggingface;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.gristmill.tokenize.model.IntList;
import org.gristmill.tokenize.model.Trie;
import org.gristmill.tokenize.model.Utf8;

/**
 * WordPiece: from left to right the longest token that there is; a word with a part that is none,
 * or with too many characters, is one unknown token.
 *
 * @see <a
 *     href="https://github.com/huggingface/tokenizers/blob/main/tokenizers/src/models/wordpiece/mod.rs">The
 *     reference</a>
 */
final class WordPiece implements PieceEncoder {
  private final Trie starts = new Trie();
  private final Trie continuations = new Trie();
  private final int unknown;
  private final int longest;

  /**
   * @param prefix what tokens inside a word start with
   * @param longest words of more characters are unknown
   */
  WordPiece(Map<String, Integer> vocabulary, int unknown, String prefix, int longest) {
    this.unknown = unknown;
    this.longest = longest;
    vocabulary.forEach(
        (token, tokenId) -> {
          byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
          if (bytes.length > 0) {
            starts.put(bytes, 0, tokenId);
          }
          int skip = prefix.getBytes(StandardCharsets.UTF_8).length;
          if (token.startsWith(prefix) && bytes.length > skip) {
            continuations.put(bytes, skip, tokenId);
          }
        });
  }

  @Override
  public void encode(byte[] text, int from, int to, IntList out) {
    int first = out.size();
    if (to - from > longest && Utf8.count(text, from, to) > longest) {
      out.add(unknown);
      return;
    }
    for (int at = from; at < to; ) {
      Trie trie = at == from ? starts : continuations;
      int node = Trie.ROOT;
      int end = -1;
      int id = -1;
      for (int i = at; i < to; i++) {
        node = trie.next(node, text[i] & 0xFF);
        if (node == Trie.END) {
          break;
        }
        if (trie.id(node) != Trie.NONE) {
          id = trie.id(node);
          end = i + 1;
        }
      }
      if (end < 0) {
        out.truncate(first);
        out.add(unknown);
        return;
      }
      out.add(id);
      at = end;
    }
  }
}
