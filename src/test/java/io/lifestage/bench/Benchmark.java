package io.lifestage.bench;

import com.google.errorprone.annotations.FormatMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Measures the job beside a pass-through, and prints a page. */
@Command(name = "benchmark", description = "Measures the job beside a pass-through.")
public final class Benchmark implements Callable<Integer> {
  /** Fewer are for trying out. */
  static final int ENOUGH_ROUNDS = 7;

  @Option(
      names = "--events",
      defaultValue = "400000",
      description = "How many events are drained (${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--rounds",
      defaultValue = "" + ENOUGH_ROUNDS,
      description = "How often each variant runs (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--seed", defaultValue = "42", description = "Of the traffic (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Events in each second of a busy shop; 0 for days of a quiet one.")
  private double rate;

  @Option(names = "--report", required = true, description = "Where the page is written.")
  private Path report;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("lifestage-benchmark");
    try (Cluster cluster = new Cluster(folder)) {
      say("filling the topics with %,d events", events);
      Workload workload = new Workload(events, seed, rate);
      String page = measured(new Bench(cluster, workload, folder), workload);
      Files.writeString(report, page);
      System.out.println(page);
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
    return ExitCode.OK;
  }

  private String measured(Bench bench, Workload workload) throws Exception {
    say("a first run of the job, checked against the core's %,d triggers", bench.triggers());
    bench.learn();
    Map<Variant, Map<String, Long>> operations = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      say("counting the state operations of %s", variant.title());
      operations.put(variant, bench.stateOperations(variant));
    }
    Comparison comparison = new Comparison();
    while (comparison.rounds() < rounds) {
      comparison.add(round(bench, comparison));
    }
    return new Report(bench, workload, operations, comparison).page();
  }

  private Map<Variant, Measurement> round(Bench bench, Comparison comparison) throws Exception {
    Map<Variant, Measurement> round = new EnumMap<>(Variant.class);
    for (Variant variant : comparison.order()) {
      Measurement measurement = bench.measure(variant);
      say(
          "round %d of %d, %s: %,.0f events/s, %.1f µs CPU per event",
          comparison.rounds() + 1,
          rounds,
          variant.title(),
          measurement.eventsPerSecond(),
          measurement.cpuMicrosPerEvent());
      round.put(variant, measurement);
    }
    return round;
  }

  @FormatMethod
  private static void say(String form, Object... values) {
    System.out.println(form.formatted(values));
  }
}
