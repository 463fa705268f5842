package org.gristmill.sources.web;

import java.util.Locale;

/**
 * One record of a web archive, with a length that has been checked.
 *
 * @param offset where it starts in the file as stored
 * @param bytes the block lies in these between {@code from} and {@code to}; valid only during the
 *     call that hands the record over
 */
record WarcRecord(long offset, Head head, byte[] bytes, int from, int to) {
  /** The address of the page, without the angle brackets that some writers put around it. */
  String url() {
    return url(head);
  }

  /** The media type of the block, without its parameters, in lower case. */
  String type() {
    return type(head.field("Content-Type"));
  }

  /** A media type without its parameters, in lower case. */
  static String type(String contentType) {
    return contentType.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  static String url(Head head) {
    String url = head.field("WARC-Target-URI");
    return url.length() > 1 && url.startsWith("<") && url.endsWith(">")
        ? url.substring(1, url.length() - 1)
        : url;
  }
}
