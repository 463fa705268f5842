package org.gristmill.filters;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gristmill.core.Hash;
import org.gristmill.core.SettingError;
import org.gristmill.core.UserError;

/**
 * A model that a setting names by its path, which may be too large to be sent around: every machine
 * reads it from that path when it first needs it, once, and refuses it if it is another file than
 * the one that the pipeline was read with.
 *
 * <p>It is known by the hash of its bytes: two files are equal if their bytes are.
 */
public final class ModelFile implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No model. */
  public static final ModelFile NONE = new ModelFile("", "none");

  private static final Map<String, Object> READ = new ConcurrentHashMap<>();

  private final String path;
  private final String identity;

  private ModelFile(String path, String identity) {
    this.path = path;
    this.identity = identity;
  }

  /**
   * The file at a path of the local file system.
   *
   * @throws IOException if it cannot be read
   */
  public static ModelFile at(String path) throws IOException {
    MessageDigest digest = Hash.sha256();
    try (InputStream in = open(path, digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return new ModelFile(path, identity(digest));
  }

  private static InputStream open(String path, MessageDigest digest) throws IOException {
    return new DigestInputStream(
        new BufferedInputStream(Files.newInputStream(Path.of(path)), 1 << 20), digest);
  }

  private static String identity(MessageDigest digest) {
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The refusal of a file that cannot be read, which says where to get one; its message is read
   * behind the setting's name.
   *
   * @param path as it was given
   */
  public static IllegalArgumentException unreadable(String path) {
    return new IllegalArgumentException(
        "names "
            + path
            + ", which cannot be read; models of fastText: fasttext.cc/docs/en/supervised-models.html,"
            + " of languages: fasttext.cc/docs/en/language-identification.html");
  }

  /** Reads a model. */
  interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /**
   * The model, which all filters of this machine share.
   *
   * @param kind class of the model
   * @throws SettingError if the file is no such model
   * @throws UserError if the file has changed or is not there
   */
  <T> T load(String setting, Class<T> kind, Reader<T> reader) {
    Object model = READ.get(kind.getName() + identity);
    if (model == null) {
      synchronized (READ) { // a large file is read by one thread only
        model = READ.computeIfAbsent(kind.getName() + identity, k -> read(setting, reader));
      }
    }
    return kind.cast(model);
  }

  private Object read(String setting, Reader<?> reader) {
    MessageDigest digest = Hash.sha256();
    try (InputStream in = open(path, digest)) {
      Object model;
      try {
        model = reader.read(in);
      } catch (IOException e) {
        throw new SettingError(setting, "names " + path + ", which " + e.getMessage());
      }
      in.transferTo(OutputStream.nullOutputStream());
      if (!identity(digest).equals(identity)) {
        throw new UserError(path + " is not the file that the pipeline was read with: " + identity);
      }
      return model;
    } catch (IOException e) {
      throw new UserError(
          path + " cannot be read: every machine must have the model there (" + e + ")");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelFile file && identity.equals(file.identity);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  /** What the file is, without its path: {@code sha256:} and the hash in hex, or {@code none}. */
  @Override
  public String toString() {
    return identity;
  }
}
