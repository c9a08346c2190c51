package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** Holds the docs of the job's options to the code. */
class OptionsTableTest {
  private static final Path TABLE = Path.of("deploy/options.md");
  private static final String REGENERATE = "lifestage.regenerate";

  @Test
  void theTableSaysWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean(REGENERATE)) {
      Files.writeString(TABLE, table());
    }
    assertThat(TABLE)
        .as(
            "%s; write it anew with: mvn test -Dtest=%s -D%s=true",
            TABLE, OptionsTableTest.class.getSimpleName(), REGENERATE)
        .hasContent(table());
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            """
            # Options of the job

            Each is an argument (`--disorder 5s`), else a variable of the environment
            (`LIFESTAGE_DISORDER`), else a line of the file that `--config` names (`disorder=5s`), else
            its default. `lifestage validate` takes the same options and prints what each would be, where
            that comes from, and all that is wrong. A duration is a number with ms, s, m, h or d.

            This table is written by a test from the options themselves.

            | Option | Environment | Default | What it says |
            |---|---|---|---|
            """);
    for (OptionSpec option : JobOptions.commandLine(new JobOptions()).getCommandSpec().options()) {
      if (!option.hidden()) {
        table.append(row(option));
      }
    }
    return table.toString();
  }

  private static String row(OptionSpec option) {
    String variable =
        "LIFESTAGE_" + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    String value = option.defaultValue() == null ? "" : option.defaultValue();
    return "| `%s %s` | `%s` | %s | %s |%n"
        .formatted(
            option.longestName(),
            option.paramLabel().replace("|", "\\|"),
            variable,
            value.isEmpty() ? "none" : "`" + value + "`",
            String.join(" ", option.description()))
        .replace(System.lineSeparator(), "\n");
  }
}
