package org.gristmill.sources.book;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessStreamCache.StreamCacheCreateFunction;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.pdf.PDFParser;

/** Reads PDFs through a {@link CountedFile} where the context holds a {@link Work}. */
final class CountedPdfParser extends PDFParser {
  private static final long serialVersionUID = 1L;

  @Override
  protected PDDocument getPDDocument(
      Path path,
      String password,
      StreamCacheCreateFunction cache,
      Metadata metadata,
      ParseContext context)
      throws IOException {
    CountedFile file = new CountedFile(path, context.get(Work.class));
    try {
      return Loader.loadPDF(file, password, cache);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
