package org.gristmill.sources.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gristmill.sources.Compression;
import org.gristmill.sources.Input;
import org.gristmill.sources.Mark;

/** A page that a browser or a mirroring tool has saved, as a file of its own, perhaps packed. */
final class SavedPage {
  /** So much of a file says whether it is a page. */
  private static final int SNIFF = 1 << 12;

  /** What browsers, SingleFile and HTTrack write above a page, the address being in it. */
  private static final Pattern FROM =
      Pattern.compile(
          "(?is)<!--[^>]{0,200}?(?:saved from url=\\(\\d+\\)|\\burl:\\s*|mirrored from\\s+)"
              + "((?:https?://)?[^\\s>]{4,2000})");

  private static final Pattern PAGE = Pattern.compile("<(?:!doctype html|html|head|body)\\b");

  private SavedPage() {}

  /** Whether a file that begins so is a page and no archive. */
  static boolean startsAt(byte[] b, int from, int to) {
    byte[] page;
    try (InputStream in = Compression.unpacked(new ByteArrayInputStream(b, from, to - from))) {
      page = in.readNBytes(SNIFF);
    } catch (IOException e) {
      return false; // packed in a way that others look into
    }
    String start = decoded(page).toLowerCase(Locale.ROOT);
    return HttpResponse.looksLikeHtml(start.getBytes(StandardCharsets.ISO_8859_1))
        && PAGE.matcher(start).find();
  }

  /** In as far as markup is concerned. */
  private static String decoded(byte[] page) {
    return Mark.of(page)
        .map(mark -> new String(page, mark.length(), page.length - mark.length(), mark.charset()))
        .orElseGet(() -> new String(page, StandardCharsets.ISO_8859_1));
  }

  /** Reads it whole and hands it over. */
  static void read(Input input, long maxBytes, PageSink sink) throws IOException {
    byte[] page;
    try (InputStream stored = input.open();
        InputStream in = Compression.unpacked(stored)) {
      page = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
    }
    sink.page(0, address(page), page);
  }

  private static String address(byte[] page) {
    Matcher from = FROM.matcher(decoded(Arrays.copyOf(page, Math.min(page.length, SNIFF))));
    return from.find() ? from.group(1) : "";
  }
}
