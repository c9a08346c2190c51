package io.lifestage.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which space a command works in; mixed into every command that reads or writes one. */
final class SpaceOption {
  private static final String FORM = "[a-zA-Z0-9_-]{1,60}";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private String name = "";

  @Option(
      names = "--space",
      paramLabel = "NAME",
      description =
          "Which space: its topics begin with NAME and a dot. Without it the live space, whose topics"
              + " have no prefix.")
  void name(String text) {
    if (!text.isEmpty() && !text.matches(FORM)) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--space': '%s' has to be letters, digits, - and _, at most 60"
              .formatted(text));
    }
    name = text;
  }

  /** The name; empty for the live space. */
  String name() {
    return name;
  }

  /** What the names of the topics begin with. */
  String prefix() {
    return name.isEmpty() ? "" : name + ".";
  }
}
