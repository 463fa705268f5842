package org.gristmill.sources;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.gristmill.core.Document;
import org.gristmill.core.Found;
import org.gristmill.core.Quarantined;
import org.gristmill.core.Reason;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Files made in memory, and readings of them. */
public final class Fixtures {
  private Fixtures() {}

  /** A file in memory. */
  public record Memory(String name, byte[] bytes) implements Input {
    @Override
    public String source() {
      return "test";
    }

    @Override
    public String file() {
      return "memory:" + name;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  public static List<Found> read(Source source, String name, byte[] bytes) {
    List<Found> found = new ArrayList<>();
    try {
      Guard.read(source, new Memory(name, bytes), found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  public static List<Document> documents(List<Found> found) {
    return found.stream().filter(f -> f instanceof Document).map(f -> (Document) f).toList();
  }

  public static List<Reason> reasons(List<Found> found) {
    return found.stream()
        .filter(f -> f instanceof Quarantined)
        .map(f -> ((Quarantined) f).reason())
        .toList();
  }

  public static String onlyText(List<Found> found) {
    if (found.size() != 1 || !(found.get(0) instanceof Document document)) {
      throw new AssertionError("one document expected: " + found);
    }
    return document.text().toString();
  }

  public static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(to)) {
      out.write(bytes);
    }
    return to.toByteArray();
  }

  public static byte[] bzip2(byte[] bytes) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(to, 1)) {
      out.write(bytes);
    }
    return to.toByteArray();
  }

