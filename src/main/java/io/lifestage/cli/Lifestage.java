package io.lifestage.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The root of the command line; each subcommand is a class of its own beside it. */
@Command(
    name = "lifestage",
    description = "A real-time customer-lifecycle engine on Apache Flink.",
    mixinStandardHelpOptions = true,
    versionProvider = Lifestage.Version.class,
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was done",
      "1:it failed; the message says where, and how to mend it",
      "2:wrong usage"
    },
    subcommands = {
      CommandLine.HelpCommand.class,
      TopicsCommand.class,
      SchemasCommand.class,
      TrafficCommand.class,
      ImportCommand.class,
      TailCommand.class,
      CustomerCommand.class,
      ExplainCommand.class,
      TriggersCommand.class,
      ValidateCommand.class,
      PublishCommand.class,
      JourneysCommand.class,
      TestCommand.class,
      OffersCommand.class,
      ProductCommand.class,
      ReportCommand.class,
      ConsoleCommand.class
    })
public final class Lifestage {

  private Lifestage() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, ready to execute; tests use it as {@code main} does. */
  static CommandLine commandLine() {
    return new CommandLine(new Lifestage())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Lifestage::report);
  }

  /** One line for the user; the trace only on request, for it explains nothing to most. */
  private static int report(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    command.getErr().println(command.getColorScheme().errorText(message(e)));
    if (System.getenv("LIFESTAGE_STACKTRACE") != null) {
      e.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String message(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "There is no file " + e.getMessage();
    }
    if (e instanceof AccessDeniedException) {
      return "There is no right to read " + e.getMessage();
    }
    return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
  }

  /** The version that the build wrote into the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Lifestage.class.getPackage().getImplementationVersion();
      return new String[] {"lifestage " + (version == null ? "(not packaged)" : version)};
    }
  }
}
