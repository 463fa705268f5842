package org.gristmill.filters;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gristmill.core.Hash;
import org.gristmill.core.SettingError;

/**
 * A list that a setting names by its path: text in UTF-8, an entry a line. White space around an
 * entry is none of it; empty lines and lines that begin with {@code #} are no entries.
 *
 * <p>The bytes are part of the object, so that it means the same wherever it is sent, and it is
 * known by their hash: two lists are equal if their bytes are. The name is only a label.
 */
public final class ListFile implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No list. */
  public static final ListFile NONE = new ListFile("", new byte[0], "none");

  private static final String SOURCES =
      "lists of words: github.com/LDNOOBW/List-of-Dirty-Naughty-Obscene-and-Otherwise-Bad-Words,"
          + " a file a language; of domains: dsi.ut-capitole.fr/blacklists, files named domains";

  private final String name;
  private final byte[] bytes;
  private final String identity;

  /**
   * @param name the file's name, without folders
   * @param bytes the whole file; not copied, and not to be changed
   */
  public ListFile(String name, byte[] bytes) {
    this(name, bytes, "sha256:" + Hash.sha256Hex(bytes));
  }

  private ListFile(String name, byte[] bytes, String identity) {
    this.name = name;
    this.bytes = bytes;
    this.identity = identity;
  }

  /**
   * The refusal of a file that cannot be read, which says where to get one; its message is read
   * behind the setting's name.
   *
   * @param path as it was given
   */
  public static IllegalArgumentException unreadable(String path) {
    return new IllegalArgumentException("names " + path + ", which cannot be read; " + SOURCES);
  }

  /** The file's name. */
  public String name() {
    return name;
  }

  /**
   * One entry.
   *
   * @param line where it stands, from 1
   * @param text without white space around it
   */
  record Entry(int line, String text) {}

  /**
   * The entries in their order; of {@link #NONE} there are none.
   *
   * @throws SettingError if the file is not in UTF-8 or has no entry
   */
  List<Entry> entries(String setting) {
    List<Entry> entries = new ArrayList<>();
    String[] lines = decoded(setting).split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String entry = lines[i].strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        entries.add(new Entry(i + 1, entry));
      }
    }
    if (entries.isEmpty() && !equals(NONE)) {
      throw new SettingError(setting, "must have entries, one a line; " + name + " has none");
    }
    return entries;
  }

  private String decoded(String setting) {
    try {
      String all = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (all.indexOf('\0') < 0) {
        return all.startsWith("\uFEFF") ? all.substring(1) : all;
      }
    } catch (CharacterCodingException e) {
      // refused like UTF-16, which may decode
    }
    throw new SettingError(setting, "must be text in UTF-8; " + name + " is not");
  }

  /** The refusal of an entry. */
  SettingError refused(String setting, Entry entry, String must) {
    return new SettingError(
        setting, must + "; line " + entry.line() + " of " + name + " is " + entry.text());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListFile file && identity.equals(file.identity);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  /** What the file is, without its name: {@code sha256:} and the hash in hex, or {@code none}. */
  @Override
  public String toString() {
    return identity;
  }
}
