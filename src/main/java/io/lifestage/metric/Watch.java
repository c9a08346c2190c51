package io.lifestage.metric;

import io.lifestage.metric.WatchedPanes.Counted;
import io.lifestage.metric.WatchedPanes.Series;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches checkout steps, payment methods, traffic sources and the chat queue, each against its own
 * baseline, and says what operations should look at. Time is passed in, and is event time.
 *
 * <ul>
 *   <li>Every five minutes of event time each subject is judged by its last quarter of an hour,
 *       half hour and hour ({@link Reading}, {@link Vigil}).
 *   <li>What is usual is learnt by the hour ({@link Baseline}), an hour after it happened, so that
 *       late events are in. From panes in which something was wrong nothing is learnt, until it has
 *       been so for a day: then it is the usual.
 *   <li>An event that comes later than an hour changes nothing here; nor does a late visit.
 *   <li>Where nothing at all happens nothing is judged and nothing is learnt.
 *   <li>While a step of the checkout fails, and an hour after, no step behind it is judged.
 * </ul>
 *
 * <p>Values change in place. Not thread-safe.
 */
public final class Watch {
  private static final long PANE = WatchedPanes.PANE;
  private static final int PANES = 12;

  /** All orders paid, in whatever currency. */
  private static final Series ORDERS = new Series(Metrics.REVENUE, "");

  private static final long AFTERMATH = Duration.ofHours(1).toMillis();
  private static final long USUAL_AFTER = Duration.ofDays(1).toMillis();

  /** Before any event; its sums with other times do not overflow. */
  private static final long BEGINNING = Duration.ofDays(-100_000_000).toMillis();

  private record Subject(AlertKind kind, String label) implements Comparable<Subject> {
    @Override
    public int compareTo(Subject other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : label.compareTo(other.label);
    }
  }

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
  private final TreeMap<Subject, Vigil> vigils = new TreeMap<>();
  private Earnings earnings = new Earnings();
  private long judged = BEGINNING;

  /** When it next has something to do, epoch milliseconds, or {@link Long#MAX_VALUE}. */
  public long nextDeadline(WatchedPanes coming) {
    long next = judged + PANE;
    if (!recent.isEmpty() || anythingOpen()) {
      return next;
    }
    return Math.max(coming.firstEnd(), next);
  }

  /**
   * Lets event time go on, and judges each end of a pane.
   *
   * @param now how far time has come, epoch milliseconds
   * @param coming what was counted; it is taken from there
   * @param writeFrom findings are not told before this moment, epoch milliseconds
   * @return what has to be told, at each end the worst first
   */
  public List<Alert> advance(long now, WatchedPanes coming, long writeFrom) {
    List<Alert> told = new ArrayList<>();
    for (long end = nextDeadline(coming); end <= now; end = nextDeadline(coming)) {
      if (end == Long.MAX_VALUE) {
        break;
      }
      take(end, coming.take(end));
      told.addAll(judge(end, end >= writeFrom));
      learn(end);
      judged = end;
    }
    return told;
  }

  private boolean anythingOpen() {
    return vigils.values().stream().anyMatch(Vigil::isOpen);
  }

