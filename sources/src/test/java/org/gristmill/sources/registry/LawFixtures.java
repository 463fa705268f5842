package org.gristmill.sources.registry;

import static org.gristmill.sources.Fixtures.utf8;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gristmill.sources.Fixtures;
import org.gristmill.sources.dialogue.DialogueFixtures;
import org.gristmill.sources.web.WebFixtures;

/** Sound files of each kind of source, for the laws. */
final class LawFixtures {
  private LawFixtures() {}

  /** Files by name; empty for a source that has none yet, which fails a law. */
  static Map<String, byte[]> of(String source) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    switch (source) {
      case "book" -> {
        files.put("a.epub", Fixtures.epub());
        files.put("a.docx", Fixtures.docx());
        files.put("a.odt", Fixtures.odt());
        files.put("a.rtf", Fixtures.rtf());
        files.put("a.pdf", Fixtures.pdf(""));
        files.put("a.html", utf8("<html><body><p>网页正文</p><div>more</div></body></html>"));
        files.put("a.txt", utf8("第一行\r\n第二行\r\n"));
      }
      case "code" -> {
        Map<String, byte[]> tree = new LinkedHashMap<>();
        tree.put("src/主.py", utf8("print('你好')\n".repeat(20)));
        tree.put("b.bin", new byte[] {1, 0, 2});
        tree.put("c.rs", utf8("fn main() {}\n"));
        files.put("a.tar", Fixtures.tar(tree));
        files.put("a.tar.gz", Fixtures.gzip(Fixtures.tar(tree)));
        files.put("a.tar.bz2", Fixtures.bzip2(Fixtures.tar(tree)));
        files.put("a.tar.xz", Fixtures.xz(Fixtures.tar(tree)));
        files.put("a.zip", Fixtures.zip(tree));
        files.put("a.py", tree.get("src/主.py"));
      }
      case "csv" -> {
        String row = "1,\"一行\n文字, \"\"x\"\"\",http://a/\r\n";
        files.put("a.csv", utf8("id,text,url\n" + row.repeat(4) + "2,plain,\n"));
        files.put("a.tsv.gz", Fixtures.gzip(utf8("text\tid\n山\t1\n水\t2\n")));
      }
      case "dialogue" -> {
        String turns = "{\"messages\":[{\"role\":\"user\",\"content\":\"你好\"},{\"value\":\"hi\"}]}";
        files.put("a.jsonl", utf8((turns + "\n").repeat(5)));
        files.put("a.json", utf8("[" + turns + ",\n" + turns + "]"));
        files.put("named.json", utf8("{\n\"a\": " + turns + ",\n\"b\": " + turns + "}"));
        files.put("a.srt", utf8("1\n00:00:01,000 --> 00:00:02,000\n<i>你好</i>\n"));
        files.put("a.txt", utf8("<|im_start|>user\n你好<|im_end|>\n<|im_start|>assistant\nhi"));
        files.put("a.mbox", utf8(DialogueFixtures.MBOX));
        files.put("a.xml", utf8(DialogueFixtures.CHAT));
        files.put("a.zip", Fixtures.zip(Map.of("a.json", files.get("a.json"))));
      }
      case "jsonl" -> {
        String line = "{\"id\":1,\"text\":\"一行文字\",\"url\":\"http://a/\",\"x\":{\"y\":[1,2]}}\n";
        files.put("a.jsonl", utf8(line.repeat(5)));
        files.put("a.jsonl.gz", Fixtures.gzip(utf8(line.repeat(5))));
        files.put("a.jsonl.zst", Fixtures.zstd(utf8(line.repeat(5))));
      }
      case "web" -> {
        byte[] page = WebFixtures.htmlResponse("http://a/1", WebFixtures.html(1));
        byte[] packed =
            WebFixtures.response(
                "http://a/2",
                WebFixtures.http(
                    "Content-Type: text/html\r\nContent-Encoding: gzip",
                    Fixtures.gzip(utf8(WebFixtures.html(2)))));
        byte[] wet = WebFixtures.warc("conversion", "http://a/3", "text/plain", utf8("一页文字"));
        byte[] http = WebFixtures.http("Content-Type: text/html", utf8(WebFixtures.html(4)));
        files.put("a.warc", Fixtures.join(page, packed, page));
        files.put("a.warc.gz", Fixtures.join(Fixtures.gzip(page), Fixtures.gzip(packed)));
        files.put("a.warc.wet.gz", Fixtures.join(Fixtures.gzip(wet), Fixtures.gzip(wet)));
        byte[] dictionary = utf8(WebFixtures.html(1));
        files.put(
            "a.warc.zst",
            Fixtures.join(
                WebFixtures.dictionary(dictionary),
                Zstd.compressUsingDict(page, dictionary, 3),
                Zstd.compressUsingDict(packed, dictionary, 3)));
        files.put("a.wacz", WebFixtures.wacz(files.get("a.warc.gz")));
        files.put("a.arc", WebFixtures.arc("http://a/4", http));
      }
      case "wiki" -> {
        String text =
            "{{t|x}}'''山'''是[[地形|地貌]]。&lt;ref&gt;x&lt;/ref&gt;\n== 历史 ==\n* 甲\n{| \n| a\n|}\n";
        String pages = Fixtures.page("山", "0", text) + Fixtures.page("水", "0", "[[a|b]] -{c}-");
        files.put("a.xml", utf8(Fixtures.export(pages)));
        files.put("a.xml.7z", Fixtures.sevenZip(Map.of("a.xml", utf8(Fixtures.export(pages)))));
        files.put("a.xml.bz2", Fixtures.bzip2(utf8(Fixtures.export(pages))));
      }
      default -> {}
    }
    return files;
  }
}
