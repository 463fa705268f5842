package org.gristmill.sources.dialogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.gristmill.core.Block;
import org.gristmill.core.Bounds;
import org.gristmill.core.Found;
import org.gristmill.core.Setting;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Finder;
import org.gristmill.sources.Input;
import org.gristmill.sources.JsonLines;
import org.gristmill.sources.Part;
import org.gristmill.sources.Splittable;
import org.gristmill.sources.TextFile;

/**
 * Conversations, one document each, plain or packed with gzip, bzip2, xz or zstd, or in a zip
 * archive; {@link Messages} says where the messages stand in a document's text.
 *
 * <p>JSON has one object a line, all in one array, or in one object by their names; at the byte
 * offset of the object in the unpacked file. The messages are an array of texts, spoken in turn by
 * user and assistant, or of objects, as OpenAI, ShareGPT, SGD, KdConv and CrossWOZ have them; the
 * replies to a prompt, as OASST's trees have them; {@code instruction}, {@code input} and {@code
 * output} as Alpaca's, and other pairs; or one text in ChatML. Other files are texts in ChatML,
 * subtitles (SRT, WebVTT), mail boxes with a conversation for each thread, and the XML of the NPS
 * Chat Corpus, known by their first bytes. A file with an object a line that is plain or packed
 * with bzip2 can be read in parts: see {@link TextFile}.
 *
 * <p>Roles become {@code system}, {@code user}, {@code assistant} and {@code tool}; who is called
 * otherwise is a user with that name. A message without words and without calls of tools is left
 * out. What is in no known shape says which fields it has.
 *
 * @param maxLineBytes longest line or object, and longest file that is neither, in bytes, 1 to 1
 *     GiB inclusive
 * @param messages field with the list of messages, empty for the known names
 * @param role field of a message with its speaker, empty for the known names
 * @param content field of a message with what was said, empty for the known names
 * @param trees which ways through a tree of replies are taken
 */
@Block(
    does =
        "Conversations, one document each: JSON as the common data sets have it, ChatML, subtitles,"
            + " mail boxes, chat logs.",
    version = 3,
    libraries = {"icu", "jsoup"})
public record Dialogue(
    @Setting(
            does = "Longest line or object, and longest file that is neither.",
            unit = "bytes",
            min = 1,
            max = 1 << 30)
        long maxLineBytes,
    @Setting(does = "Field with the list of messages, empty for the known names.") String messages,
    @Setting(does = "Field of a message with its speaker, empty for the known names.") String role,
    @Setting(does = "Field of a message with what was said, empty for the known names.")
        String content,
    @Setting(does = "Which ways through a tree of replies are taken, best or all.")
        DialogueTrees trees)
    implements Splittable {

  /** Room for the longest conversations that are published. */
  public static final Dialogue DEFAULTS = new Dialogue(64L << 20, "", "", "", DialogueTrees.BEST);

  /** White space before the first bracket, at most. */
  private static final int MAX_BLANK_BYTES = 1 << 20;

  public Dialogue {
    Bounds.between("maxLineBytes", maxLineBytes, 1, 1 << 30);
  }

  @Override
  public boolean splits(String name) {
    return Compression.splits(name);
  }

  @Override
  public void read(Input input, Part part, Consumer<Found> out) throws IOException {
    Finder found = new Finder(Dialogue.class, input, out);
    DialogueFile file = new DialogueFile(this, found);
    try (TextFile text = new TextFile(input, part, found)) {
      DialogueForm form = form(text.head());
      if (form == DialogueForm.LINES) {
        JsonLines.read(text, part, maxLineBytes, found, file::line);
      } else if (part.isFirst()) {
        file.read(form, text.all());
      }
    } catch (IOException e) {
      JsonLines.damaged(part, found, e);
    }
  }

  /** What comes first, behind a byte order mark and white space; moves nothing. */
  static DialogueForm form(InputStream in) throws IOException {
    in.mark(MAX_BLANK_BYTES + DialogueForm.HEAD_BYTES);
    byte[] head = new byte[DialogueForm.HEAD_BYTES];
    int b = in.read();
    for (int i = 1; i < MAX_BLANK_BYTES && isBlank(b); i++) {
      b = in.read();
    }
    int length = 0;
    for (; b >= 0 && length < head.length; b = length < head.length ? in.read() : b) {
      head[length++] = (byte) b;
    }
    in.reset();
    return DialogueForm.of(head, length);
  }

  private static boolean isBlank(int b) {
    return b == 0xEF || b == 0xBB || b == 0xBF || Character.isWhitespace(b);
  }
}
