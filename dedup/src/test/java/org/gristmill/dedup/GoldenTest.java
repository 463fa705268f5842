package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.core.laws.Golden;
import org.gristmill.dedup.contamination.BenchmarkItem;
import org.gristmill.dedup.contamination.Decontamination;
import org.gristmill.dedup.contamination.Fingerprint;
import org.gristmill.dedup.contamination.GramSize;
import org.gristmill.dedup.contamination.NgramIndex;
import org.gristmill.dedup.lines.LineDedup;
import org.gristmill.dedup.lines.Rule;
import org.gristmill.dedup.spans.Keep;
import org.gristmill.dedup.spans.RepeatedSpans;
import org.gristmill.dedup.spans.Span;
import org.gristmill.dedup.spans.Spans;
import org.gristmill.dedup.spans.Symbols;
import org.junit.jupiter.api.Test;

/** Hashes of fixed texts belong to the versions of the blocks; {@link Golden} says what to do. */
class GoldenTest {

  private static List<Text> texts() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "",
                " \n\t",
                "a",
                "... !",
                "One, two; THREE (four) five-six 7,890.12 eight's nine_ten",
                "Straße ﬁne Ⅷ ① İstanbul ſ Å e\u0301 \u1E9E Ǆ ŋ\u0323",
                "ΑΒΓ ας. Привет, мир! שָׁלוֹם עולם مرحبا بالعالم नमस्ते दुनिया",
                "水磨在河边。人们在这里磨了很多年的面粉。東京に行きました。한국어 문장이다.",
                "โรงสีอยู่ริมแม่น้ำ ພາສາລາວ រោងម៉ាស៊ីននៅក្បែរទន្លេ စက်ရုံသည် မြစ်ဘေးတွင် ရှိသည်",
                "👨‍👩‍👧‍👦 🇩🇪 𝒳 𝟗 ٣ \u0000 \uFEFF \u00AD\u200B x\u200Dy",
                "line one \r\n\r\n\u3000\n\n\tline two\u2028still two\rline three\u00A0\n",
                "x".repeat(3_000),
                "word ".repeat(300)));
    String alphabet = "ab cd\nè\r\u0301 中文ก٣.K\uD83D\uDE00\u3000";
    for (int i = 0; i < 120; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < i; j++) {
        long random = Hash.xx64(i, Integer.toString(j));
        text.append(alphabet.charAt((int) Long.remainderUnsigned(random, alphabet.length())));
      }
      texts.add(text.toString());
    }
    return texts.stream().map(Text::of).toList();
  }

  @Test
  void everyBlockPutsOutWhatItsVersionDoes() {
    Golden golden = Golden.of(GoldenTest.class);
    StringBuilder signatures = new StringBuilder();
    StringBuilder keys = new StringBuilder();
    for (Text text : texts()) {
      for (MinHash minHash : List.of(MinHash.DEFAULT, new MinHash(1, 3, 2, -7, 1, true))) {
        Signature signature = minHash.signature(text);
        signatures.append(Arrays.toString(signature.bands())).append('\n');
        signatures.append(HexFormat.of().formatHex(signature.shingles())).append('\n');
      }
      keys.append(ContentHash.of(text)).append('\n');
    }
    golden.add("min-hash", MinHash.class, signatures.toString());
    golden.add("content-hash", ContentHash.class, keys.toString());
    golden.add("gram-size", GramSize.class, grams());
    golden.add("decontamination", Decontamination.class, pieces());
    golden.add("fingerprint", Fingerprint.class, fingerprints());
    golden.add("line-dedup", LineDedup.class, lines());
    golden.add("repeated-spans", RepeatedSpans.class, spans());
    assertEquals(List.of(), golden.broken());
  }

  private static String grams() {
    GramSize size = new GramSize(2, 3, 1);
    List<BenchmarkItem> items = new ArrayList<>();
    texts().forEach(t -> items.add(new BenchmarkItem("" + items.size(), Map.of("text", t))));
    NgramIndex index = NgramIndex.of(size, items.subList(0, 60));
    StringBuilder out = new StringBuilder(index.fields().toString()).append('\n');
    texts().forEach(text -> out.append(index.scan(text).hits()).append('\n'));
    return out.toString();
  }

  private static String pieces() {
    Decontamination rule = new Decontamination(Decontamination.Action.CUT, 5, 10, 3);
    StringBuilder out = new StringBuilder();
    for (Text text : texts()) {
      int middle = Spans.next(text.bytes(), text.length() / 2);
      int end = Spans.ahead(text, middle, 3);
      List<Span> found = end > middle ? List.of(new Span(middle, end)) : List.of();
      out.append(rule.judge(text, found)).append('\n');
    }
    return out.toString();
  }

  private static String fingerprints() {
    StringBuilder out = new StringBuilder();
    for (Text text : texts()) {
      for (Fingerprint of : List.of(Fingerprint.DEFAULT, new Fingerprint(4, 1, 56))) {
        out.append(HexFormat.of().formatHex(of.of(text))).append('\n');
      }
    }
    return out.toString();
  }

  private static String lines() {
    StringBuilder out = new StringBuilder();
    for (Rule rule : Rule.values()) {
      LineDedup dedup = new LineDedup(rule, 2, 1);
      texts().forEach(text -> out.append(dedup.of(text)).append('\n'));
    }
    return out.toString();
  }

  private static String spans() {
    RepeatedSpans spans = new RepeatedSpans(6, 3);
    List<Symbols> texts = texts().stream().map(Symbols::of).toList();
    StringBuilder out = new StringBuilder();
    texts.forEach(text -> out.append(spans.segments(text)).append('\n'));
    for (Keep keep : Keep.values()) {
      out.append(spans.find(texts, keep)).append('\n');
    }
    return out.toString();
  }
}
