package org.gristmill.core;

import java.util.Locale;

/**
 * Why a record is quarantined. Published counts cite these names: a new meaning gets a new name.
 */
public enum Reason {
  /** A gzip member or file ends too early. */
  GZIP_TRUNCATED(true),
  /** Compressed data that does not decompress, or whose checksum is wrong. */
  GZIP_CORRUPT(true),
  /** Bytes between records that belong to none. */
  GARBAGE_BYTES(true),
  /** A WARC or ARC record whose header cannot be read. */
  WARC_HEADER(true),
  /** The announced length disagrees with the bytes that are there. */
  WARC_LENGTH_MISMATCH(true),
  /** A WARC record whose bytes are not those that its digest was taken of. */
  WARC_DIGEST(true),
  /** A WARC record that says of a page that it had not changed, and holds none. */
  WARC_REVISIT(false),
  /** An HTTP message whose body cannot be decoded. */
  HTTP_DECODE(true),
  /** An HTTP response with a status that was not asked for. */
  HTTP_STATUS(false),
  /** An image, a style sheet, a binary: nothing that could hold text. */
  NOT_TEXT(false),
  /** A text too damaged to decode. */
  INVALID_ENCODING(true),
  /** Nothing was left after extraction. */
  EMPTY_EXTRACTION(false),
  /** Larger than the source's limit. */
  TOO_LARGE(true),
  /** A password or digital rights management keeps us out. */
  ENCRYPTED(true),
  /** The file's author does not permit its text to be extracted. */
  EXTRACTION_FORBIDDEN(false),
  /** The parser gave up or broke on this record. */
  PARSER_CRASH(true),
  /** More work than the source's limit, counted in what a parser reads and reports. */
  TOO_MUCH_WORK(true),
  /** An archive that unpacks to far more than its size, or nests too deeply. */
  ARCHIVE_BOMB(true),
  /** An archive that cannot be read on. */
  ARCHIVE_CORRUPT(true),
  /** XML that is not well-formed from here on. */
  BAD_XML(true),
  /** A line that is not a JSON object. */
  BAD_JSON(true),
  /** A row of a table whose quotes or number of fields do not fit. */
  BAD_CSV(true),
  /** A record without the field that the text should come from. */
  MISSING_FIELD(true),
  /** A file that is not of the kind that the source reads. */
  INPUT_UNREADABLE(true);

  private final boolean broken;

  Reason(boolean broken) {
    this.broken = broken;
  }

  /** Whether the record is damaged, rather than sound but not for us. */
  public boolean broken() {
    return broken;
  }

  /** The name in tables and output, in kebab case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
