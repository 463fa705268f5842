package org.gristmill.sources.wiki;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One page of an export: the text of its elements by path ({@code title}, {@code revision/text}),
 * the last one where a path comes again, as revisions do.
 *
 * @param fields texts by path below {@code page}
 */
record WikiPage(Map<String, String> fields) {

  private static final XMLInputFactory XML = factory();

  /** The field, empty if the page has none. */
  String field(String path) {
    return fields.getOrDefault(path, "");
  }

  /** Whether the page only points at another. */
  boolean isRedirect() {
    return fields.containsKey("redirect");
  }

  /**
   * Parses one {@code <page>} element.
   *
   * @throws XMLStreamException what is not well-formed
   */
  static WikiPage parse(String xml) throws XMLStreamException {
    XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(xml));
    Map<String, String> fields = new HashMap<>();
    List<String> path = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          text.setLength(0);
          String parent = path.size() < 2 ? "" : path.get(path.size() - 1) + "/";
          path.add(path.isEmpty() ? "" : parent + reader.getLocalName());
        }
        case XMLStreamConstants.END_ELEMENT -> {
          fields.put(path.remove(path.size() - 1), text.toString());
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        default -> {}
      }
    }
    return new WikiPage(fields);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    // The built-in entities count too, and a long article has many; there are no others.
    factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
    factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
    return factory;
  }
}
