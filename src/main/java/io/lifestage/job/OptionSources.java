package io.lifestage.job;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Where an option comes from that no argument gives: the environment, else the file. */
final class OptionSources implements IDefaultValueProvider {
  private static final String CONFIG = "config";

  private final Map<String, String> environment;
  private final Properties file;
  private final String fileName;
  private final CommandLine line;

  private OptionSources(
      Map<String, String> environment, Properties file, String fileName, CommandLine line) {
    this.environment = environment;
    this.file = file;
    this.fileName = fileName;
    this.line = line;
  }

  /**
   * Reads the file that the arguments name, else the environment, if any.
   *
   * @param line the options' model
   * @throws ParameterException if the file can't be read
   */
  static OptionSources of(String[] arguments, Map<String, String> environment, CommandLine line) {
    String fileName = configIn(arguments);
    if (fileName == null) {
      fileName = environment.get(variable(CONFIG));
    }
    Properties file = new Properties();
    if (fileName != null) {
      try (Reader reader = Files.newBufferedReader(Path.of(fileName))) {
        file.load(reader);
      } catch (NoSuchFileException e) {
        throw new ParameterException(line, "--config: there is no file " + fileName, e);
      } catch (IOException | IllegalArgumentException e) {
        throw new ParameterException(
            line, "--config: %s can't be read: %s".formatted(fileName, e.getMessage()), e);
      }
    }
    return new OptionSources(environment, file, fileName, line);
  }

  private static String configIn(String[] arguments) {
    String named = null;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith("--config=")) {
        named = arguments[i].substring("--config=".length());
      } else if (arguments[i].equals("--config") && i + 1 < arguments.length) {
        named = arguments[i + 1];
      }
    }
    return named;
  }

  /** The option's text, or null where neither says anything of it. */
  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = name(option);
    String set = environment.get(variable(name));
    return set == null ? file.getProperty(name) : set;
  }

  /** What gives the option, in the words of {@link OptionReview}; null where neither does. */
  String source(OptionSpec option) {
    String name = name(option);
    if (environment.containsKey(variable(name))) {
      return variable(name);
    }
    return file.containsKey(name) ? fileName : null;
  }

  /** What is wrong with each line of the file that names no option. */
  List<String> strangers() {
    return new TreeSet<>(file.stringPropertyNames())
        .stream()
            .filter(name -> !names(line).contains(name))
            .map(name -> "%s: '%s' is no option%s".formatted(fileName, name, meant(name, line)))
            .toList();
  }

  /** A hint at the option that may be meant by a name without dashes; empty where there is none. */
  static String meant(String name, CommandLine line) {
    return Spelling.nearest(name, names(line))
        .map(option -> "; did you mean " + option + "?")
        .orElse("");
  }

  private static List<String> names(CommandLine line) {
    return line.getCommandSpec().options().stream().map(OptionSources::name).toList();
  }

  static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }

  private static String variable(String name) {
    return "LIFESTAGE_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
