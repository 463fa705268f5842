package org.gristmill.sources.dialogue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The sessions of a chat room as the NPS Chat Corpus writes them: {@code <Post class user>} with
 * the words in front of its {@code <terminals>}. Posts of the class {@code System}, who comes and
 * goes, are events.
 *
 * @see <a href="http://faculty.nps.edu/cmartell/NPSChat.htm">NPS Chat Corpus, release 1.0</a>
 */
final class ChatXml {
  private static final Pattern START = Pattern.compile("(?s)<.*<Session[\\s>].*|<Session[\\s>].*");
  private static final XMLInputFactory FACTORY = factory();

  private ChatXml() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // What is wrong is thrown; the default also prints it.
    factory.setXMLReporter((message, type, information, location) -> {});
    return factory;
  }

  /** Whether a file begins so. */
  static boolean startsAt(String head) {
    return START.matcher(head).matches();
  }

  /** The posts of a session. */
  static List<Message> messages(String text) throws XMLStreamException {
    List<Message> messages = new ArrayList<>();
    XMLStreamReader xml = FACTORY.createXMLStreamReader(new StringReader(text));
    StringBuilder said = new StringBuilder();
    String user = "";
    String role = "";
    boolean inPost = false;
    int below = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (inPost) {
          below++;
        } else if (xml.getLocalName().equals("Post")) {
          inPost = true;
          user = attribute(xml, "user");
          role = attribute(xml, "class").equals("System") ? "event" : "user";
          said.setLength(0);
        }
      } else if (event == XMLStreamConstants.CHARACTERS && inPost && below == 0) {
        said.append(xml.getText());
      } else if (event == XMLStreamConstants.END_ELEMENT && inPost) {
        if (below == 0) {
          inPost = false;
          Message post = new Message(role, user, said.toString().strip());
          if (!post.isBlank()) {
            messages.add(post);
          }
        } else {
          below--;
        }
      }
    }
    return messages;
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value.strip();
  }
}
