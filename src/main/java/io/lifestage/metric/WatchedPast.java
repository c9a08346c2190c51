package io.lifestage.metric;

import io.lifestage.metric.WatchedPanes.Counted;
import io.lifestage.metric.WatchedPanes.Series;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * What the watch knows: the last hour by its panes, and what was usual before that.
 *
 * <p>A pane is learnt from when it is an hour old, so that late events are in; but not if anything
 * was wrong in it.
 */
final class WatchedPast {
  private static final long PANE = WatchedPanes.PANE;
  private static final int PANES = 12;

  /** All orders paid, in whatever currency. */
  private static final Series ORDERS = new Series(Metrics.REVENUE, "");

  private static final class Pane {
    private final SortedMap<Series, Counted> counted;
    private boolean suspicious;

    Pane(SortedMap<Series, Counted> counted, boolean suspicious) {
      this.counted = counted;
      this.suspicious = suspicious;
    }

    long count(Series series) {
      Counted found = counted.get(series);
      return found == null ? 0 : found.count();
    }
  }

  private final TreeMap<Long, Pane> recent = new TreeMap<>();
  private final TreeMap<Series, Baseline> usual = new TreeMap<>();
  private Earnings earnings = new Earnings();

  /** Whether nothing happened in the last hour. */
  boolean isQuiet() {
    return recent.isEmpty();
  }

  /** What can be compared. */
  List<Comparison> comparisons() {
    return Comparison.among(usual);
  }

  /**
   * Takes panes in. Late ones are added to what is there; older ones than the last hour are past.
   *
   * @param suspicious whether something is wrong, so that nothing is learnt from what is new
   */
  void take(long end, SortedMap<Long, SortedMap<Series, Counted>> panes, boolean suspicious) {
    panes
        .tailMap(end - PANES * PANE)
        .forEach(
            (start, counted) -> {
              Pane known = recent.get(start);
              if (known == null) {
                recent.put(start, new Pane(withAllVisits(counted), suspicious));
              } else {
                counted.forEach((series, more) -> add(known, series, more));
              }
            });
  }

  /** Not late visits: it is not known whether they were counted already. */
  private static void add(Pane pane, Series series, Counted more) {
    if (!series.metric().equals(Metrics.REACH)) {
      pane.counted.merge(series, more, Counted::plus);
    }
  }

  private static SortedMap<Series, Counted> withAllVisits(SortedMap<Series, Counted> counted) {
    long visits = 0;
    for (Map.Entry<Series, Counted> one : counted.entrySet()) {
      visits += one.getKey().metric().equals(Metrics.REACH) ? one.getValue().count() : 0;
    }
    if (visits > 0) {
      counted.put(Comparison.VISITS, new Counted(visits, 0));
    }
    return counted;
  }

  /** What each window has that ends then; empty where it is not known what is usual. */
  List<Reading> readings(Comparison one, long end) {
    List<Reading> readings = new ArrayList<>();
    for (int panes : Vigil.WINDOWS) {
      double observed = 0;
      double expected = 0;
      double came = 0;
      double known = 0;
      SortedMap<Long, Pane> window = recent.tailMap(end - panes * PANE);
      for (Map.Entry<Long, Pane> pane : window.entrySet()) {
        long start = pane.getKey();
        if (!one.isKnown(start, usual)) {
          return List.of();
        }
        long cameThen = pane.getValue().count(one.came());
        observed += pane.getValue().count(one.through());
        expected += one.expected(start, cameThen, usual);
        came += cameThen;
        known = usual.get(one.came()).seen(start);
      }
      readings.add(new Reading(one.kind().rises(), observed, expected, came, known, window.size()));
    }
    return readings;
  }

