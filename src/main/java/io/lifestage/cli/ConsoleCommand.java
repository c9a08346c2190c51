package io.lifestage.cli;

import io.lifestage.console.Console;
import io.lifestage.console.ConsoleOptions;
import io.lifestage.definition.Packs;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.SchemaRegistry;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lifestage console}: the live page. */
@Command(
    name = "console",
    description = {
      "Serves the live page: the lifecycle, purchases, conversations, triggers, one customer, journeys,"
          + " and how the job is doing; and the same as JSON under /api and for Prometheus under"
          + " /metrics.",
      "Reads the topics and writes none. Everything is kept in memory and read again at each start."
          + " It goes on when Kafka, the registry or the job are gone, says so, and heals by itself.",
      "Only this machine can reach it, unless --host is given; then a token is needed, which is"
          + " printed. Its traffic is not encrypted: put a proxy with TLS before it."
    })
final class ConsoleCommand implements Callable<Integer> {
  private static final int SHORTEST_TOKEN = 16;

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Option(
      names = "--pack",
      defaultValue = "retail",
      paramLabel = "PACK",
      description = "What the job was started with: a pack, or a folder (${DEFAULT-VALUE}).")
  private String pack;

  @Option(
      names = "--port",
      defaultValue = "${env:LIFESTAGE_CONSOLE_PORT:-8080}",
      paramLabel = "PORT",
      description = "Where it listens; else LIFESTAGE_CONSOLE_PORT (now ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "At which address; 0.0.0.0 for all. Without it this machine alone.")
  private String host;

  @Option(
      names = "--token",
      defaultValue = "${env:LIFESTAGE_CONSOLE_TOKEN}",
      paramLabel = "TOKEN",
      description =
          "What opens it; else LIFESTAGE_CONSOLE_TOKEN, else a new one at each start. On this machine"
              + " alone none is needed.")
  private String token;

  @Option(
      names = "--flink-url",
      defaultValue = "${env:LIFESTAGE_FLINK_URL}",
      paramLabel = "URL",
      description =
          "Flink's REST interface, for checkpoints and restarts; else LIFESTAGE_FLINK_URL. Without it"
              + " the page shows what the topics say.")
  private String flinkUrl;

  @Option(
      names = "--job-name",
      defaultValue = "lifestage",
      paramLabel = "NAME",
      description = "The name under which the job runs in Flink (${DEFAULT-VALUE}).")
  private String jobName;

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(spec.commandLine(), "--port has to be from 0 to 65535");
    }
    if (given(token) != null && token.length() < SHORTEST_TOKEN) {
      throw new ParameterException(
          spec.commandLine(), "--token has to have at least " + SHORTEST_TOKEN + " characters");
    }
    ConsoleOptions options =
        new ConsoleOptions(
            given(host), port, given(token), space.prefix(), given(flinkUrl), jobName);
    Properties connection = kafka.properties();
    InstantSource clock = InstantSource.system();
    CountDownLatch asked = new CountDownLatch(1);
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties())) {
      OrderlyEnd end = new OrderlyEnd(asked::countDown);
      try (Console console =
          new Console(
              options,
              Packs.named(pack),
              new ReadCustomers(connection, schemas, space.prefix()),
              clock)) {
        console.read(connection, schemas, clock);
        spec.commandLine().getOut().println("The console is at " + console.address());
        spec.commandLine().getOut().flush();
        asked.await();
      } finally {
        end.reached();
      }
    }
    return ExitCode.OK;
  }

  /** An environment variable that is not set is an empty text. */
  private static String given(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
