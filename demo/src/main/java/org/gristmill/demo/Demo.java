package org.gristmill.demo;

import java.io.IOException;
import java.nio.file.Path;
import org.gristmill.jobs.cli.AddedCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prepares the demonstration's input, then does what {@code run conf/demo.conf} does. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Prepares real input of all five kinds and runs the whole pipeline on it.")
public final class Demo implements AddedCommand {
  @Option(
      names = "--home",
      hidden = true,
      defaultValue = "${env:GRISTMILL_HOME:-.}",
      description = "folder of the project")
  private Path home;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path work = home.resolve("out/demo");
    spec.commandLine()
        .getErr()
        .println(
            DemoInput.prepare(
                work.resolve("download"), home.resolve("demo"), work.resolve("input")));
    return spec.parent().commandLine().execute("run", home.resolve("conf/demo.conf").toString());
  }
}