  /**
   * It began where most is lost from then on, less half of what is worth an alert, as a cumulative
   * sum finds a change (E. S. Page, Biometrika 41, 1954). From then on nothing is learnt.
   */
  long begin(Comparison one, long end) {
    long began = end;
    double lost = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Long, Pane> pane : recent.descendingMap().entrySet()) {
      lost += lost(one, pane) - one.kind().least() / 2 * expected(one, pane);
      if (lost > most) {
        most = lost;
        began = pane.getKey();
      }
    }
    recent.tailMap(began).values().forEach(pane -> pane.suspicious = true);
    return began;
  }

  /** How many are lost since then, of the last hour. */
  double lostSince(Comparison one, long moment) {
    double lost = 0;
    for (Map.Entry<Long, Pane> pane : recent.tailMap(moment).entrySet()) {
      lost += lost(one, pane);
    }
    return lost;
  }

  /** How many are lost in the pane that starts then, of the last hour. */
  double lostIn(Comparison one, long start) {
    return lost(one, Map.entry(start, recent.get(start)));
  }

  private double lost(Comparison one, Map.Entry<Long, Pane> pane) {
    double less = expected(one, pane) - pane.getValue().count(one.through());
    return one.kind().rises() ? -less : less;
  }

  private double expected(Comparison one, Map.Entry<Long, Pane> pane) {
    return one.expected(pane.getKey(), pane.getValue().count(one.came()), usual);
  }

  /** What so many would have brought who were lost there, minor units; null where unknown. */
  Long worth(Comparison one, long customers) {
    String currency = earnings.currency();
    Baseline orders = usual.get(ORDERS);
    if (currency == null || orders == null || one.kind() == AlertKind.CHAT_UNANSWERED) {
      return null;
    }
    Series reached = one.kind() == AlertKind.TRAFFIC_SOURCE_DRY ? one.came() : one.through();
    double buy =
        one.kind() == AlertKind.PAYMENT_METHOD_FAILING
            ? 1
            : Math.min(1, orders.total() / Math.max(1, usual.get(reached).total()));
    return Math.round(customers * buy * earnings.perOrder(currency));
  }

  /** The currency of what is lost; null where unknown. */
  String currency() {
    return earnings.currency();
  }

  /**
   * Learns from what is an hour old, and lets it go.
   *
   * @param leaving is told the start of each pane that goes, while it is still there
   * @param forgets whether what has not been seen for long may be forgotten
   */
  void learn(long end, LongConsumer leaving, boolean forgets) {
    SortedMap<Long, Pane> past = recent.headMap(end - PANES * PANE, true);
    for (Map.Entry<Long, Pane> pane : past.entrySet()) {
      leaving.accept(pane.getKey());
      if (!pane.getValue().suspicious) {
        learn(pane.getKey(), pane.getValue());
      }
    }
    past.clear();
    if (forgets) {
      usual.values().removeIf(baseline -> baseline.isForgotten(end));
    }
  }

  private void learn(long start, Pane pane) {
    Map<String, Counted> brought = new TreeMap<>();
    long orders = 0;
    for (Map.Entry<Series, Counted> one : pane.counted.entrySet()) {
      Series series = one.getKey();
      if (series.metric().equals(Metrics.REVENUE)) {
        brought.put(series.label(), one.getValue());
        orders += one.getValue().count();
      } else if (!usual.containsKey(series) && hasRoom(series.metric())) {
        usual.put(series, new Baseline(daysApart(series)));
      }
    }
    earnings.learn(brought);
    pane.counted.put(ORDERS, new Counted(orders, 0));
    usual.computeIfAbsent(ORDERS, series -> new Baseline(1));
    usual.forEach((series, baseline) -> baseline.learn(start, pane.count(series)));
  }

  /** What is usual there is to be learnt anew; of a step it is that of all, by their shares. */
  void forget(Comparison one) {
    usual.remove(one.through());
    if (one.kind() == AlertKind.CHECKOUT_STEP_FAILING) {
      usual.keySet().removeIf(series -> series.metric().equals(Metrics.CHECKOUT_STEP));
    }
  }

  private boolean hasRoom(String metric) {
    return usual.subMap(new Series(metric, ""), new Series(metric + "\0", "")).size()
        < RollingMetric.LABELS;
  }

  private static int daysApart(Series series) {
    boolean ofStaff =
        series.metric().equals(Metrics.CHATS_STARTED)
            || series.metric().equals(Metrics.CHAT_RESPONSE);
    return ofStaff ? AlertKind.CHAT_UNANSWERED.daysApart() : 1;
  }

  void writeTo(DataOutput out) throws IOException {
    Varint.write(out, recent.size());
    for (Map.Entry<Long, Pane> pane : recent.entrySet()) {
      out.writeLong(pane.getKey());
      out.writeBoolean(pane.getValue().suspicious);
      Varint.write(out, pane.getValue().counted.size());
      for (Map.Entry<Series, Counted> one : pane.getValue().counted.entrySet()) {
        one.getKey().writeTo(out);
        Varint.write(out, one.getValue().count());
        Varint.write(out, one.getValue().sum());
      }
    }
    Varint.write(out, usual.size());
    for (Map.Entry<Series, Baseline> one : usual.entrySet()) {
      one.getKey().writeTo(out);
      one.getValue().writeTo(out);
    }
    earnings.writeTo(out);
  }

  static WatchedPast readFrom(DataInput in) throws IOException {
    WatchedPast read = new WatchedPast();
    for (long left = Varint.read(in); left > 0; left--) {
      long start = in.readLong();
      Pane pane = new Pane(new TreeMap<>(), in.readBoolean());
      for (long more = Varint.read(in); more > 0; more--) {
        Series series = Series.readFrom(in);
        pane.counted.put(series, new Counted(Varint.read(in), Varint.read(in)));
      }
      read.recent.put(start, pane);
    }
    for (long left = Varint.read(in); left > 0; left--) {
      read.usual.put(Series.readFrom(in), Baseline.readFrom(in));
    }
    read.earnings = Earnings.readFrom(in);
    return read;
  }
}
