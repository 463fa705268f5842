package org.gristmill.sources.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.parsers.SAXParser;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.AccessPermissions;
import org.apache.tika.metadata.DublinCore;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.PagedText;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.html.HtmlMapper;
import org.apache.tika.parser.html.IdentityHtmlMapper;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.microsoft.OfficeParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.rtf.RTFParser;
import org.apache.tika.parser.odf.FlatOpenDocumentParser;
import org.apache.tika.parser.odf.OpenDocumentParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.utils.XMLReaderUtils;
import org.gristmill.core.Reason;
import org.gristmill.sources.MachineFailure;
import org.xml.sax.ContentHandler;

/**
 * The guard around Tika: parses a file on a thread of its own and counts its work, whatever happens
 * there. No parser that could start a program, read an image or follow a link is among those named.
 */
final class BookParser {
  private static final AutoDetectParser PARSER =
      new AutoDetectParser(
          pdfParser(),
          new EpubParser(),
          new OOXMLParser(),
          new OfficeParser(),
          new RTFParser(),
          new OpenDocumentParser(),
          new FlatOpenDocumentParser(),
          new JSoupParser());

  /** Enough for deep documents; what needs more is a {@link StackOverflowError} of the parser. */
  private static final long STACK_BYTES = 4L << 20;

  /**
   * How long a parser may do nothing that counts before the task fails. No row ever comes of it: a
   * slow machine must not decide about documents.
   */
  private static final Duration STANDSTILL = Duration.ofMinutes(30);

  private BookParser() {}

  /**
   * What came of a file.
   *
   * @param text the text, empty if there is a failure
   * @param facts what the file says of itself
   * @param reason why there is no text; {@link Reason#EMPTY_EXTRACTION} only says that it may be
   *     missing
   * @param detail more of the reason, empty if the parser made no complaint
   */
  record Result(String text, Map<String, String> facts, Reason reason, String detail) {}

  /** Whether one of the parsers takes this type. */
  private static boolean takes(MediaType type) {
    MediaType known = type.getBaseType();
    while (known != null) {
      if (PARSER.getParsers().containsKey(known)) {
        return true;
      }
      known = PARSER.getMediaTypeRegistry().getSupertype(known);
    }
    return false;
  }

  /**
   * Detects and parses a file; whatever goes wrong in there is the result's reason.
   *
   * @throws IOException what the machine did wrong: an interruption, a full disk, a parser that
   *     stands still
   */
  static Result parse(Path file, String name, long maxChars, long maxWork) throws IOException {
    return parse(file, name, new BookText(maxChars, new Work(maxWork)), STANDSTILL);
  }

  /** The same with another patience, for tests. */
  static Result parse(Path file, String name, BookText text, Duration standstill)
      throws IOException {
    FutureTask<Result> task = new FutureTask<>(() -> attempt(file, name, text));
    Thread thread = new Thread(null, task, "book-parser", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    try {
      return await(task, text.work(), name, standstill);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while parsing " + name);
    } catch (ExecutionException e) {
      MachineFailure.rise(e.getCause());
      return failure(Reason.PARSER_CRASH, Complaint.detail(e));
    } finally {
      if (!task.isDone()) {
        text.work().stop();
        thread.interrupt();
      }
    }
  }

  private static Result await(FutureTask<Result> task, Work work, String name, Duration standstill)
      throws IOException, InterruptedException, ExecutionException {
    while (true) {
      long before = work.done();
      try {
        return task.get(standstill.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (work.done() == before) {
          throw new IOException("the parser has stood still for " + standstill + " at " + name, e);
        }
      }
    }
  }

  private static Result attempt(Path file, String name, BookText text) throws IOException {
    Metadata metadata = named(name);
    try (TikaInputStream in = TikaInputStream.get(file, metadata)) {
      metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
      MediaType type = PARSER.getDetector().detect(in, metadata);
      if (!takes(type)) {
        return failure(Reason.NOT_TEXT, type.toString());
      }
      PARSER.parse(in, text, metadata, context(text.work()));
      if (text.work().isTooMuch()) {
        return tooMuch(text.work());
      }
      if ("false".equals(metadata.get(AccessPermissions.EXTRACT_CONTENT))) {
        return failure(Reason.EXTRACTION_FORBIDDEN, "the PDF's permissions exclude extraction");
      }
      String complaint = Complaint.in(metadata);
      Reason reason =
          complaint.contains(EncryptedDocumentException.class.getSimpleName())
              ? Reason.ENCRYPTED
              : Reason.EMPTY_EXTRACTION;
      boolean pdf = type.getSubtype().equals("pdf");
      String whole = pdf ? BookLines.joined(text.text()) : text.text();
      return new Result(whole, facts(metadata), reason, complaint);
    } catch (Throwable e) {
      MachineFailure.rise(e);
      if (text.work().isTooMuch()) {
        return tooMuch(text.work());
      }
      if (Complaint.hidesFontsOnly(e) && !text.text().isBlank()) {
        return new Result(text.text(), facts(metadata), Reason.ENCRYPTED, "");
      }
      return failure(Complaint.reason(e), Complaint.detail(e));
    }
  }

  private static PDFParser pdfParser() {
    PDFParserConfig config = new PDFParserConfig();
    config.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
    config.setExtractBookmarksText(false);
    config.setExtractAnnotationText(false);
    PDFParser parser = new CountedPdfParser();
    parser.setPDFParserConfig(config);
    return parser;
  }

  private static Metadata named(String name) {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    return metadata;
  }

  private static Result tooMuch(Work work) {
    return failure(Reason.TOO_MUCH_WORK, "more than " + work.max() + " steps of the parser");
  }

  private static Result failure(Reason reason, String detail) {
    return new Result("", Map.of(), reason, detail);
  }

  /**
   * Attachments and pictures are no part of the text; and XML parsers come fresh, since those of
   * Tika's pool remember what they choked on.
   */
  private static ParseContext context(Work work) throws TikaException {
    ParseContext context = new ParseContext();
    context.set(Work.class, work);
    context.set(SAXParser.class, XMLReaderUtils.getSAXParser());
    context.set(HtmlMapper.class, IdentityHtmlMapper.INSTANCE);
    context.set(
        EmbeddedDocumentExtractor.class,
        new EmbeddedDocumentExtractor() {
          @Override
          public boolean shouldParseEmbedded(Metadata metadata) {
            return false;
          }

          @Override
          public void parseEmbedded(
              InputStream in, ContentHandler out, Metadata metadata, boolean html) {}
        });
    return context;
  }

  private static Map<String, String> facts(Metadata metadata) {
    Map<String, String> facts = new TreeMap<>();
    put(facts, "author", String.join("; ", metadata.getValues(DublinCore.CREATOR)));
    put(facts, "content-type", metadata.get(Metadata.CONTENT_TYPE));
    put(facts, "language", metadata.get(DublinCore.LANGUAGE));
    put(facts, "pages", metadata.get(PagedText.N_PAGES));
    put(facts, "title", metadata.get(DublinCore.TITLE));
    return facts;
  }

  private static void put(Map<String, String> facts, String name, String value) {
    if (value != null && !value.isBlank()) {
      facts.put(name, value.strip());
    }
  }
}
