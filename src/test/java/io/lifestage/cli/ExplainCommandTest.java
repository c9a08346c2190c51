package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  /** Nobody listens there: ports below 1024 are given out by name, and this one is nobody's. */
  private static final String NOBODY = "127.0.0.1:4";

  private final StringWriter err = new StringWriter();

  @Test
  void withoutACustomerItIsWrongUsage() {
    assertThat(explain("--journey", "win-back")).isEqualTo(2);
    assertThat(err).asString().contains("Missing required option: '--customer=ID'");
  }

  @Test
  void aMomentThatIsNoneIsWrongUsage() {
    assertThat(explain("--customer", "ada", "--at", "yesterday")).isEqualTo(2);
    assertThat(err).asString().contains("--at", "yesterday");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsAFailureThatNamesIt(@TempDir Path folder) throws Exception {
    Path impatient =
        Files.writeString(
            folder.resolve("kafka"), "default.api.timeout.ms=500\nrequest.timeout.ms=400\n");

    assertThat(
            explain(
                "--customer",
                "ada",
                "--bootstrap-servers",
                NOBODY,
                "--kafka-config",
                impatient.toString()))
        .isEqualTo(1);
    assertThat(err).asString().contains("Kafka at " + NOBODY);
  }

  private int explain(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "explain";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Lifestage.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(all);
  }
}
