package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.job.OptionReview.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;

class JobOptionsTest {

  @TempDir private Path folder;

  @Test
  void withoutAWordEveryOptionHasItsDefault() {
    JobOptions options = parse();

    assertThat(options.disorder).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.isLive()).isTrue();
    assertThat(options.prefix()).isEmpty();
  }

  @Test
  void anArgumentWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    String file = file("disorder=1s", "lateness=1m", "cart-idle=1d");
    Map<String, String> environment =
        Map.of("LIFESTAGE_DISORDER", "2s", "LIFESTAGE_LATENESS", "2m");

    JobOptions options =
        JobOptions.parse(new String[] {"--config", file, "--disorder", "3s"}, environment);

    assertThat(options.disorder).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.lateness).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.cartIdle).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void theFileMayBeNamedInOneWordOrInTheEnvironment() throws IOException {
    String file = file("space=shop");

    assertThat(parse("--config=" + file).prefix()).isEqualTo("shop.");
    assertThat(JobOptions.parse(new String[0], Map.of("LIFESTAGE_CONFIG", file)).prefix())
        .isEqualTo("shop.");
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "5s, PT5S", "10m, PT10M", "1h, PT1H", "2d, PT48H", "PT7S, PT7S"})
  void aDurationIsWrittenAsPeopleWriteIt(String text, Duration meant) {
    assertThat(parse("--disorder", text).disorder).isEqualTo(meant);
  }

  @Test
  void aMomentIsWrittenAsIso() {
    assertThat(parse("--triggers-from", "2026-03-01T00:00:00Z").triggersFrom)
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--disorder=soon | 'soon' is no duration; write 500ms, 5s, 10m, 1h or 2d",
        "--disorder=-5s | '-5s' is no duration",
        "--triggers-from=May | 'May' is no moment; write 2026-03-01T00:00:00Z",
        "--recent-events=0 | --recent-events: must be at least 1",
        "--bounded=true | the live space has no end; give the history a --space of its own",
        "--space=a.b | must be letters, digits, - and _",
        "--config=nowhere.properties | there is no file nowhere.properties",
        "--disordr=5s | --disordr"
      })
  void whatCannotBeIsRefusedWithAHint(String argument, String hint) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(hint);
  }

  @Test
  void aLineOfTheFileThatNamesNoOptionIsRefused() throws IOException {
    String file = file("disordr=5s");

    assertThatThrownBy(() -> parse("--config", file))
        .isInstanceOf(ParameterException.class)
        .hasMessage(file + ": 'disordr' is no option; did you mean disorder?");
  }

  @Test
  void aReviewSaysWhereEachValueComesFrom() throws IOException {
    String file = file("lateness=1m");
    String[] arguments = {"--config", file, "--disorder", "3s"};

    OptionReview review = OptionReview.of(arguments, Map.of("LIFESTAGE_IDLENESS", "4s"));

    assertThat(review.errors()).isEmpty();
    assertThat(review.settings())
        .contains(
            new Setting("disorder", "3s", "argument"),
            new Setting("idleness", "4s", "LIFESTAGE_IDLENESS"),
            new Setting("lateness", "1m", file),
            new Setting("transaction-timeout", "15m", "default"))
        .extracting(Setting::name)
        .doesNotContain("end-of-time");
  }

  @Test
  void aReviewFindsEveryErrorAtOnce() throws IOException {
    String file = file("latness=1m", "space=a");
    String[] arguments = {"--config", file, "--bonded=true", "--recent-events", "many"};

    OptionReview review = OptionReview.of(arguments, Map.of("LIFESTAGE_IDLENESS", "long"));

    assertThat(review.errors())
        .containsExactlyInAnyOrder(
            file + ": 'latness' is no option; did you mean lateness?",
            "'--bonded' is no option; did you mean bounded?",
            "Invalid value for option '--recent-events': 'many' is not an int",
            "LIFESTAGE_IDLENESS: Invalid value for option '--idleness': 'long' is no duration;"
                + " write 500ms, 5s, 10m, 1h or 2d");
  }

  @Test
  void aReviewFindsWhatDoesNotGoTogether() {
    OptionReview review = OptionReview.of(new String[] {"--bounded", "true"}, Map.of());

    assertThat(review.errors())
        .containsExactly(
            "--bounded: the live space has no end; give the history a --space of its own");
  }

  private static JobOptions parse(String... arguments) {
    return JobOptions.parse(arguments, Map.of());
  }

  private String file(String... lines) throws IOException {
    return Files.write(folder.resolve("job.properties"), List.of(lines)).toString();
  }
}
