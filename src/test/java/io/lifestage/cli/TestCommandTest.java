package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
  private static final String SPEC =
      """
      spec: hello
      cases:
        - case: who comes is there
          events: [{at: +0s, event: page_viewed}]
          expect: {stage: here}
        - case: who stays away is gone
          journey: hello
          events: [{at: +0s, event: page_viewed}]
          until: +91d
          expect: {stage: gone}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @BeforeEach
  void definitions() throws IOException {
    Files.writeString(
        folder.resolve("stages.yaml"),
        """
        stage-model: small
        stages: [here, gone]
        activity: [page_viewed]
        moves:
          - {from: none, to: here, on: activity, cause: came}
          - {from: here, to: gone, after-silence: 90d, cause: silence}
        """);
    Files.writeString(
        folder.resolve("hello.yaml"),
        "journey: hello\nentry: {on: page_viewed}\nsteps:\n  - emit: {kind: hi, template: t}\n");
    Files.createDirectory(folder.resolve("specs"));
    spec(SPEC);
  }

  private void spec(String text) throws IOException {
    Files.writeString(folder.resolve("specs/hello.spec.yaml"), text);
  }

  @Test
  void casesThatPassAreCounted() {
    assertThat(test(folder.toString())).isZero();

    assertThat(out.toString().lines())
        .contains("passed  hello: who comes is there")
        .anyMatch(line -> line.matches("2 passed, 0 failed, in 4 orders of arrival and \\d+ ms"));
  }

  @Test
  void aCaseThatFailsIsShownWithItsPlaceAndStory() throws IOException {
    spec(SPEC.replace("{stage: here}", "{stage: gone}"));

    assertThat(test(folder.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("FAILED  hello: who comes is there", "hello.spec.yaml:3", "none > here: came")
        .contains("- expected {stage=gone}", "+ but was  {stage=here, cycle=1}", "1 failed");
  }

  @Test
  void aMistakeInASpecificationIsNamed() throws IOException {
    spec(SPEC.replace("page_viewed", "page_view"));

    assertThat(test(folder.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("hello.spec.yaml:4:31: 'event' is 'page_view'; did you mean 'page_viewed'?");
  }

  @Test
  void casesAreChosenByJourneyAndText() {
    assertThat(test(folder.toString(), "--journey", "hello")).isZero();
    assertThat(test(folder.toString(), "--case", "Comes")).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("1 passed"))).hasSize(2);

    assertThat(test(folder.toString(), "--journey", "helo")).isEqualTo(2);
    assertThat(err.toString()).contains("No case speaks of 'helo'");
  }

  @Test
  void aFolderWithoutDefinitionsIsSaidToHaveNone(@TempDir Path empty) {
    assertThat(test(empty.toString())).isEqualTo(2);

    assertThat(err.toString()).contains("There is no definition in " + empty);
  }

  @Test
  void aFolderWithoutSpecificationsProvesNothing() throws IOException {
    Files.delete(folder.resolve("specs/hello.spec.yaml"));

    assertThat(test(folder.toString())).isEqualTo(2);
    assertThat(test("--pack", "retale")).isEqualTo(2);
    assertThat(err.toString())
        .contains("There is no specification")
        .contains("--pack: no pack is called 'retale'; did you mean 'retail'?");
  }

  @Test
  void programsGetOneObject() throws IOException {
    spec(SPEC.replace("{stage: here}", "{stage: gone}"));

    assertThat(test(folder.toString(), "--json")).isEqualTo(1);
    assertThat(out.toString())
        .contains("\"passed\" : 1,", "\"failed\" : 1,", "\"line\" : 3", "\"missing\" : [");
  }

  private int test(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "test";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Lifestage.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
