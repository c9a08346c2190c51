package io.lifestage.bench;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result as a page of Markdown. */
final class Report {
  private final Workload workload;
  private final int triggers;
  private final List<Output> outputs;
  private final List<Output> allOutputs;
  private final Map<Variant, Map<String, Long>> operations;
  private final Comparison comparison;

  Report(
      Bench bench,
      Workload workload,
      Map<Variant, Map<String, Long>> operations,
      Comparison comparison) {
    this.workload = workload;
    this.triggers = bench.triggers();
    this.outputs = bench.outputs();
    this.allOutputs = bench.allOutputs();
    this.operations = operations;
    this.comparison = comparison;
  }

  /** The page. */
  String page() {
    StringBuilder page = new StringBuilder("# Benchmark\n\n");
    setting(page);
    figures(page);
    stateOperations(page);
    written(page);
    return page.toString();
  }

  private void setting(StringBuilder page) {
    line(page, "Traffic: %,d events, %s.", workload.events(), workload.model());
    line(
        page,
        "Checked: every run of the job gave the %,d triggers of the pure core, id by id.",
        triggers);
    line(
        page,
        "Machine: %d cores, %s %s, %s; broker and registry on the same machine, not pinned to a core.",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name"),
        Runtime.version(),
        System.getProperty("os.arch"));
    line(
        page,
        "Each run: a fresh JVM, a MiniCluster of parallelism %d, RocksDB, incremental checkpoints,"
            + " exactly once, commit every 1 s, object reuse. The first fifth of each drain is"
            + " dropped; the end is when the last event was taken in.",
        Drain.PARALLELISM);
    line(
        page,
        "Rounds: %d, interleaved (A B C C B A …). Median over the rounds, with least and greatest.%s",
        comparison.rounds(),
        comparison.rounds() < Benchmark.ENOUGH_ROUNDS ? " Too few rounds to be quoted." : "");
  }

  private void figures(StringBuilder page) {
    page.append(
        """
        | | efficiency | events/s | CPU µs per event | allocated bytes per event | state operations per event |
        |---|---|---|---|---|---|
        """);
    for (Variant variant : Variant.values()) {
      page.append(
          "| %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  variant.title(),
                  comparison.efficiency(variant).shown("%.2f"),
                  comparison.of(variant, Measurement::eventsPerSecond).shown("%,.0f"),
                  comparison.of(variant, Measurement::cpuMicrosPerEvent).shown("%.1f"),
                  comparison.of(variant, Measurement::allocatedPerEvent).shown("%,.0f"),
                  perEvent(total(operations.get(variant)))));
    }
    line(
        page,
        "%nEfficiency is events/s as a share of the pass-through's in the same round. CPU is the"
            + " whole process, with Flink, the Kafka clients, RocksDB's compaction, the compiler"
            + " and the collector; the broker is not in it. Allocation is on the Java heap.");
  }

  private void stateOperations(StringBuilder page) {
    page.append("| State operations per event | |\n|---|---|\n");
    operations.forEach(
        (variant, counts) ->
            counts.forEach(
                (what, count) ->
                    page.append(
                        "| %s: %s | %s |%n".formatted(variant.title(), what, perEvent(count)))));
    line(
        page,
        "%nCounted in one more run, by Flink's latency tracking of keyed state, every second access"
            + " taken twice. Timers, which RocksDB keeps too, and the broadcast catalogue, which is"
            + " on the heap, are not in it. Calls for the customers' timers at the end of the"
            + " topics are in it, though not in the timed part.");
  }

  private void written(StringBuilder page) {
    page.append(
        """
        | Written | records until the last event | bytes | records in all |
        |---|---|---|---|
        """);
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      page.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d |%n",
              output.topic().substring(Drain.PREFIX.length()),
              output.records(),
              output.bytes(),
              allOutputs.get(i).records()));
    }
    line(
        page,
        "%nBy the first run of the job. What it wrote until its last event, each pass-through writes"
            + " too; what it wrote later, when the topics had ended, is neither timed nor imitated.");
  }

  private String perEvent(long count) {
    return String.format(Locale.ROOT, "%.2f", (double) count / workload.events());
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  @FormatMethod
  private static void line(StringBuilder page, @FormatString String form, Object... values) {
    page.append(String.format(Locale.ROOT, form, values)).append("\n\n");
  }
}
