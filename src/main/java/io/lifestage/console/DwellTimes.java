package io.lifestage.console;

import io.lifestage.metric.RollingWindow;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long those who left a stage had been in it, over each rolling window: counted in buckets that
 * grow by 8 %, so that a quantile is within 4 % of the true one.
 */
final class DwellTimes {
  private static final double GROWTH = Math.log(1.08);
  private static final int BUCKETS = 256;

  /**
   * What is known of the stays in a stage that ended in a window.
   *
   * @param count how many did
   */
  record Stays(long count, Duration median, Duration ninth) {}

  private final Map<RollingWindow, TreeMap<Long, Map<String, int[]>>> panes =
      new EnumMap<>(RollingWindow.class);
  private long now;

  DwellTimes() {
    for (RollingWindow window : RollingWindow.values()) {
      if (window.length() > 0) {
        panes.put(window, new TreeMap<>());
      }
    }
  }

  /**
   * Somebody left a stage.
   *
   * @param at when, epoch milliseconds
   * @param stayed how long they had been there, in ms
   * @param sign 1, or -1 to take it back
   */
  void left(String stage, long at, long stayed, int sign) {
    passTo(at);
    panes.forEach(
        (window, kept) -> {
          long pane = Math.floorDiv(at, window.pane()) * window.pane();
          if (pane >= window.endAt(now) - window.length()) {
            kept.computeIfAbsent(pane, unused -> new HashMap<>())
                    .computeIfAbsent(stage, unused -> new int[BUCKETS])[bucket(stayed)] +=
                sign;
          }
        });
  }

  /** Event time goes on, and what is too old is forgotten. */
  void passTo(long moment) {
    if (moment > now) {
      now = moment;
      panes.forEach((window, kept) -> kept.headMap(window.endAt(now) - window.length()).clear());
    }
  }

  /** The stays in a stage that ended in the window, or null where none did. */
  Stays of(String stage, RollingWindow window) {
    int[] sum = new int[BUCKETS];
    for (Map<String, int[]> pane : panes.getOrDefault(window, new TreeMap<>()).values()) {
      int[] counts = pane.get(stage);
      if (counts != null) {
        Arrays.setAll(sum, i -> sum[i] + counts[i]);
      }
    }
    long count = Arrays.stream(sum).asLongStream().sum();
    return count <= 0
        ? null
        : new Stays(count, quantile(sum, count, 0.5), quantile(sum, count, 0.9));
  }

  private static Duration quantile(int[] counts, long count, double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count));
    int bucket = 0;
    for (long passed = counts[0]; passed < rank && bucket < BUCKETS - 1; ) {
      passed += counts[++bucket];
    }
    // The middle of the bucket, on the scale on which buckets are alike.
    return bucket == 0
        ? Duration.ZERO
        : Duration.ofSeconds(Math.round(Math.exp((bucket - 0.5) * GROWTH)));
  }

  private static int bucket(long millis) {
    double seconds = millis / 1000.0;
    return seconds < 1
        ? 0
        : Math.min(BUCKETS - 1, 1 + (int) Math.floor(Math.log(seconds) / GROWTH));
  }
}
