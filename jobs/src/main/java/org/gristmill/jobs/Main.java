package org.gristmill.jobs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.gristmill.core.UserError;
import org.gristmill.jobs.cli.AddedCommand;
import org.gristmill.jobs.cli.ContaminatedCommand;
import org.gristmill.jobs.cli.Exit;
import org.gristmill.jobs.cli.ExtractCommand;
import org.gristmill.jobs.cli.GcCommand;
import org.gristmill.jobs.cli.ListCommand;
import org.gristmill.jobs.cli.MixCommand;
import org.gristmill.jobs.cli.RunCommands;
import org.gristmill.jobs.cli.ShowCommand;
import org.gristmill.jobs.cli.SweepCommand;
import org.gristmill.jobs.cli.TokenizerCommand;
import org.gristmill.jobs.cli.TryCommands;
import org.gristmill.jobs.cli.WhyCommand;
import org.gristmill.jobs.run.RunLease;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line; the only place that ends the process.
 *
 * <p>Exit codes: 0 done; 1 the machine's failure or ours; 2 the user's mistake; 3 done, but more
 * records were broken than {@code maxBroken} allows; 4 another run of the pipeline is at work.
 */
@Command(
    name = "gristmill",
    description = "Raw text in; clean, deduplicated, tokenized, packed training sequences out.",
    mixinStandardHelpOptions = true,
    version = "gristmill 0.1.0",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:a failure of the machine, or of Gristmill",
      " 2:a mistake in the command line or the conf",
      " 3:done, but more records were broken than maxBroken allows; nothing was published",
      " 4:another run of the pipeline is at work"
    },
    subcommands = {
      RunCommands.Run.class,
      RunCommands.Plan.class,
      RunCommands.Check.class,
      RunCommands.ShowLedger.class,
      GcCommand.class,
      WhyCommand.class,
      ShowCommand.class,
      SweepCommand.class,
      MixCommand.class,
      ContaminatedCommand.class,
      TryCommands.ToText.class,
      ExtractCommand.class,
      TryCommands.Judge.class,
      TryCommands.ToTokens.class,
      TokenizerCommand.class,
      ListCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(
            new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
            false,
            StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.setErr(err);
    int code = run(out, err, args);
    out.flush();
    if (code != Exit.DONE) { // a cluster manager takes any call of exit for a failure
      System.exit(code);
    }
  }

  /** Runs a command line; what a program may read goes to {@code out}, talk to {@code err}. */
  public static int run(PrintStream out, PrintStream err, String... args) {
    CommandLine line = new CommandLine(new Main(), new Factory(out, err));
    ServiceLoader.load(AddedCommand.class).forEach(line::addSubcommand);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, err));
    return args.length == 0 ? line.execute("--help") : line.execute(args);
  }

  private static int explain(Exception failure, PrintStream err) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError mistakes) {
        mistakes.problems().forEach(err::println);
        int count = mistakes.problems().size();
        err.println(count == 1 ? "1 mistake" : count + " mistakes");
        return Exit.MISTAKE;
      }
      if (cause instanceof RunLease.Lost) {
        err.println(cause.getMessage());
        return Exit.FAILED;
      }
      if (cause instanceof RunLease.Held) {
        err.println(cause.getMessage());
        return Exit.HELD;
      }
    }
    failure.printStackTrace(err);
    return Exit.FAILED;
  }

  /** Gives every command its two streams. */
  private record Factory(PrintStream out, PrintStream err) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        Constructor<K> constructor =
            type.getDeclaredConstructor(PrintStream.class, PrintStream.class);
        constructor.setAccessible(true);
        return constructor.newInstance(out, err);
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }
}
