package io.lifestage.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifestage.job.Pieces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One run in a process of its own: drains the topics to their end and prints what it cost. */
final class Drain {
  static final ObjectMapper JSON = new ObjectMapper();

  /** The prefix of the topics. */
  static final String PREFIX = "bench.";

  static final int PARALLELISM = 2;

  /** How much of the drain is left out, while the JVM warms up. */
  private static final double WARM_UP = 0.2;

  private Drain() {}

  /** Takes a {@link Task} and prints a {@link Measurement}, both as JSON. */
  public static void main(String[] arguments) throws Exception {
    Task task = JSON.readValue(arguments[0], Task.class);
    System.out.println(JSON.writeValueAsString(run(task)));
    System.exit(0);
  }

  private static Measurement run(Task task) throws Exception {
    Meters meters = new Meters(task.variant().keyedOperator(), PARALLELISM);
    Configuration configuration = configuration(Path.of(task.folder()));
    meters.installIn(configuration);
    if (task.countStateOperations()) {
      Meters.countStateOperations(configuration);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
    task.variant().define(env, pieces(task), task);
    Probe probe = new Probe(meters::taken);
    try (probe) {
      env.execute();
    }
    return probe.since((long) (WARM_UP * task.events()), meters.stateOperations());
  }

  private static Pieces pieces(Task task) throws IOException {
    String pack =
        task.variant() == Variant.MANY_JOURNEYS
            ? ManyJourneys.in(Path.of(task.folder()).resolve("pack"), 1_000)
            : "retail";
    return new Pieces(
        "--pack",
        pack,
        "--bootstrap-servers",
        task.brokers(),
        "--schema-registry-url",
        task.registry(),
        "--space",
        PREFIX.substring(0, PREFIX.length() - 1),
        "--bounded",
        "true",
        "--end-of-time",
        task.endOfTime());
  }

  /** The same for all: RocksDB, incremental checkpoints, exactly once, a commit each second. */
  private static Configuration configuration(Path folder) {
    return Configuration.fromMap(
        Map.ofEntries(
            Map.entry("state.backend.type", "rocksdb"),
            Map.entry("execution.checkpointing.incremental", "true"),
            Map.entry("execution.checkpointing.mode", "EXACTLY_ONCE"),
            Map.entry("execution.checkpointing.interval", "1s"),
            Map.entry("execution.checkpointing.dir", folder.resolve("checkpoints").toUri() + ""),
            Map.entry("io.tmp.dirs", folder.resolve("tmp").toString()),
            Map.entry("taskmanager.memory.managed.size", "512m"),
            Map.entry("restart-strategy.type", "none")));
  }
}
