package io.lifestage.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the job would make of its options, and all that is wrong with them at once.
 *
 * @param settings every option with what it would be, in the order of the docs; hidden ones where
 *     they are given
 * @param errors what is wrong, for the user; empty where the job would start
 */
public record OptionReview(List<Setting> settings, List<String> errors) {

  /**
   * One option.
   *
   * @param name without the dashes
   * @param value as it was written
   * @param source {@code argument}, {@code default}, or the name of the variable or the file
   */
  public record Setting(String name, String value, String source) {}

  private static final String ARGUMENT = "argument";
  private static final String DEFAULT = "default";

  /** Reviews what {@link JobOptions#parse} would be given. */
  public static OptionReview of(String[] arguments, Map<String, String> environment) {
    List<Setting> settings = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    CommandLine line = JobOptions.commandLine(new JobOptions());
    OptionSources sources;
    try {
      sources = OptionSources.of(arguments, environment, line);
    } catch (ParameterException e) {
      return new OptionReview(settings, List.of(e.getMessage()));
    }
    errors.addAll(sources.strangers());
    line.getCommandSpec().parser().collectErrors(true);
    ParseResult given = line.parseArgs(arguments);
    given.errors().forEach(error -> errors.add(inWords(error)));
    for (OptionSpec option : line.getCommandSpec().options()) {
      Setting setting = setting(option, given, sources);
      if (!option.hidden() || !setting.source().equals(DEFAULT)) {
        settings.add(setting);
      }
      if (!setting.source().equals(ARGUMENT) && !setting.source().equals(DEFAULT)) {
        alone(setting, errors);
      }
    }
    if (errors.isEmpty()) {
      together(arguments, environment, errors);
    }
    return new OptionReview(List.copyOf(settings), List.copyOf(errors));
  }

  private static Setting setting(OptionSpec option, ParseResult given, OptionSources sources) {
    String name = OptionSources.name(option);
    if (given.hasMatchedOption(option)) {
      List<String> texts = given.matchedOption(option.longestName()).originalStringValues();
      return new Setting(name, texts.isEmpty() ? "" : texts.get(0), ARGUMENT);
    }
    String source = sources.source(option);
    if (source != null) {
      return new Setting(name, sources.defaultValue(option), source);
    }
    return new Setting(name, option.defaultValue() == null ? "" : option.defaultValue(), DEFAULT);
  }

  /** What the environment or the file says, by itself. */
  private static void alone(Setting setting, List<String> errors) {
    try {
      JobOptions.commandLine(new JobOptions())
          .parseArgs("--%s=%s".formatted(setting.name(), setting.value()));
    } catch (ParameterException e) {
      errors.add(setting.source() + ": " + inWords(e));
    }
  }

  /** What can only be seen when all is in place. */
  private static void together(
      String[] arguments, Map<String, String> environment, List<String> errors) {
    try {
      JobOptions.parse(arguments, environment);
    } catch (ParameterException e) {
      errors.add(inWords(e));
    }
  }

  private static String inWords(Exception error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      String unknown = unmatched.getUnmatched().get(0).replaceAll("=.*", "");
      return unknown.startsWith("--")
          ? "'%s' is no option%s"
              .formatted(
                  unknown, OptionSources.meant(unknown.substring(2), unmatched.getCommandLine()))
          : "'%s' belongs to no option; all of them begin with --".formatted(unknown);
    }
    return error.getMessage();
  }
}
