package org.gristmill.sources;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.gristmill.core.Hash;

/**
 * The hash of a file's content that can be taken in parts: SHA-256 of a file of at most one block;
 * of a longer one the SHA-256 of the hashes of its blocks, in their order, written as 64
 * hexadecimal digits each.
 */
public final class ContentHash {
  /** Bytes of a block, but for a file's last. */
  public static final long BLOCK_BYTES = 128L << 20;

  private final long blockBytes;
  private final MessageDigest digest = Hash.sha256();
  private final List<String> blocks = new ArrayList<>();
  private long used;

  /**
   * @param blockBytes bytes of a block, {@link #BLOCK_BYTES} but in tests
   */
  public ContentHash(long blockBytes) {
    this.blockBytes = blockBytes;
  }

  /** Takes the next bytes. */
  public void update(byte[] b, int off, int len) {
    int at = off;
    while (at < off + len) {
      if (used == blockBytes) {
        end();
      }
      int n = (int) Math.min(off + len - at, blockBytes - used);
      digest.update(b, at, n);
      used += n;
      at += n;
    }
  }

  /** The hash of all bytes taken, 64 hexadecimal digits in lower case; call it once. */
  public String hex() {
    end();
    return of(blocks);
  }

  /** The hash of a file from those of its blocks. */
  public static String of(List<String> blocks) {
    return blocks.size() == 1 ? blocks.get(0) : Hash.sha256Hex(String.join("", blocks));
  }

  private void end() {
    blocks.add(HexFormat.of().formatHex(digest.digest()));
    used = 0;
  }
}
