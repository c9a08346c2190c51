package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrafficRunCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theSameCommandPrintsTheSameEvents() {
    assertThat(
            run("--print", "--space", "a", "--customers", "50", "--until", "2026-03-01T00:00:00Z"))
        .isZero();
    String first = out.toString();
    out.getBuffer().setLength(0);
    run("--print", "--space", "b", "--customers", "50", "--until", "2026-03-01T00:00:00Z");

    assertThat(first.lines()).hasSizeGreaterThan(500).allMatch(l -> l.startsWith("{\"topic\":\""));
    assertThat(out).hasToString(first);
  }

  @Test
  void theNumberOfEventsIsSaidAtTheEnd() {
    run("--print", "--space", "a", "--customers", "50", "--past", "30d", "--disorder", "3s");

    assertThat(err.toString())
        .contains("%,d events sent".formatted(out.toString().lines().count()));
  }

  @Test
  void aDurationEndsTheSpaceSoLongAfterItsBeginning() {
    run("--print", "--space", "a", "--customers", "0", "--rate", "5", "--duration", "1h");

    assertThat(out.toString().lines().count()).isBetween(1_000L, 50_000L);
  }

  @Test
  void troubleChangesNothingOfWhatWasBeforeAndIsToldOf() {
    String[] month = {
      "--print", "--space", "a", "--customers", "50", "--until", "2026-03-01T00:00:00Z"
    };
    run(month);
    List<String> sound = out.toString().lines().toList();
    out.getBuffer().setLength(0);
    run(append(month, "--trouble", "payment=100%@2026-02-01T00:00:00Z/20d"));
    List<String> troubled = out.toString().lines().toList();

    assertThat(err.toString())
        .contains(
            "Trouble: payment fails for 100% of the carts that come to it, from"
                + " 2026-02-01T00:00:00Z to 2026-02-21T00:00:00Z");
    assertThat(troubled).isNotEqualTo(sound);
    assertThat(before("2026-02-01", troubled)).isEqualTo(before("2026-02-01", sound)).isNotEmpty();
  }

  private static List<String> before(String day, List<String> lines) {
    return lines.stream().takeWhile(line -> !line.contains("\"occurred_at\":\"" + day)).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--speed 3                                            | --space NAME",
        "--space a --speed 0                                   | more than 0",
        "--until 2026-03-01T00:00:00Z --duration 3d           | give one of them",
        "--customers -1                                       | can't be negative",
        "--disorder 3parsecs                                  | 500ms, 3s, 15m, 2h or 120d",
        "--duplicates 101%                                    | from 0 to 1",
        "--trouble payment                                    | write it like payment=60%",
        "--trouble gift_wrap=60%                              | shipping, payment, review",
        "--trouble payment=160%                               | from 0 to 1",
        "--trouble payment=60%@soon                           | 2026-03-01T12:00:00Z",
        "--trouble payment=60%@+2parsecs                      | 500ms, 3s, 15m, 2h or 120d",
        "--space a --trouble payment=60%                      | needs its moment"
      })
  void whatDoesNotGoTogetherIsRefusedWithAHint(String arguments, String hint) {
    assertThat(run(arguments.trim().split(" ", -1))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains(hint);
  }

  private int run(String... arguments) {
    return Lifestage.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(append(new String[] {"traffic", "run"}, arguments));
  }

  private static String[] append(String[] some, String... more) {
    String[] all = new String[some.length + more.length];
    System.arraycopy(some, 0, all, 0, some.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
