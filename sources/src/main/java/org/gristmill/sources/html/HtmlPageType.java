package org.gristmill.sources.html;

/** What a page is, after the types of the WCXB collection. */
public enum HtmlPageType {
  /** One text: news, blog, essay, encyclopedia. */
  ARTICLE,
  /** A shop's or a catalogue's page of many products. */
  COLLECTION,
  /** Reference, manual, guide to a product. */
  DOCUMENTATION,
  /** Posts of several people on one subject. */
  FORUM,
  /** A page whose content is entries that lead elsewhere: news, jobs, courses. */
  LISTING,
  /** One product. */
  PRODUCT,
  /** A page that presents a company or what it offers. */
  SERVICE
}