  /** Late ones are added to what is there; older ones than the last hour are past. */
  private void take(long end, SortedMap<Long, SortedMap<Series, Counted>> panes) {
    panes
        .tailMap(end - PANES * PANE)
        .forEach(
            (start, counted) -> {
              Pane known = recent.get(start);
              if (known == null) {
                recent.put(start, new Pane(withAllVisits(counted), isSuspicious(end)));
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

  private boolean isSuspicious(long moment) {
    return vigils.values().stream()
        .anyMatch(v -> v.isOpen() && moment - v.finding().openedAt() <= USUAL_AFTER);
  }

  private List<Alert> judge(long end, boolean tells) {
    List<Alert> alerts = new ArrayList<>();
    boolean behind = false;
    for (Comparison one : Comparison.among(usual)) {
      Vigil vigil =
          vigils.computeIfAbsent(new Subject(one.kind(), one.label()), subject -> new Vigil());
      boolean step = one.kind() == AlertKind.CHECKOUT_STEP_FAILING;
      Vigil.Change change = vigil.judge(one.kind(), readings(one, end), end, step && behind);
      behind |= step && vigil.isTroubled(end, AFTERMATH);
      if (change == Vigil.Change.OPENED) {
        begin(one, vigil.finding(), end);
      }
      if (change != Vigil.Change.NONE && tells) {
        tell(one, vigil.finding(), change, end, alerts);
      }
      if (change == Vigil.Change.CLOSED) {
        vigil.close(end);
      }
    }
    alerts.sort(Alert.BY_LOSS);
    return alerts;
  }

  /** Empty where it is not known what is usual. */
  private List<Reading> readings(Comparison one, long end) {
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
  private void begin(Comparison one, Vigil.Finding finding, long end) {
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
    finding.openedAt(began);
    recent.tailMap(began).values().forEach(pane -> pane.suspicious = true);
  }

  private double lost(Comparison one, Map.Entry<Long, Pane> pane) {
    double less = expected(one, pane) - pane.getValue().count(one.through());
    return one.kind().rises() ? -less : less;
  }

  private double expected(Comparison one, Map.Entry<Long, Pane> pane) {
    return one.expected(pane.getKey(), pane.getValue().count(one.came()), usual);
  }

  private void tell(
      Comparison one, Vigil.Finding finding, Vigil.Change change, long end, List<Alert> alerts) {
    boolean open = change != Vigil.Change.CLOSED;
    if (!open && !finding.isTold()) {
      return;
    }
    Alert alert = alert(one, finding, open, end);
    if (finding.isNews(alert)) {
      alerts.add(alert);
    }
  }

  private Alert alert(Comparison one, Vigil.Finding finding, boolean open, long end) {
    double lost = finding.settled();
    for (Map.Entry<Long, Pane> pane : recent.tailMap(finding.openedAt()).entrySet()) {
      lost += lost(one, pane);
    }
    long customers = Math.max(0, Math.round(lost));
    Long value = worth(one, customers);
    Reading reading = finding.last();
    double observed = AlertText.measured(one.kind(), reading, reading.observed());
    double baseline = AlertText.measured(one.kind(), reading, reading.expected());
    String ending =
        open ? "" : finding.isWellAgain() ? "It is over" : "Too few customers to tell any more";
    return new Alert(
        Alert.id(one.kind().word(), one.subject(), finding.openedAt()),
        one.kind().word(),
        finding.severity(),
        open,
        one.subject(),
        finding.openedAt(),
        end,
        observed,
        baseline,
        customers,
        value,
        value == null ? null : earnings.currency(),
        AlertText.of(one, observed, baseline, ending));
  }

  /** What so many would have brought who were lost there. */
  private Long worth(Comparison one, long customers) {
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

  /** Learns from what is an hour old, and lets it go. */
  private void learn(long end) {
    SortedMap<Long, Pane> past = recent.headMap(end - PANES * PANE, true);
    for (Map.Entry<Long, Pane> pane : past.entrySet()) {
      settle(pane);
      if (!pane.getValue().suspicious) {
        learn(pane.getKey(), pane.getValue());
      }
    }
    past.clear();
  }

  private void settle(Map.Entry<Long, Pane> pane) {
    if (!anythingOpen()) {
      return;
    }
    for (Comparison one : Comparison.among(usual)) {
      Vigil vigil = vigils.get(new Subject(one.kind(), one.label()));
      if (vigil != null && vigil.isOpen() && vigil.finding().openedAt() <= pane.getKey()) {
        vigil.finding().settle(lost(one, pane));
      }
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
    forget(start);
  }

  private void forget(long moment) {
    if (anythingOpen()) {
      return;
    }
    usual.values().removeIf(baseline -> baseline.isForgotten(moment));
    if (vigils.size() > usual.size()) {
      vigils
          .entrySet()
          .removeIf(
              one ->
                  Comparison.among(usual).stream()
                      .noneMatch(c -> new Subject(c.kind(), c.label()).equals(one.getKey())));
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

  /** Writes it in the format that {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(judged);
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
    Varint.write(out, vigils.size());
    for (Map.Entry<Subject, Vigil> one : vigils.entrySet()) {
      out.writeUTF(one.getKey().kind().name());
      out.writeUTF(one.getKey().label());
      one.getValue().writeTo(out);
    }
    earnings.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote. */
  public static Watch readFrom(DataInput in) throws IOException {
    Watch read = new Watch();
    read.judged = in.readLong();
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
    for (long left = Varint.read(in); left > 0; left--) {
      Subject subject = new Subject(AlertKind.valueOf(in.readUTF()), in.readUTF());
      read.vigils.put(subject, Vigil.readFrom(in));
    }
    read.earnings = Earnings.readFrom(in);
    return read;
  }
}
