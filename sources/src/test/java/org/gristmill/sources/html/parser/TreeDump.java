package org.gristmill.sources.html.parser;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes a tree as html5lib's tests do, with the camel case of SVG that the parser leaves out. */
final class TreeDump {
  private static final String SVG =
      "altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath"
          + " feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix"
          + " feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA"
          + " feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology"
          + " feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence"
          + " foreignObject glyphRef linearGradient radialGradient textPath";
  private static final String SVG_ATTRIBUTES =
      "attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits"
          + " diffuseConstant edgeMode filterUnits glyphRef gradientTransform gradientUnits"
          + " kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust"
          + " limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits"
          + " numOctaves pathLength patternContentUnits patternTransform patternUnits pointsAtX"
          + " pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits refX refY"
          + " repeatCount repeatDur requiredExtensions requiredFeatures specularConstant"
          + " specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale"
          + " systemLanguage tableValues targetX targetY textLength viewBox viewTarget"
          + " xChannelSelector yChannelSelector zoomAndPan";
  private static final String SPACED =
      "xlink:actuate xlink:arcrole xlink:href xlink:role xlink:show xlink:title xlink:type"
          + " xml:lang xml:space xmlns:xlink";
  private static final Map<String, String> NAMES = camel(SVG);
  private static final Map<String, String> ATTRIBUTES = camel(SVG_ATTRIBUTES);

  private final Nodes nodes;
  private final StringBuilder out = new StringBuilder();

  private TreeDump(Nodes nodes) {
    this.nodes = nodes;
  }

  private static Map<String, String> camel(String names) {
    Map<String, String> map = new HashMap<>();
    for (String name : names.split(" ")) {
      map.put(name.toLowerCase(java.util.Locale.ROOT), name);
    }
    return map;
  }

  static String of(Nodes nodes) {
    TreeDump dump = new TreeDump(nodes);
    dump.children(0, 0);
    return dump.out.toString();
  }

  private void children(int node, int depth) {
    for (int child = nodes.first(node); child >= 0; child = nodes.next(child)) {
      Tag tag = nodes.tag(child);
      if (tag == Tag.TEXT) {
        StringBuilder text = new StringBuilder(nodes.string(nodes.from(child), nodes.to(child)));
        for (int more = nodes.next(child);
            more >= 0 && nodes.tag(more) == Tag.TEXT && nodes.isContinuation(more);
            more = nodes.next(more)) {
          text.append(nodes.string(nodes.from(more), nodes.to(more)));
          child = more;
        }
        line(depth, "\"" + text + "\"");
      } else if (tag == Tag.COMMENT) {
        line(depth, "<!-- " + nodes.string(nodes.from(child), nodes.to(child)) + " -->");
      } else if (tag == Tag.DOCTYPE) {
        line(depth, "<!DOCTYPE " + nodes.string(nodes.from(child), nodes.to(child)) + ">");
      } else {
        element(child, depth);
      }
    }
  }

  private void element(int node, int depth) {
    Tag tag = nodes.tag(node);
    String name = nodes.nodeName(node);
    String space = tag.isSvg() ? "svg " : tag.isForeign() ? "math " : "";
    line(depth, "<" + space + (tag.isSvg() ? NAMES.getOrDefault(name, name) : name) + ">");
    Map<String, String> attributes = new TreeMap<>();
    for (int a = nodes.from(node); a < nodes.to(node); a++) {
      String key = nodes.names.name(nodes.attributeName(a));
      if (tag.isSvg()) {
        key = ATTRIBUTES.getOrDefault(key, key);
      } else if (tag.isForeign() && key.equals("definitionurl")) {
        key = "definitionURL";
      }
      if (tag.isForeign() && (" " + SPACED + " ").contains(" " + key + " ")) {
        key = key.replace(':', ' ');
      }
      attributes.put(key, nodes.string(nodes.valueFrom(a), nodes.valueTo(a)));
    }
    attributes.forEach((k, v) -> line(depth + 1, k + "=\"" + v + "\""));
    if (tag == Tag.TEMPLATE) {
      line(depth + 1, "content");
      children(node, depth + 2);
    } else {
      children(node, depth + 1);
    }
  }

  private void line(int depth, String text) {
    out.append("| ").append("  ".repeat(depth)).append(text).append('\n');
  }
}
