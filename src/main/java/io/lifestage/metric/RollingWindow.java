package io.lifestage.metric;

import java.time.Duration;
import java.util.List;

/**
 * The windows, and the panes that each is merged from. A window of length {@code L} that ends at
 * {@code E} holds what happened from {@code E - L} up to, not including, {@code E}; it ends only at
 * multiples of its pane, counted from 1970.
 */
public enum RollingWindow {
  MINUTE("1m", Duration.ofMinutes(1), Duration.ofSeconds(5)),
  FIVE_MINUTES("5m", Duration.ofMinutes(5), Duration.ofSeconds(15)),
  HOUR("1h", Duration.ofHours(1), Duration.ofMinutes(1)),
  DAY("24h", Duration.ofHours(24), Duration.ofMinutes(15)),
  /** The window of levels: it has no beginning, so nothing ever leaves it. */
  NOW("now", Duration.ZERO, Duration.ofSeconds(5));

  private static final List<RollingWindow> OF_FLOWS = List.of(MINUTE, FIVE_MINUTES, HOUR, DAY);
  private static final List<RollingWindow> OF_LEVELS = List.of(NOW);

  private final String label;
  private final long length;
  private final long pane;

  RollingWindow(String label, Duration length, Duration pane) {
    this.label = label;
    this.length = length.toMillis();
    this.pane = pane.toMillis();
  }

  /** The windows that a metric of this kind has. */
  public static List<RollingWindow> of(MetricDefinition.Kind kind) {
    return kind.isLevel() ? OF_LEVELS : OF_FLOWS;
  }

  /** Start of the finest pane that holds the moment; panes of all windows are made of these. */
  static long finestPane(long at) {
    return Math.floorDiv(at, MINUTE.pane) * MINUTE.pane;
  }

  /** As it is called in {@link MetricPoint#window}. */
  public String label() {
    return label;
  }

  /** How long it is, in ms; 0 for that of levels. */
  public long length() {
    return length;
  }

  /** How far apart two ends of the window are, in ms. */
  public long pane() {
    return pane;
  }

  /** Whether what happened leaves the window again. */
  boolean forgets() {
    return this != NOW;
  }

  /** The latest end that time has reached. */
  public long endAt(long now) {
    return Math.floorDiv(now, pane) * pane;
  }

  /** The first end that is not before the moment. */
  long endNotBefore(long moment) {
    return -Math.floorDiv(-moment, pane) * pane;
  }

  /** The first end whose window holds what happened at the moment. */
  long entersAt(long at) {
    return endAt(at) + pane;
  }

  /** The first end whose window no longer holds a pane, given where that pane entered. */
  long leavesAt(long entered) {
    return forgets() ? entered + length : Long.MAX_VALUE;
  }
}
