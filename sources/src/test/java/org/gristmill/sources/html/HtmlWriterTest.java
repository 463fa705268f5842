package org.gristmill.sources.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import org.gristmill.sources.html.parser.Nodes;
import org.junit.jupiter.api.Test;

class HtmlWriterTest {
  /** All blocks of a page, written. */
  private static String write(String html, HtmlForm form) {
    Nodes page = HtmlText.parse(html);
    HtmlMeasures measures = new HtmlMeasures(new HtmlTree(page), new HtmlHead(page, List.of()));
    BitSet all = new BitSet();
    all.set(0, measures.blocks.count);
    return new HtmlWriter(measures, all, form).write();
  }

  private static void assertForms(String plain, String markdown, String html) {
    assertEquals(plain, write(html, HtmlForm.PLAIN));
    assertEquals(markdown, write(html, HtmlForm.MARKDOWN));
  }

  @Test
  void headingsAndMarks() {
    assertForms(
        "Mills\n\nWater and wind drive them, gone now.",
        "## Mills\n\n**Water** and *wind* drive `them`, ~~gone~~ now.",
        "<h2><b>Mills</b></h2><p><b>Water</b> and <i> wind </i>drive <code>them</code>,"
            + " <s>gone</s> now.");
  }

  @Test
  void listsKeepTheirDepthAndNumbers() {
    assertForms(
        "one\na\nb\ntwo\n\nlast",
        "- one\n  3. a\n  4. b\n- two\n\nlast",
        "<ul><li>one<ol start=3><li>a</li><li>b</li></ol></li><li>two</li></ul><p>last");
  }

  @Test
  void tablesOfDataAreTablesAndOthersAreNot() {
    assertForms(
        "Name\tAge\nAnna\t7\nBo|b",
        "| Name | Age |\n| --- | --- |\n| Anna | 7 |\n| Bo\\|b |  |",
        "<table><tr><th>Name<th>Age<tr><td><p>Anna</p><td>7<tr><td>Bo|b<td></table>");
    assertForms(
        "left\n\nright", "left\n\nright", "<table><tr><td><p>left</p><td><p>right</p></table>");
  }

  @Test
  void codeKeepsItsLines() {
    assertForms(
        "Run\n\nif x:\n    y()\n\nnow",
        "Run\n\n```python\nif x:\n    y()\n```\n\nnow",
        "<p>Run</p><pre><code class=language-python>if x:\n    <b>y</b>()\n</code></pre><p>now");
    assertForms("a\nb", "```\na\nb\n```", "<pre><div>a</div><div>b</div></pre>");
  }

  @Test
  void formulasComeAsTheyWereWritten() {
    String math =
        "<p>So <math><semantics><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow><annotation"
            + " encoding=application/x-tex>x=1</annotation></semantics></math> holds.";
    assertForms("So x=1 holds.", "So $x=1$ holds.", math);
    assertForms("x=1", "x=1", "<p><math><mi>x</mi><mo>=</mo><mn>1</mn></math>");
  }

  @Test
  void quotesAndLineBreaks() {
    assertForms(
        "first\nsecond\n\nthen",
        "> first\n> second\n\nthen",
        "<blockquote>first<br>second</blockquote>then");
  }

  @Test
  void nothingIsGluedAndNothingTornApart() {
    assertForms("a\n\nb", "a\n\nb", "<div>a</div><div>b</div>");
    assertForms("ab c", "ab c", "<span>a</span><span>b</span> <span>c</span>");
    assertForms("שלום עולם", "שלום עולם", "<p dir=rtl>שלום <span>עולם</span>");
    assertForms("漢字かな", "漢字かな", "<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>かな");
  }

  @Test
  void documentationKeepsItsCodeAndTables() {
    String html =
        "<body><main><h1>Class Mill</h1><p>"
            + "What it grinds."
            + "</p><pre>int grind(Corn corn) {\n    return  corn.size();\n}</pre>"
            + "<table><caption>Methods</caption><tr><th>Name</th><th>What it does</th></tr>"
            + "<tr><td><code>grind</code></td><td>Grinds the corn, slowly.</td></tr></table>"
            + "<dl><dt>Since:</dt><dd>1.2</dd></dl><ul><li>one</li><li>two<br>lines</li></ul></main>";
    assertEquals(
        "Class Mill\n\n"
            + "What it grinds."
            + "\n\nint grind(Corn corn) {\n    return  corn.size();\n}\n\nMethods\nName\tWhat it does"
            + "\ngrind\tGrinds the corn, slowly.\n\nSince:\n1.2\n\none\ntwo\nlines",
        write(html, HtmlForm.PLAIN));
  }
}
