package org.gristmill.tokenize.huggingface;

import com.ibm.icu.text.FilteredNormalizer2;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.gristmill.tokenize.model.Bytes;
import org.gristmill.tokenize.model.Charsmap;
import org.gristmill.tokenize.model.Utf8;

/**
 * The normalizers by their type.
 *
 * @see <a
 *     href="https://github.com/huggingface/tokenizers/tree/main/tokenizers/src/normalizers">Their
 *     definitions</a>
 */
final class Normalizers {
  /** The reference composes and decomposes what Unicode 9 knows, and leaves the rest. */
  private static final UnicodeSet KNOWN = new UnicodeSet("[:Age=9.0:]").freeze();

  private Normalizers() {}

  static Normalizer of(Part part) {
    return switch (part.type()) {
      case "Sequence" -> sequence(part.parts("normalizers").stream().map(Normalizers::of).toList());
      case "NFC" -> form(Normalizer2.getNFCInstance());
      case "NFD" -> form(Normalizer2.getNFDInstance());
      case "NFKC" -> form(Normalizer2.getNFKCInstance());
      case "NFKD" -> form(Normalizer2.getNFKDInstance());
      case "Lowercase" -> Normalizers::lowercase;
      case "StripAccents" -> draft -> drop(draft, CodePoints.COMBINING);
      case "Strip" -> strip(part.bool("strip_left"), part.bool("strip_right"));
      case "Prepend" -> prepend(part.string("prepend").getBytes(StandardCharsets.UTF_8));
      case "Nmt" -> Normalizers::nmt;
      case "BertNormalizer" -> bert(part);
      case "Replace" -> replace(part);
      case "ByteLevel" -> Normalizers::byteLevel;
      case "Precompiled" -> precompiled(part);
      default -> throw part.unsupported();
    };
  }

  private static Normalizer sequence(List<Normalizer> steps) {
    return draft -> steps.forEach(step -> step.apply(draft));
  }

  static Normalizer form(Normalizer2 form) {
    Normalizer2 known = new FilteredNormalizer2(form, KNOWN);
    return draft -> {
      if (!isAscii(draft)) {
        String text = new String(draft.text(), 0, draft.length(), StandardCharsets.UTF_8);
        if (!known.isNormalized(text)) {
          byte[] to = known.normalize(text).getBytes(StandardCharsets.UTF_8);
          draft.out().addAll(to, 0, to.length);
          draft.done();
        }
      }
    };
  }

  private static boolean isAscii(Draft draft) {
    byte[] text = draft.text();
    int length = draft.length();
    byte all = 0;
    for (int i = 0; i < length; i++) {
      all |= text[i];
    }
    return all >= 0;
  }

  static void lowercase(Draft draft) {
    byte[] text = draft.text();
    Bytes out = draft.out();
    for (int i = 0; i < draft.length(); ) {
      byte b = text[i];
      if (b >= 0) {
        out.add(b >= 'A' && b <= 'Z' ? b + 32 : b);
        i++;
        continue;
      }
      int end = i + Utf8.length(b);
      int[] lower = CodePoints.lower(Utf8.codePoint(text, i));
      if (lower == null) {
        out.addAll(text, i, end);
      } else {
        for (int c : lower) {
          out.addCodePoint(c);
        }
      }
      i = end;
    }
    draft.done();
  }

  /** Takes away the characters of a class. */
  static void drop(Draft draft, int classes) {
    byte[] text = draft.text();
    Bytes out = draft.out();
    for (int i = 0; i < draft.length(); ) {
      int end = i + Utf8.length(text[i]);
      if (!CodePoints.is(Utf8.codePoint(text, i), classes)) {
        out.addAll(text, i, end);
      } else if (i == 0) {
        draft.beheaded();
      }
      i = end;
    }
    draft.done();
  }

  private static Normalizer strip(boolean left, boolean right) {
    return draft -> {
      byte[] text = draft.text();
      int from = 0;
      int to = draft.length();
      while (left && from < to && isSpace(text, from)) {
        from += Utf8.length(text[from]);
      }
      while (right && to > from && isSpace(text, Utf8.before(text, to))) {
        to = Utf8.before(text, to);
      }
      if (from > 0) {
        draft.beheaded();
      }
      draft.out().addAll(text, from, to);
      draft.done();
    };
  }

  private static boolean isSpace(byte[] text, int at) {
    return CodePoints.is(Utf8.codePoint(text, at), CodePoints.SPACE);
  }

  private static Normalizer prepend(byte[] prefix) {
    return draft -> {
      if (draft.length() > 0) {
        draft.out().addAll(prefix, 0, prefix.length);
        draft.out().addAll(draft.text(), 0, draft.length());
        draft.done();
      }
    };
  }

  private static void nmt(Draft draft) {
    byte[] text = draft.text();
    Bytes out = draft.out();
    for (int i = 0; i < draft.length(); ) {
      int c = Utf8.codePoint(text, i);
      int end = i + Utf8.length(text[i]);
      switch (c) {
        case 0x9, 0xA, 0xC, 0xD, 0x1680, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F -> out.add(' ');
        case 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD -> out.add(' ');
        default -> {
          boolean dropped = c > 0 && c < 0x20 || c == 0x7F || c == 0x8F || c == 0x9F;
          if (!dropped) {
            out.addAll(text, i, end);
          } else if (i == 0) {
            draft.beheaded();
          }
        }
      }
      i = end;
    }
    draft.done();
  }

  private static Normalizer bert(Part part) {
    boolean lower = part.bool("lowercase");
    boolean bare = part.bool("strip_accents", lower);
    return bert(part.bool("clean_text"), part.bool("handle_chinese_chars"), bare, lower);
  }

  /** BERT's own normalizer. */
  static Normalizer bert(boolean clean, boolean chinese, boolean bare, boolean lower) {
    List<Normalizer> steps = new ArrayList<>();
    if (clean || chinese) {
      steps.add(draft -> BertText.clean(draft, clean, chinese));
    }
    if (bare) {
      steps.add(form(Normalizer2.getNFDInstance()));
      steps.add(draft -> drop(draft, CodePoints.NONSPACING));
    }
    if (lower) {
      steps.add(Normalizers::lowercase);
    }
    return sequence(steps);
  }

  private static Normalizer replace(Part part) {
    Pattern pattern = Pattern.of(part.part("pattern"), part);
    byte[] to = part.string("content").getBytes(StandardCharsets.UTF_8);
    return draft -> {
      byte[] text = draft.text();
      int length = draft.length();
      int copied = 0;
      for (Pattern.Match m = pattern.matches(text, 0, length); m.find(); copied = m.end()) {
        if (m.start() == 0 && to.length == 0 && m.end() > 0) {
          draft.beheaded();
        }
        draft.out().addAll(text, copied, m.start());
        draft.out().addAll(to, 0, to.length);
      }
      draft.out().addAll(text, copied, length);
      draft.done();
    };
  }

  private static void byteLevel(Draft draft) {
    ByteLetters.spell(draft.text(), 0, draft.length(), draft.out());
    draft.done();
  }

  private static Normalizer precompiled(Part part) {
    byte[] map;
    try {
      map = Base64.getDecoder().decode(part.string("precompiled_charsmap"));
    } catch (IllegalArgumentException e) {
      throw part.error("precompiled_charsmap", "is no Base64");
    }
    Charsmap rules = new Charsmap(map);
    return draft -> Clusters.rewrite(draft, rules);
  }
}
