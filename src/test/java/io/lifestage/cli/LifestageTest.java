package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class LifestageTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine lifestage =
      Lifestage.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  @TestFactory
  Stream<DynamicTest> everyCommandExplainsItselfAndItsExitCodes() {
    return commands(Lifestage.commandLine())
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.getCommandSpec().qualifiedName(),
                    () -> {
                      assertThat(command.getCommandSpec().usageMessage().description())
                          .isNotEmpty();
                      assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
                          .contains("--help", "Exit codes:", "wrong usage");
                    }));
  }

  @Test
  void aMissingOptionIsWrongUsage() {
    assertThat(lifestage.execute("topics", "apply")).isEqualTo(2);
    assertThat(err).asString().contains("Missing required option: '--file=FILE'");
  }

  @Test
  void aFailureIsOneLineThatSaysWhat() {
    assertThat(lifestage.execute("topics", "apply", "--file", "nowhere.yaml")).isEqualTo(1);
    assertThat(err).asString().isEqualToIgnoringNewLines("There is no file nowhere.yaml");
  }

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream()
            .filter(subcommand -> !subcommand.getCommandName().equals("help"))
            .flatMap(LifestageTest::commands));
  }
}
