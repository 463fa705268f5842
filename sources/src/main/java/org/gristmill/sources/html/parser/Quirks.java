package org.gristmill.sources.html.parser;

import java.util.List;
import java.util.Locale;

/**
 * Which document types ask for the rules of old browsers.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/parsing.html#the-initial-insertion-mode">HTML,
 *     the initial insertion mode</a>
 */
final class Quirks {
  private static final List<String> WHOLE =
      List.of("-//w3o//dtd w3 html strict 3.0//en//", "-/w3c/dtd html 4.0 transitional/en", "html");
  private static final String SYSTEM = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";
  private static final List<String> WITHOUT_SYSTEM =
      List.of("-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//");
  private static final List<String> PREFIXES =
      List.of(
          "+//silmaril//dtd html pro v0r11 19970101//",
          "-//as//dtd html 3.0 aswedit + extensions//",
          "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
          "-//ietf//dtd html 2.0 level 1//",
          "-//ietf//dtd html 2.0 level 2//",
          "-//ietf//dtd html 2.0 strict level 1//",
          "-//ietf//dtd html 2.0 strict level 2//",
          "-//ietf//dtd html 2.0 strict//",
          "-//ietf//dtd html 2.0//",
          "-//ietf//dtd html 2.1e//",
          "-//ietf//dtd html 3.0//",
          "-//ietf//dtd html 3.2 final//",
          "-//ietf//dtd html 3.2//",
          "-//ietf//dtd html 3//",
          "-//ietf//dtd html level 0//",
          "-//ietf//dtd html level 1//",
          "-//ietf//dtd html level 2//",
          "-//ietf//dtd html level 3//",
          "-//ietf//dtd html strict level 0//",
          "-//ietf//dtd html strict level 1//",
          "-//ietf//dtd html strict level 2//",
          "-//ietf//dtd html strict level 3//",
          "-//ietf//dtd html strict//",
          "-//ietf//dtd html//",
          "-//metrius//dtd metrius presentational//",
          "-//microsoft//dtd internet explorer 2.0 html strict//",
          "-//microsoft//dtd internet explorer 2.0 html//",
          "-//microsoft//dtd internet explorer 2.0 tables//",
          "-//microsoft//dtd internet explorer 3.0 html strict//",
          "-//microsoft//dtd internet explorer 3.0 html//",
          "-//microsoft//dtd internet explorer 3.0 tables//",
          "-//netscape comm. corp.//dtd html//",
          "-//netscape comm. corp.//dtd strict html//",
          "-//o'reilly and associates//dtd html 2.0//",
          "-//o'reilly and associates//dtd html extended 1.0//",
          "-//o'reilly and associates//dtd html extended relaxed 1.0//",
          "-//sq//dtd html 2.0 hotmetal + extensions//",
          "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
          "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
          "-//spyglass//dtd html 2.0 extended//",
          "-//sun microsystems corp.//dtd hotjava html//",
          "-//sun microsystems corp.//dtd hotjava strict html//",
          "-//w3c//dtd html 3 1995-03-24//",
          "-//w3c//dtd html 3.2 draft//",
          "-//w3c//dtd html 3.2 final//",
          "-//w3c//dtd html 3.2//",
          "-//w3c//dtd html 3.2s draft//",
          "-//w3c//dtd html 4.0 frameset//",
          "-//w3c//dtd html 4.0 transitional//",
          "-//w3c//dtd html experimental 19960712//",
          "-//w3c//dtd html experimental 970421//",
          "-//w3c//dtd w3 html//",
          "-//w3o//dtd w3 html 3.0//",
          "-//webtechs//dtd mozilla html 2.0//",
          "-//webtechs//dtd mozilla html//");

  private Quirks() {}

  /** Adds a document type to a page and sets its rules. */
  static void doctype(Nodes nodes, Tokenizer.Doctype type) {
    String name = type.name < 0 ? "" : nodes.string(type.name, type.nameEnd);
    boolean hasSystem = type.systemId >= 0;
    String publicId = type.publicId < 0 ? "" : lower(nodes, type.publicId, type.publicEnd);
    String systemId = hasSystem ? lower(nodes, type.systemId, type.systemEnd) : "";
    if (type.forceQuirks
        || !name.equals("html")
        || WHOLE.contains(publicId)
        || systemId.equals(SYSTEM)
        || PREFIXES.stream().anyMatch(publicId::startsWith)
        || !hasSystem && WITHOUT_SYSTEM.stream().anyMatch(publicId::startsWith)) {
      nodes.setQuirks();
    }
    int start = type.name < 0 ? 0 : type.name;
    int node = nodes.add(Tag.DOCTYPE, 0, start, type.name < 0 ? start : type.nameEnd);
    nodes.append(node, 0);
  }

  private static String lower(Nodes nodes, int from, int to) {
    return nodes.string(from, to).toLowerCase(Locale.ROOT);
  }
}
