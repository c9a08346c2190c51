package io.lifestage.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the docs of the metrics to the code. */
class MetricsTableTest {
  private static final Path TABLE = Path.of("deploy/metrics.md");
  private static final String REGENERATE = "lifestage.regenerate";

  @Test
  void theTablesSayWhatTheCodeSays() throws IOException {
    if (Boolean.getBoolean(REGENERATE)) {
      Files.writeString(TABLE, page());
    }
    assertThat(TABLE)
        .as(
            "%s; write it anew with: mvn test -Dtest=%s -D%s=true",
            TABLE, MetricsTableTest.class.getSimpleName(), REGENERATE)
        .hasContent(page());
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Metrics

            Rolling windows of 1 min, 5 min, 1 h and 24 h over event time, in the topic `metrics`: one
            record when the value of a window differs at its end from what was written before. A window
            ends every 5 s, 15 s, 1 min and 15 min. Levels, such as the population of a stage, are in the
            window `now`. Each metric is split by each of its dimensions, by one at a time; at most 100
            labels of a dimension are kept apart, the rest is counted under `other`. When nothing happens
            any more every window falls to zero, and estimates become null.

            **Exact**: `count` and `sum`, also after a restart, and after a late event: it rewrites the
            windows that ended last, with a `revision`, and takes back what it shows to be wrong.

            **Estimated**, by sketches that merge:

            | Field | Of metrics of | Error |
            |---|---|---|
            """);
    page.append(
        """
        | `p50`, `p90`, `p95`, `p99` | quantities | within %s of the observed value that has this rank, always; a late correction takes back here too |
        | `distinct` | customers | exact up to about 380; above, within %s in 95 of 100 cases. A late correction adds, and never removes: who was not there after all is counted until the window has passed |

        """
            .formatted(percent(Histogram.RELATIVE_ERROR), percent(DistinctCount.RELATIVE_ERROR)));
    page.append(
        """
        In Prometheus, through Flink's reporter, counts and sums are running numbers of each subtask,
        levels are gauges, and estimates are gauges over the last 5 minutes. The names, by the example
        of `revenue` by `currency`, whose label has the name of the dimension:
        `%s`, then the same with `_sum`; of estimates with `_p50` … `_p99` or `_distinct`.

        Stages are data: what a metric says of a stage, it says of each stage of the model by its name.
        Who came to a stage is the count of `time_to_stage`, who is in it `population`. So with the
        retail pack engaged customers are those who came to `consideration`, loyal ones the population of
        `loyalty`, and time to purchase is `time_to_stage` of `purchase`.

        A ratio is not on the topic: who reads divides the counts, the sums (`.sum`) or the distinct
        numbers (`.distinct`) of windows of the same length with the same end. `{x}` is one label of the
        dimension `x`, and all of them together where the ratio is asked for as a whole; `{every x}` is
        always all of them.

        These tables are written by a test from the definitions themselves.

        """
            .formatted(Metrics.definition(Metrics.REVENUE).prometheusName("currency")));
    for (MetricDefinition.Area area : MetricDefinition.Area.values()) {
      page.append("## ").append(area.title()).append("\n\n");
      page.append(metrics(area)).append(ratios(area));
    }
    page.append(punctuality());
    page.append(
        """
        ## Lift

        What a journey brings: the share of treated runs that reached the goal less the share of held-out
        runs that did, from `goal_outcomes` (a window) or `goal_outcomes_ever` (since the job began):
        `count` is the runs of which it is known, `sum` those that reached the goal, the dimension
        (`treated`, `held_out`) is the group and the label the journey. The 95 % interval is Newcombe's
        hybrid score interval, built from Wilson's score intervals of the two shares (R. G. Newcombe,
        Statistics in Medicine 17, 1998, method 10). Where it holds 0, chance may have made the
        difference. Held out counts only whom no other guard would have refused, as the treated were
        refused by none. A run counts when its goal is reached or its time is over; so the first numbers of a
        new journey are of those who were quick.
        """);
    return page.toString().replace(System.lineSeparator(), "\n");
  }

  private static String punctuality() {
    StringBuilder part =
        new StringBuilder(
            """
            How far the job is behind the clock on the wall is not on the topic, since a replay has to come
            to the same records. The operators that decide and that complete offers show it to Flink's
            reporters, in milliseconds and for each subtask: the greatest of them is what counts. The console shows it under Job.

            | Metric | Title | In Prometheus | There it is | In the console it is |
            |---|---|---|---|---|
            """);
    for (Punctuality one : Punctuality.values()) {
      part.append(
          "| `%s` | %s | `%s` | %s | %s |\n"
              .formatted(
                  one.metric(),
                  one.title(),
                  one.prometheusName(),
                  one.inOperators(),
                  one.inConsole()));
    }
    return part.append(
            """

            The latency of triggers is a summary, with `quantile` from 0.5 to 0.999. It holds the disorder
            bound, but for what is decided on arrival; whoever reads what is committed sees a trigger when
            the checkpoint is complete in which it was written, up to one interval later. Restarts are a
            metric of Flink itself.

            """)
        .toString();
  }

  private static String metrics(MetricDefinition.Area area) {
    List<MetricDefinition> all =
        Metrics.definitions().stream().filter(one -> one.area() == area).toList();
    if (all.isEmpty()) {
      return "";
    }
    String rows =
        all.stream()
            .map(
                one ->
                    "| `%s` | %s | %s | %s | %s | %s | %s |\n"
                        .formatted(
                            one.name(),
                            one.title(),
                            one.unit(),
                            one.sumUnit(),
                            one.dimensions().isEmpty()
                                ? "total"
                                : one.dimensions().stream()
                                    .map(dimension -> "`" + dimension + "`")
                                    .collect(Collectors.joining(", ")),
                            what(one),
                            one.formula().replace("|", "\\|")))
            .collect(Collectors.joining());
    return "| Metric | Title | Counts | Sum, quantiles | By | Value | Counted |\n"
        + "|---|---|---|---|---|---|---|\n"
        + rows
        + "\n";
  }

  private static String what(MetricDefinition one) {
    return switch (one.kind()) {
      case FLOW -> "rolling";
      case TOTAL -> "level";
      case READING -> "level, read off";
      case DISTRIBUTION -> "rolling, quantiles";
      case DISTINCT -> "rolling, distinct";
    };
  }

  private static String ratios(MetricDefinition.Area area) {
    List<RatioDefinition> all =
        Ratios.definitions().stream().filter(one -> one.area() == area).toList();
    if (all.isEmpty()) {
      return "";
    }
    String rows =
        all.stream()
            .map(
                one ->
                    "| %s (`%s`) | %s | `%s` | %s |\n"
                        .formatted(one.title(), one.name(), one.unit(), one.formula(), one.help()))
            .collect(Collectors.joining());
    return "| Ratio | Unit | Formula | What it says |\n|---|---|---|---|\n" + rows + "\n";
  }

  private static String percent(double share) {
    return "%.1f %%".formatted(share * 100).replace(".0 %", " %");
  }
}
