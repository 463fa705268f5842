package org.gristmill.dedup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.core.laws.Golden;
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
    assertEquals(List.of(), golden.broken());
  }
}
