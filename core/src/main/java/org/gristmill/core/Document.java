package org.gristmill.core;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One text with an identity that never changes downstream, and where it came from.
 *
 * @param id 32 hex digits: the first 128 bits of SHA-256 over source, file name, offset and text;
 *     see {@link #create}
 * @param source name of the ingest step that found it, {@code web} for example
 * @param kind kind of source: {@code web}, {@code book}, {@code code}, {@code wiki}, {@code
 *     dialogue}, {@code jsonl} or {@code parquet}
 * @param file URI of the input file
 * @param offset see {@link Found#offset}
 * @param url address or name of the record inside its file (a URL, an archive entry, a page title);
 *     empty if it has none
 * @param language ISO 639-1 code, {@link #UNDETERMINED} until identified
 * @param text the text
 * @param meta further facts about the record, sorted by name; unmodifiable
 */
public record Document(
    String id,
    String source,
    String kind,
    String file,
    long offset,
    String url,
    String language,
    Text text,
    SortedMap<String, String> meta)
    implements Found {

  /** The language code of a text whose language is not known (ISO 639-2). */
  public static final String UNDETERMINED = "und";

  public Document {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a document needs an id");
    }
    meta = Collections.unmodifiableSortedMap(new TreeMap<>(meta));
  }

  /**
   * A new document with its identity.
   *
   * @param name the file's name relative to the folder that the pipeline reads, so that identities
   *     survive moving that folder
   */
  public static Document create(
      String source,
      String kind,
      String file,
      String name,
      long offset,
      String url,
      Text text,
      Map<String, String> meta) {
    String id = Hash.id(source, name, Long.toString(offset), text);
    return new Document(
        id, source, kind, file, offset, url, UNDETERMINED, text, new TreeMap<>(meta));
  }

  /** A document of nothing but a text, for trying one block on one text. */
  public static Document of(String id, Text text) {
    return new Document(id, "", "", "", 0, "", UNDETERMINED, text, new TreeMap<>());
  }

  /** The same document with another text; the identity stays. */
  public Document withText(Text other) {
    return new Document(id, source, kind, file, offset, url, language, other, meta);
  }

  /** The same document as if another ingest step had found it; the identity stays. */
  public Document withSource(String name) {
    return new Document(id, name, kind, file, offset, url, language, text, meta);
  }

  /** The same document with its language. */
  public Document withLanguage(String code) {
    return new Document(id, source, kind, file, offset, url, code, text, meta);
  }
}
