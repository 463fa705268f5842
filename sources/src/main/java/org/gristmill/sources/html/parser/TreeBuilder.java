package org.gristmill.sources.html.parser;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML5's tree construction without scripting: what all its insertion modes share. The modes
 * themselves are in {@link HeadModes}, {@link BodyMode}, {@link TableModes}, {@link OuterModes} and
 * {@link ForeignMode}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#tree-construction">HTML, tree
 *     construction</a>
 */
final class TreeBuilder {
  enum Mode {
    INITIAL,
    BEFORE_HTML,
    BEFORE_HEAD,
    IN_HEAD,
    IN_HEAD_NOSCRIPT,
    AFTER_HEAD,
    IN_BODY,
    TEXT,
    IN_TABLE,
    IN_TABLE_TEXT,
    IN_CAPTION,
    IN_COLUMN_GROUP,
    IN_TABLE_BODY,
    IN_ROW,
    IN_CELL,
    IN_TEMPLATE,
    AFTER_BODY,
    IN_FRAMESET,
    AFTER_FRAMESET,
    AFTER_AFTER_BODY,
    AFTER_AFTER_FRAMESET
  }

  final Nodes nodes;
  final Tokenizer tokens;
  final OpenElements stack;
  final Formatting formatting;
  final Deque<Mode> templateModes = new ArrayDeque<>();
  final Noscripts noscripts;

  Mode mode = Mode.INITIAL;
  Mode originalMode = Mode.IN_BODY;
  int head = Nodes.NONE;
  int form = Nodes.NONE;
  boolean framesetOk = true;
  boolean fosterParenting;

  /** Whether a line feed that begins the next token is left out. */
  boolean skipsLineFeed;

  /** The token, and what it is to the rules if it is a tag. */
  Tokenizer.Kind kind = Tokenizer.Kind.EOF;

  Tag tag = Tag.OTHER;

  private final HeadModes headModes;
  private final BodyMode bodyMode;
  private final TableModes tableModes;
  private final OuterModes outerModes;
  private final ForeignMode foreignMode;
  private boolean attributesTaken;
  private int placeUnder;
  private int placeBefore;

  TreeBuilder(Nodes nodes, int length, HtmlParser.Noscript noscript) {
    this.nodes = nodes;
    tokens = new Tokenizer(nodes, length);
    stack = new OpenElements(nodes);
    formatting = new Formatting(this, length);
    noscripts = new Noscripts(nodes.chars, length, noscript);
    headModes = new HeadModes(this);
    bodyMode = new BodyMode(this);
    tableModes = new TableModes(this);
    outerModes = new OuterModes(this);
    foreignMode = new ForeignMode(this);
  }

  void run() {
    do {
      tokens.cdataAllowed = stack.tag().isForeign();
      int attributes = nodes.attributeCount();
      kind = tokens.next();
      attributesTaken = false;
      if (skipsLineFeed && kind == Tokenizer.Kind.TEXT && nodes.chars[tokens.from] == '\n') {
        tokens.from++;
      }
      skipsLineFeed = false;
      if (kind == Tokenizer.Kind.START || kind == Tokenizer.Kind.END) {
        tag = Names.tag(tokens.name);
      }
      if (kind != Tokenizer.Kind.TEXT || tokens.from < tokens.to) {
        dispatch();
      }
      if (!attributesTaken) {
        nodes.forgetAttributes(attributes);
      }
    } while (kind != Tokenizer.Kind.EOF);
  }

  boolean isStart(Tag wanted) {
    return kind == Tokenizer.Kind.START && tag == wanted;
  }

  boolean isEnd(Tag wanted) {
    return kind == Tokenizer.Kind.END && tag == wanted;
  }

  private void dispatch() {
    if (foreignMode.applies()) {
      foreignMode.process();
    } else {
      process();
    }
  }

  /** Goes on with the same token in another mode. */
  void again(Mode next) {
    mode = next;
    dispatch();
  }

  /** Processes the token by the rules of the current mode. */
  void process() {
    switch (mode) {
      case INITIAL, BEFORE_HTML, BEFORE_HEAD, IN_HEAD, IN_HEAD_NOSCRIPT, AFTER_HEAD ->
          headModes.process();
      case IN_BODY -> bodyMode.process();
      case TEXT -> text();
      case IN_TABLE, IN_TABLE_TEXT, IN_CAPTION, IN_COLUMN_GROUP, IN_TABLE_BODY, IN_ROW, IN_CELL ->
          tableModes.process();
      default -> outerModes.process();
    }
  }

  void inHead() {
    headModes.inHead();
  }

  void inBody() {
    bodyMode.process();
  }

  void inTemplate() {
    outerModes.inTemplate();
  }

  private void text() {
    if (kind == Tokenizer.Kind.TEXT) {
      insertText(tokens.from, tokens.to);
      return;
    }
    stack.pop();
    if (kind == Tokenizer.Kind.EOF) {
      again(originalMode);
    } else {
      mode = originalMode;
    }
  }

