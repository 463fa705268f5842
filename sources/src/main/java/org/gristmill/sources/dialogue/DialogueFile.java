package org.gristmill.sources.dialogue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.gristmill.core.Reason;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Decoded;
import org.gristmill.sources.Finder;
import org.gristmill.sources.Json;
import org.gristmill.sources.JsonLines;
import org.gristmill.sources.JsonTree;

/** Reads one file of conversations, or one entry of an archive, in whatever form it is. */
final class DialogueFile {
  private final Dialogue settings;
  private final JsonShapes shapes;
  private final Finder found;

  DialogueFile(Dialogue settings, Finder found) {
    this.settings = settings;
    this.shapes = new JsonShapes(settings);
    this.found = found;
  }

  /** One line of JSON lines: see {@link JsonLines.Reader}. */
  Runnable line(JsonParser parser, long offset) throws IOException {
    return finding(JsonTree.read(parser, Long.MAX_VALUE / 2), offset, Map.of());
  }

  /** Reads a file in any form but {@link DialogueForm#LINES}. */
  void read(DialogueForm form, InputStream in) {
    try {
      switch (form) {
        case ARRAY -> array(in);
        case OBJECT -> object(in);
        case ZIP -> zip(in);
        default -> whole(form, in);
      }
    } catch (IOException e) {
      row(0, Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  private void row(long offset, Reason reason, String detail) {
    found.quarantine(Math.max(0, offset), "", reason, detail);
  }

  private Runnable finding(Object value, long offset, Map<String, String> facts) {
    if (!(value instanceof Map<?, ?> object)) {
      return () -> row(offset, Reason.BAD_JSON, "not a JSON object");
    }
    try {
      List<Conversation> conversations = shapes.of(object);
      return () -> documents(conversations, offset, facts);
    } catch (Shapeless e) {
      return () -> row(offset, Reason.MISSING_FIELD, e.getMessage());
    }
  }

  /** Conversations of one record; those that read the same are one. */
  private void documents(List<Conversation> conversations, long offset, Map<String, String> facts) {
    Map<String, Map<String, String>> different = new LinkedHashMap<>();
    for (Conversation each : conversations) {
      Messages.Rendered rendered =
          Messages.Rendered.of(each.messages(), "\n\n", Messages.Labels.ALL);
      Map<String, String> all = new TreeMap<>(facts);
      all.putAll(each.facts());
      all.putAll(rendered.facts());
      different.putIfAbsent(rendered.text(), all);
    }
    different.forEach((text, all) -> found.document(Math.max(0, offset), "", text, all));
  }

  private void document(
      Conversation conversation, long offset, String between, Messages.Labels labels) {
    Messages.Rendered rendered = Messages.Rendered.of(conversation.messages(), between, labels);
    Map<String, String> facts = new TreeMap<>(conversation.facts());
    facts.putAll(rendered.facts());
    found.document(offset, "", rendered.text(), facts);
  }

  private void array(InputStream in) {
    long offset = 0;
    try (JsonParser parser = Json.FACTORY.createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        offset = parser.currentTokenLocation().getByteOffset();
        element(parser, offset).run();
      }
      offset = parser.currentLocation().getByteOffset();
      if (parser.nextToken() != null) {
        row(offset, Reason.BAD_JSON, "more behind the array");
      }
    } catch (JsonProcessingException e) {
      row(offset, Reason.BAD_JSON, e.getOriginalMessage());
    } catch (IOException e) {
      row(offset, Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  private Runnable element(JsonParser parser, long offset) throws IOException {
    Optional<Object> value = held(parser);
    return value.isPresent()
        ? finding(value.get(), offset, Map.of())
        : () -> row(offset, Reason.TOO_LARGE, "more than " + settings.maxLineBytes() + " bytes");
  }

  /** The value under the parser, which goes to its end; empty if it is too long to be held. */
  private Optional<Object> held(JsonParser parser) throws IOException {
    boolean struct = parser.currentToken().isStructStart();
    JsonStreamContext context = parser.getParsingContext();
    JsonStreamContext around = struct ? context.getParent() : context;
    try {
      return Optional.of(JsonTree.read(parser, settings.maxLineBytes()));
    } catch (JsonTree.TooLong e) {
      while (parser.getParsingContext() != around) {
        parser.nextToken();
      }
      return Optional.empty();
    }
  }

  /** A conversation, or conversations by their names, in one object. */
  private void object(InputStream in) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Long> pending = new LinkedHashMap<>();
    boolean any = false;
    long offset = 0;
    try (JsonParser parser = Json.FACTORY.createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        offset = parser.currentTokenLocation().getByteOffset();
        Optional<Object> value = held(parser);
        boolean isOne = value.isPresent() && value.get() instanceof Map<?, ?> o && isShaped(o);
        if (isOne || value.isEmpty()) {
          any = true;
          pending.forEach((k, at) -> finding(fields.get(k), at, Map.of("id", k)).run());
          pending.clear();
        }
        if (value.isEmpty()) {
          row(offset, Reason.TOO_LARGE, "more than " + settings.maxLineBytes() + " bytes");
        } else if (any && value.get() instanceof Map<?, ?>) {
          finding(value.get(), offset, Map.of("id", key)).run();
        } else if (!any) {
          fields.put(key, value.get());
          if (value.get() instanceof Map<?, ?>) {
            pending.put(key, offset);
          }
          if (parser.currentLocation().getByteOffset() > settings.maxLineBytes()) {
            row(0, Reason.TOO_LARGE, "no conversation in " + settings.maxLineBytes() + " bytes");
            return;
          }
        }
      }
      offset = parser.currentLocation().getByteOffset();
      if (!any) {
        finding(fields, 0, Map.of()).run();
      }
      if (parser.nextToken() != null) {
        row(offset, Reason.BAD_JSON, "more behind the object");
      }
    } catch (JsonProcessingException e) {
      row(offset, Reason.BAD_JSON, e.getOriginalMessage());
    } catch (IOException e) {
      row(offset, Compression.reason(e), String.valueOf(e.getMessage()));
    }
  }

  private boolean isShaped(Map<?, ?> object) {
    try {
      return !shapes.of(object).isEmpty();
    } catch (Shapeless e) {
      return false;
    }
  }

  private void whole(DialogueForm form, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes((int) settings.maxLineBytes() + 1);
    if (bytes.length > settings.maxLineBytes()) {
      row(0, Reason.TOO_LARGE, "more than " + settings.maxLineBytes() + " bytes");
    } else if (form == DialogueForm.MBOX) {
      Mbox.threads(bytes)
          .forEach((at, thread) -> document(thread, at, "\n\n", Messages.Labels.ALL));
    } else {
      text(form, bytes);
    }
  }

  private void chat(String text) {
    try {
      List<Message> posts = ChatXml.messages(text);
      document(new Conversation(posts, Map.of()), 0, "\n", Messages.Labels.ALL);
    } catch (XMLStreamException e) {
      row(0, Reason.BAD_XML, String.valueOf(e.getMessage()));
    }
  }

  private void text(DialogueForm form, byte[] bytes) {
    Optional<Decoded> decoded = Decoded.of(bytes);
    if (decoded.isEmpty()) {
      row(0, Reason.INVALID_ENCODING, "no character set fits");
      return;
    }
    String text = decoded.get().text();
    if (form == DialogueForm.CHAT_XML) {
      chat(text);
      return;
    }
    if (form == DialogueForm.SUBTITLES) {
      document(
          new Conversation(Subtitles.messages(text), Map.of()), 0, "\n", Messages.Labels.NAMES);
      return;
    }
    try {
      long ordinal = 0;
      for (List<Message> messages : ChatMl.conversations(text)) {
        document(new Conversation(messages, Map.of()), ordinal++, "\n\n", Messages.Labels.ALL);
      }
    } catch (Shapeless e) {
      row(0, Reason.MISSING_FIELD, e.getMessage());
    }
  }

  /** The files of an archive, each by its own form; what is no conversation is a row. */
  private void zip(InputStream in) {
    long at = 0;
    try (ZipArchiveInputStream zip = new ZipArchiveInputStream(in, "UTF-8", true, true)) {
      for (ZipArchiveEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        if (e.isDirectory() || e.isUnixSymlink() || e.getName().startsWith("__MACOSX/")) {
          continue;
        }
        DialogueFile file = new DialogueFile(settings, found.at(at, e.getName()));
        if (e.getGeneralPurposeBit().usesEncryption()) {
          file.row(0, Reason.ENCRYPTED, "an encrypted entry");
        } else if (!zip.canReadEntryData(e)) {
          file.row(0, Reason.ARCHIVE_CORRUPT, "packed in an unknown way");
        } else {
          BoundedInputStream counted =
              BoundedInputStream.builder().setInputStream(zip).setPropagateClose(false).get();
          file.entry(new BufferedInputStream(counted));
          at += counted.getCount();
        }
        at++;
      }
    } catch (IOException | IllegalArgumentException e) {
      found.quarantine(at, "", Reason.ARCHIVE_CORRUPT, String.valueOf(e.getMessage()));
    }
  }

  private void entry(InputStream in) throws IOException {
    DialogueForm form = Dialogue.form(in);
    if (form == DialogueForm.ZIP) {
      row(0, Reason.INPUT_UNREADABLE, "an archive in an archive");
    } else if (form != DialogueForm.LINES) {
      read(form, in);
    } else if (startsObject(in)) {
      JsonLines.Reader reader = this::line;
      JsonLines.read(in, settings.maxLineBytes(), found, reader);
    } else {
      row(0, Reason.NOT_TEXT, "no conversations");
    }
  }

  private static boolean startsObject(InputStream in) throws IOException {
    in.mark(DialogueForm.HEAD_BYTES);
    int b = in.read();
    for (int i = 0; i < DialogueForm.HEAD_BYTES - 1 && b != '{' && (b <= ' ' || b > 0x7F); i++) {
      b = in.read();
    }
    in.reset();
    return b == '{';
  }
}
