package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ConsoleCommandTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine lifestage =
      Lifestage.commandLine().setErr(new PrintWriter(err)).setOut(new PrintWriter(err));

  @Test
  void aPortThatIsTakenIsOneLineThatSaysWhatToDo() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      assertThat(lifestage.execute("console", "--port", port)).isEqualTo(1);
      assertThat(err).asString().contains("127.0.0.1:" + port, "choose another with --port");
    }
  }

  @Test
  void aTokenThatCanBeGuessedIsWrongUsage() {
    assertThat(lifestage.execute("console", "--host", "0.0.0.0", "--token", "hello")).isEqualTo(2);
    assertThat(err).asString().contains("at least 16 characters");
  }
}