  // Inserting

  /** Inserts an element for the token and opens it. */
  int insert() {
    return insert(tag);
  }

  int insert(Tag as) {
    attributesTaken = true;
    int node = nodes.add(as, tokens.name, tokens.attributes, nodes.attributeCount());
    open(node);
    return node;
  }

  /** Inserts an element for the token that never has content. */
  void insertVoid() {
    insert();
    stack.pop();
  }

  /** Inserts and opens an element that no tag stands for. */
  int insertImplied(Tag implied) {
    int node = nodes.add(implied, implied.ordinal(), 0, 0);
    open(node);
    return node;
  }

  /** Inserts an element and reads its content as raw text. */
  void insertRaw(Tokenizer.State state) {
    insert();
    tokens.raw(state, tokens.name);
    originalMode = mode;
    mode = Mode.TEXT;
  }

  void takeAttributes(int element) {
    attributesTaken = true;
    nodes.merge(element, tokens.attributes);
  }

  void open(int node) {
    stack.makeRoom();
    place(node);
    stack.push(node);
  }

  /** Hangs a node in where the next one belongs. */
  void place(int node) {
    findPlace(stack.size() == 0 ? 0 : stack.current());
    nodes.insert(node, placeUnder, placeBefore);
  }

  /** The same with another element in the place of the current one. */
  void place(int node, int target) {
    findPlace(target);
    nodes.insert(node, placeUnder, placeBefore);
  }

  private void findPlace(int target) {
    placeUnder = target;
    placeBefore = Nodes.NONE;
    if (!fosterParenting || !isTablePart(nodes.tag(target))) {
      return;
    }
    int table = stack.lastOf(Tag.TABLE);
    int template = stack.lastOf(Tag.TEMPLATE);
    if (template > table) {
      placeUnder = stack.at(template);
    } else if (table < 0) {
      placeUnder = stack.at(0);
    } else if (nodes.parent(stack.at(table)) == Nodes.NONE) {
      placeUnder = stack.at(table - 1);
    } else {
      placeBefore = stack.at(table);
      placeUnder = nodes.parent(placeBefore);
    }
  }

  /** Whether it is an element between a table and its cells. */
  static boolean isTablePart(Tag tag) {
    return switch (tag) {
      case TABLE, TBODY, TFOOT, THEAD, TR -> true;
      default -> false;
    };
  }

  void insertText(int from, int to) {
    if (from < to) {
      findPlace(stack.current());
      nodes.text(placeUnder, placeBefore, from, to);
    }
  }

  void insertComment() {
    place(nodes.add(Tag.COMMENT, 0, tokens.from, tokens.to));
  }

  void insertComment(int under) {
    nodes.append(nodes.add(Tag.COMMENT, 0, tokens.from, tokens.to), under);
  }

  // Texts

  /** Where the leading white space of the token ends. */
  int spaceEnd() {
    int i = tokens.from;
    while (i < tokens.to && Tokenizer.isSpace(nodes.chars[i])) {
      i++;
    }
    return i;
  }

  boolean isSpace(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Tokenizer.isSpace(nodes.chars[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes the NUL characters out of the token. */
  void dropNul() {
    if (tokens.hasNul) {
      int out = tokens.from;
      for (int i = tokens.from; i < tokens.to; i++) {
        if (nodes.chars[i] != 0) {
          nodes.chars[out++] = nodes.chars[i];
        }
      }
      tokens.to = out;
      tokens.hasNul = false;
    }
  }

  // Closing

  void closeP() {
    if (stack.inButtonScope(Tag.P)) {
      stack.generateImplied(Tag.P);
      stack.popUntil(Tag.P);
    }
  }

  void endTemplate() {
    stack.popUntil(Tag.TEMPLATE);
    formatting.clearToMarker();
    templateModes.pop();
    resetMode();
  }

  /** Sets the mode by the open elements. */
  void resetMode() {
    mode = Mode.IN_BODY;
    for (int i = stack.size() - 1; i >= 0; i--) {
      Mode found = modeOf(stack.tagAt(i));
      if (found != Mode.INITIAL) {
        mode = found;
        return;
      }
    }
  }

  private Mode modeOf(Tag element) {
    return switch (element) {
      case TD, TH -> Mode.IN_CELL;
      case TR -> Mode.IN_ROW;
      case TBODY, THEAD, TFOOT -> Mode.IN_TABLE_BODY;
      case CAPTION -> Mode.IN_CAPTION;
      case COLGROUP -> Mode.IN_COLUMN_GROUP;
      case TABLE -> Mode.IN_TABLE;
      case TEMPLATE -> templateModes.peek();
      case HEAD -> Mode.IN_HEAD;
      case BODY -> Mode.IN_BODY;
      case FRAMESET -> Mode.IN_FRAMESET;
      case HTML -> head == Nodes.NONE ? Mode.BEFORE_HEAD : Mode.AFTER_HEAD;
      default -> Mode.INITIAL;
    };
  }
}
