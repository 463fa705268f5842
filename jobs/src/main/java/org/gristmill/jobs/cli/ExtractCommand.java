package org.gristmill.jobs.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.gristmill.core.UserError;
import org.gristmill.sources.html.HtmlComments;
import org.gristmill.sources.html.HtmlText;
import org.gristmill.sources.web.PageView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the web source keeps of one saved page, block by block. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a page that shows what of a saved page is kept and dropped.",
      "Block by block with the reason: gristmill extract page.html > kept.html"
    })
public final class ExtractCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PAGE", description = "a saved HTML page")
  private Path page;

  @Option(
      names = "--comments",
      paramLabel = "drop|keep",
      description = "what becomes of readers' comments (default: drop)")
  private String comments = "drop";

  private final PrintStream out;
  private final PrintStream err;

  ExtractCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    if (!List.of("drop", "keep").contains(comments)) {
      throw new UserError("--comments: " + comments + " is neither drop nor keep");
    }
    if (!Files.isRegularFile(page)) {
      throw new UserError(page + ": no such file");
    }
    String html =
        PageView.decoded(Files.readAllBytes(page))
            .orElseThrow(() -> new UserError(page + ": not text in any encoding"));
    HtmlComments wanted = HtmlComments.valueOf(comments.toUpperCase(Locale.ROOT));
    List<HtmlText.Verdict> verdicts = HtmlText.explain(html, wanted);
    out.print(PageView.of(page.getFileName().toString(), HtmlText.extract(html), verdicts));
    long kept = verdicts.stream().filter(v -> v.kept() == HtmlText.Kept.YES).count();
    err.println(kept + " of " + verdicts.size() + " blocks kept");
    return Exit.DONE;
  }
}
