package org.gristmill.tokenize;

import java.io.Serializable;
import org.gristmill.core.Hash;

/**
 * A vocabulary file: its name, which is only a label, and its bytes, by whose hash it is known. Two
 * files are equal if their bytes are.
 */
public final class ModelFile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final byte[] bytes;
  private final String sha256;

  /**
   * @param name the file's name, without folders
   * @param bytes the whole file; not copied, and not to be changed
   */
  public ModelFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    this.sha256 = Hash.sha256Hex(bytes);
  }

  /** The file's name. */
  public String name() {
    return name;
  }

  /** The whole file; the caller must not change it. */
  public byte[] bytes() {
    return bytes;
  }

  /** SHA-256 of the bytes as 64 hex digits. */
  public String sha256() {
    return sha256;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelFile file && sha256.equals(file.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  /** What the file is, without its name: {@code sha256:} and the hash. */
  @Override
  public String toString() {
    return "sha256:" + sha256;
  }
}