  public static byte[] xz(byte[] bytes) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(to, new LZMA2Options(1))) {
      out.write(bytes);
    }
    return to.toByteArray();
  }

  public static byte[] zstd(byte[] bytes) {
    return Zstd.compress(bytes);
  }

  public static byte[] sevenZip(Map<String, byte[]> files) throws IOException {
    SeekableInMemoryByteChannel to = new SeekableInMemoryByteChannel();
    try (SevenZOutputFile out = new SevenZOutputFile(to)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName(file.getKey());
        out.putArchiveEntry(entry);
        out.write(file.getValue());
        out.closeArchiveEntry();
      }
    }
    return Arrays.copyOf(to.array(), (int) to.size());
  }

  public static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(to)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return to.toByteArray();
  }

  public static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(to, "UTF-8")) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        out.putArchiveEntry(entry);
        out.write(file.getValue());
        out.closeArchiveEntry();
      }
    }
    return to.toByteArray();
  }

  public static byte[] epub() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("mimetype", utf8("application/epub+zip"));
    files.put(
        "META-INF/container.xml",
        utf8(
            "<?xml version=\"1.0\"?><container version=\"1.0\""
                + " xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>"
                + "<rootfile full-path=\"book.opf\""
                + " media-type=\"application/oebps-package+xml\"/></rootfiles></container>"));
    files.put(
        "book.opf",
        utf8(
            "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\""
                + " version=\"3.0\"><metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                + "<dc:title>山海之间</dc:title><dc:creator>林某</dc:creator>"
                + "<dc:language>zh</dc:language></metadata><manifest>"
                + item("b", "b.xhtml", "")
                + item("a", "a.xhtml", "")
                + item("nav", "nav.xhtml", " properties=\"nav\"")
                + "</manifest><spine><itemref idref=\"nav\"/><itemref idref=\"a\"/>"
                + "<itemref idref=\"b\"/></spine></package>"));
    files.put("b.xhtml", xhtml("<h1>第二章</h1><p>海在\n南方。</p>"));
    files.put("a.xhtml", xhtml("<h1>第一章</h1><p>山在北方。</p><p>The hills are\nhigh.</p>"));
    files.put("nav.xhtml", xhtml("<nav><ol><li>目录条目</li></ol></nav>"));
    return zip(files);
  }

  private static String item(String id, String href, String more) {
    String type = "\" media-type=\"application/xhtml+xml\"";
    return "<item id=\"" + id + "\" href=\"" + href + type + more + "/>";
  }

  private static byte[] xhtml(String body) {
    return utf8(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">"
            + "<head><title>t</title></head><body>"
            + body
            + "</body></html>");
  }

  public static byte[] docx() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String types = "http://schemas.openxmlformats.org/package/2006/content-types";
    String main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main";
    String relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    String office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    String word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    files.put(
        "[Content_Types].xml",
        utf8(
            "<?xml version=\"1.0\"?><Types xmlns=\""
                + types
                + "\"><Default Extension=\"rels\""
                + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + "<Override PartName=\"/word/document.xml\" ContentType=\""
                + main
                + "+xml\"/></Types>"));
    files.put(
        "_rels/.rels",
        utf8(
            "<?xml version=\"1.0\"?><Relationships xmlns=\""
                + relations
                + "\"><Relationship"
                + " Id=\"r1\" Type=\""
                + office
                + "/officeDocument\""
                + " Target=\"word/document.xml\"/></Relationships>"));
    files.put(
        "word/document.xml",
        utf8(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\""
                + word
                + "\">"
                + "<w:body><w:p><w:r><w:t>第一段文字。</w:t></w:r></w:p>"
                + "<w:p><w:r><w:t>A second paragraph.</w:t></w:r></w:p></w:body></w:document>"));
    return zip(files);
  }

  public static byte[] odt() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("mimetype", utf8("application/vnd.oasis.opendocument.text"));
    String base = "urn:oasis:names:tc:opendocument:xmlns:";
    files.put(
        "content.xml",
        utf8(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\""
                + base
                + "office:1.0\" xmlns:text=\""
                + base
                + "text:1.0\"><office:body>"
                + "<office:text><text:p>开放文档。</text:p><text:p>Second.</text:p></office:text>"
                + "</office:body></office:document-content>"));
    return zip(files);
  }

  public static byte[] rtf() {
    return utf8("{\\rtf1\\ansi\\uc1 Rich text.\\par \\u23665?\\u27700?\\par}");
  }

  public static byte[] pdf(String password) throws IOException {
    return pdf(password, new AccessPermission());
  }

  /** Two pages; with permissions other than all, protected even without a password. */
  public static byte[] pdf(String password, AccessPermission permission) throws IOException {
    try (PDDocument pdf = new PDDocument()) {
      for (int i = 1; i <= 2; i++) {
        PDPage page = new PDPage();
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
          content.beginText();
          content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
          content.newLineAtOffset(72, 700);
          content.showText("Page " + i + " speaks of moun-");
          content.newLineAtOffset(0, -14);
          content.showText("tains and of rivers.");
          content.endText();
        }
      }
      if (!password.isEmpty() || !permission.isOwnerPermission()) {
        pdf.protect(new StandardProtectionPolicy("owner", password, permission));
      }
      pdf.setDocumentId(1L);
      ByteArrayOutputStream to = new ByteArrayOutputStream();
      pdf.save(to);
      return to.toByteArray();
    }
  }

  public static String page(String title, String namespace, String wikitext) {
    return "  <page>\n    <title>"
        + title
        + "</title>\n    <ns>"
        + namespace
        + "</ns>\n"
        + "    <id>7</id>\n    <revision>\n      <id>42</id>\n"
        + "      <timestamp>2024-01-01T00:00:00Z</timestamp>\n      <model>wikitext</model>\n"
        + "      <text xml:space=\"preserve\">"
        + wikitext
        + "</text>\n    </revision>\n"
        + "  </page>\n";
  }

  public static String export(String pages) {
    return "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.11/\" xml:lang=\"zh\">\n"
        + "  <siteinfo><namespaces><namespace key=\"6\" case=\"first-letter\">Ficxhier</namespace>"
        + "</namespaces></siteinfo>\n"
        + pages
        + "</mediawiki>\n";
  }
}
