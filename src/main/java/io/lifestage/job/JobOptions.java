package io.lifestage.job;

import io.lifestage.decision.Policy;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * What the job can be told. Each option is given as an argument ({@code --disorder 5s}), else in
 * the environment ({@code LIFESTAGE_DISORDER}), else in the file that {@code --config} names
 * ({@code disorder=5s}), else it has its default.
 */
@Command(
    name = "lifestage-job",
    description = "The Lifestage job; submit it with Flink's run command.",
    sortOptions = false)
public final class JobOptions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Fixed for ever: a savepoint can be rescaled up to it, and never be given another. */
  static final int MAX_PARALLELISM = 720;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A properties file with any of these options, named without the dashes.")
  File config;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,…",
      defaultValue = "127.0.0.1:9092",
      description = "Kafka brokers to ask first.")
  String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Properties for every Kafka client of the job: TLS, authentication.")
  File kafkaConfig;

  @Option(
      names = "--schema-registry-url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8081/apis/ccompat/v7",
      description = "The Confluent-compatible Schema Registry.")
  String schemaRegistry;

  @Option(
      names = "--schema-registry-config",
      paramLabel = "FILE",
      description =
          "Properties for the registry's client, named schema.registry.*: TLS, authentication.")
  File schemaRegistryConfig;

  @Option(
      names = "--space",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "Which space to work in: its topics begin with NAME and a dot. Empty is the live space.")
  String space;

  @Option(
      names = "--disorder",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description = "How far behind the latest event another may lie and still be in order.")
  Duration disorder;

  @Option(
      names = "--lateness",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "How late an event may be and still correct what was decided.")
  Duration lateness;

  @Option(
      names = "--idleness",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description =
          "After how long a silent partition no longer holds time. Space without an end only; in the"
              + " live space time moves when a partition is known to hold nothing more.")
  Duration idleness;

  @Option(
      names = "--future-limit",
      paramLabel = "DURATION",
      defaultValue = "1m",
      description = "How far ahead of the broker's append time an event may lie. Live space only.")
  Duration futureLimit;

  @Option(
      names = "--pack",
      paramLabel = "PACK",
      defaultValue = "retail",
      description =
          "The definitions that the job starts with: a pack of the program (retail, banking), or a"
              + " folder where the job is submitted. Another one than before is published as a change.")
  String pack;

  @Option(
      names = "--triggers-from",
      paramLabel = "INSTANT",
      defaultValue = "1970-01-01T00:00:00Z",
      description =
          "Event time from which triggers are sent; before it they are withheld as history.")
  Instant triggersFrom;

  @Option(
      names = "--cart-idle",
      paramLabel = "DURATION",
      defaultValue = "1h",
      description = "How long a cart lies untouched before the metrics count it as left behind.")
  Duration cartIdle;

  @Option(
      names = "--recent-events",
      paramLabel = "NUMBER",
      defaultValue = "512",
      description =
          "How many events of one customer a late event may rewind; beyond it, lateness is shorter.")
  int recentEvents;

  @Option(
      names = "--bounded",
      paramLabel = "true|false",
      arity = "1",
      defaultValue = "false",
      description =
          "Whether to stop at what is now the end of the inputs, when all that was waiting is done.")
  boolean bounded;

  @Option(
      names = "--end-of-time",
      paramLabel = "INSTANT",
      defaultValue = "+1000000000-12-31T23:59:59.999Z",
      hidden = true,
      description = "The last moment that is decided. Space with an end only.")
  Instant endOfTime;

  @Option(
      names = "--transaction-timeout",
      paramLabel = "DURATION",
      defaultValue = "15m",
      description =
          "How long a transaction may stay open: more than a checkpoint and a restart together.")
  Duration transactionTimeout;

  /** The topics' prefix: empty in the live space. */
  String prefix() {
    return space.isEmpty() ? "" : space + ".";
  }

  /** Whether event time is wall time. */
  boolean isLive() {
    return space.isEmpty();
  }

  /** The name of the job, of its consumer group, and of its transactions; one per space. */
  String jobName() {
    return isLive() ? "lifestage" : "lifestage-" + space;
  }

  /** What every Kafka client of the job starts from. */
  Properties kafkaProperties() {
    Properties properties = properties(kafkaConfig);
    properties.setProperty("bootstrap.servers", bootstrapServers);
    properties.setProperty("group.id", jobName());
    return properties;
  }

  /** What the registry's client starts from. */
  Map<String, String> registryProperties() {
    Map<String, String> properties = new HashMap<>();
    properties(schemaRegistryConfig).forEach((key, value) -> properties.put("" + key, "" + value));
    properties.put("schema.registry.url", schemaRegistry);
    return properties;
  }

  Policy policy() {
    return new Policy(
        lateness.toMillis(), triggersFrom.toEpochMilli(), cartIdle.toMillis(), recentEvents);
  }

  /** The last moment that is decided, epoch milliseconds. */
  long lastMoment() {
    return endOfTime.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))
        ? Long.MAX_VALUE
        : endOfTime.toEpochMilli();
  }

  /**
   * The options that these arguments, the environment and the file give.
   *
   * @throws ParameterException where one is unknown, missing or not of its type; its message is for
   *     the user
   */
  public static JobOptions parse(String[] arguments, Map<String, String> environment) {
    JobOptions options = new JobOptions();
    CommandLine line = commandLine(options);
    OptionSources sources = OptionSources.of(arguments, environment, line);
    List<String> strangers = sources.strangers();
    if (!strangers.isEmpty()) {
      throw new ParameterException(line, strangers.get(0));
    }
    line.setDefaultValueProvider(sources);
    line.parseArgs(arguments);
    options.check(line);
    return options;
  }

  /** The options' model, for help and for the docs. */
  public static CommandLine commandLine(JobOptions options) {
    CommandLine line = new CommandLine(options);
    line.registerConverter(Duration.class, JobOptions::duration);
    line.registerConverter(Instant.class, JobOptions::instant);
    return line;
  }

  private void check(CommandLine line) {
    if (isLive() && bounded) {
      throw new ParameterException(
          line, "--bounded: the live space has no end; give the history a --space of its own");
    }
    if (!space.isEmpty() && !space.matches("[a-zA-Z0-9_-]{1,60}")) {
      throw new ParameterException(
          line, "--space: '" + space + "' must be letters, digits, - and _, at most 60");
    }
    if (recentEvents < 1) {
      throw new ParameterException(line, "--recent-events: must be at least 1");
    }
  }

  private static Properties properties(File file) {
    Properties properties = new Properties();
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(file.toPath())) {
        properties.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("could not read " + file + ": " + e.getMessage(), e);
      }
    }
    return properties;
  }

  /** A number with ms, s, m, h or d; or ISO 8601, such as PT5S. */
  private static Duration duration(String text) {
    try {
      String iso = text.trim().toUpperCase(Locale.ROOT);
      Duration duration =
          iso.startsWith("P")
              ? Duration.parse(iso)
              : iso.endsWith("MS")
                  ? Duration.ofMillis(Long.parseLong(iso.substring(0, iso.length() - 2)))
                  : Duration.parse(iso.endsWith("D") ? "P" + iso : "PT" + iso);
      if (duration.isNegative()) {
        throw new TypeConversionException("less than nothing");
      }
      return duration;
    } catch (RuntimeException e) {
      throw new TypeConversionException(
          "'" + text + "' is no duration; write 500ms, 5s, 10m, 1h or 2d");
    }
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is no moment; write 2026-03-01T00:00:00Z");
    }
  }
}
