package io.lifestage.bench;

import io.lifestage.cluster.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.FileUtils;

/** Runs variants one after the other over the same events, and refuses wrong results. */
final class Bench {
  private final Cluster cluster;
  private final Workload workload;
  private final Path folder;
  private final List<String> triggers;
  private final Instant endOfTime;

  /**
   * How much the first run of the job wrote until its last event; the pass-throughs write it too.
   */
  private List<Output> outputs = List.of();

  /** How much that run wrote in all. */
  private List<Output> allOutputs = List.of();

  /**
   * A bench with filled topics.
   *
   * @param folder for what runs leave behind
   */
  Bench(Cluster cluster, Workload workload, Path folder) throws Exception {
    this.cluster = cluster;
    this.workload = workload;
    this.folder = folder;
    triggers = Oracle.triggers(workload);
    endOfTime = Instant.ofEpochMilli(cluster.fill(workload));
    if (triggers.isEmpty()) {
      throw new IllegalStateException("so few events bring no trigger: nothing would be checked");
    }
  }

  /** The core's triggers, which every run of the job has to give. */
  int triggers() {
    return triggers.size();
  }

  /** How much the job writes until its last event, by topic. */
  List<Output> outputs() {
    return outputs;
  }

  /** How much the job writes until the end of time is decided, by topic in the same order. */
  List<Output> allOutputs() {
    return allOutputs;
  }

  /** Runs the job once and learns how much it writes. */
  void learn() throws Exception {
    long until = run(Variant.JOB, false).until();
    outputs = cluster.outputs(until);
    allOutputs = cluster.outputs(Long.MAX_VALUE);
  }

  /** Runs a variant for its time. */
  Measurement measure(Variant variant) throws Exception {
    return run(variant, false);
  }

  /** Runs a variant for its accesses to state; its times mean nothing. */
  Map<String, Long> stateOperations(Variant variant) throws Exception {
    return run(variant, true).stateOperations();
  }

  private Measurement run(Variant variant, boolean countStateOperations) throws Exception {
    cluster.emptyOutputs();
    Path place = Files.createTempDirectory(folder, "run");
    Task task =
        new Task(
            variant,
            cluster.brokers(),
            cluster.registry(),
            endOfTime.toString(),
            workload.events(),
            outputs,
            place.toString(),
            countStateOperations);
    Measurement measurement = inItsOwnProcess(task);
    FileUtils.deleteDirectory(place.toFile());
    check(variant);
    return measurement;
  }

  private static Measurement inItsOwnProcess(Task task) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("bench.opens").trim().split("\\s+")));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            Drain.class.getName(),
            Drain.JSON.writeValueAsString(task)));
    List<String> printed = JavaProcess.run(Map.of(), command);
    // Flink may still log while it stops.
    String measured =
        printed.stream()
            .filter(line -> line.startsWith("{"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no measurement among " + printed));
    return Drain.JSON.readValue(measured, Measurement.class);
  }

  private void check(Variant variant) throws Exception {
    if (variant.isJob()) {
      checkTriggers();
    } else {
      checkOutputs(variant);
    }
  }

  private void checkTriggers() throws Exception {
    List<String> committed = cluster.triggers();
    if (!committed.equals(triggers)) {
      throw new IllegalStateException(
          "the job gave %d triggers, the core gives %d, or they are others; it is not timed"
              .formatted(committed.size(), triggers.size()));
    }
  }

  /** At the end each subtask may owe less than one record of each topic. */
  private void checkOutputs(Variant variant) {
    List<Output> written = cluster.outputs(Long.MAX_VALUE);
    for (int i = 0; i < outputs.size(); i++) {
      long missing = outputs.get(i).records() - written.get(i).records();
      if (missing < 0 || missing > Drain.PARALLELISM) {
        throw new IllegalStateException(
            "%s wrote %s, and the job %s; it is no measure for it"
                .formatted(variant.title(), written.get(i), outputs.get(i)));
      }
    }
  }
}
