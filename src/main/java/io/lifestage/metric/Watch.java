package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches checkout steps, payment methods, traffic sources and the chat queue, each against its own
 * baseline, and says what operations should look at. Time is passed in, and is event time.
 *
 * <ul>
 *   <li>Every five minutes of event time each subject is judged by its last quarter of an hour,
 *       half hour and hour ({@link Reading}, {@link Vigil}).
 *   <li>What is usual is learnt by the hour ({@link Baseline}), an hour after it happened, so that
 *       late events are in. While something is wrong nothing is learnt; when it has been so for
 *       three days, what is usual there is forgotten and learnt anew.
 *   <li>An event that comes later than an hour changes nothing here; nor does a late visit.
 *   <li>Where nothing at all happens nothing is judged and nothing is learnt.
 *   <li>While a step of the checkout fails, and an hour after, no step behind it is judged.
 * </ul>
 *
 * <p>Values change in place. Not thread-safe.
 */
public final class Watch {
  private static final long PANE = WatchedPanes.PANE;
  private static final long AFTERMATH = Duration.ofHours(1).toMillis();

  /** Before any event; its sums with other times do not overflow. */
  private static final long BEGINNING = Duration.ofDays(-100_000_000).toMillis();

  private record Subject(AlertKind kind, String label) implements Comparable<Subject> {
    static Subject of(Comparison one) {
      return new Subject(one.kind(), one.label());
    }

    @Override
    public int compareTo(Subject other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : label.compareTo(other.label);
    }
  }

  private final TreeMap<Subject, Vigil> vigils = new TreeMap<>();
  private WatchedPast past = new WatchedPast();
  private long judged = BEGINNING;

  /** When it next has something to do, epoch milliseconds, or {@link Long#MAX_VALUE}. */
  public long nextDeadline(WatchedPanes coming) {
    long next = judged + PANE;
    if (!past.isQuiet() || anythingOpen()) {
      return next;
    }
    return Math.max(coming.firstEnd(), next);
  }

  /**
   * Lets event time go on, and judges each end of a pane.
   *
   * @param now how far time has come, epoch milliseconds
   * @param coming what was counted; it is taken from there
   * @param writeFrom what lies before this moment is not told, epoch milliseconds: nothing in the
   *     hour after it, and then what is still so
   * @return what has to be told, at each end the worst first
   */
  public List<Alert> advance(long now, WatchedPanes coming, long writeFrom) {
    List<Alert> told = new ArrayList<>();
    for (long end = nextDeadline(coming); end <= now; end = nextDeadline(coming)) {
      if (end == Long.MAX_VALUE) {
        break;
      }
      past.take(end, coming.take(end), anythingOpen());
      // What is judged reaches an hour back: nothing of it may lie before that moment.
      told.addAll(judge(end, end - AFTERMATH >= writeFrom));
      past.learn(end, this::settle, !anythingOpen());
      forget();
      judged = end;
    }
    return told;
  }

  private boolean anythingOpen() {
    return vigils.values().stream().anyMatch(Vigil::isOpen);
  }

  private List<Alert> judge(long end, boolean tells) {
    List<Alert> alerts = new ArrayList<>();
    List<Comparison> nowUsual = new ArrayList<>();
    boolean behind = false;
    for (Comparison one : past.comparisons()) {
      Vigil vigil = vigils.computeIfAbsent(Subject.of(one), subject -> new Vigil());
      boolean step = one.kind() == AlertKind.CHECKOUT_STEP_FAILING;
      Vigil.Change change = vigil.judge(one.kind(), past.readings(one, end), end, step && behind);
      behind |= step && vigil.isTroubled(end, AFTERMATH);
      if (change == Vigil.Change.OPENED) {
        vigil.finding().openedAt(past.begin(one, end));
      }
      if (change != Vigil.Change.NONE && tells) {
        tell(one, vigil.finding(), change, end, alerts);
      }
      if (change.isOver()) {
        vigil.close(end);
      }
      if (change == Vigil.Change.NOW_USUAL) {
        nowUsual.add(one);
      }
    }
    nowUsual.forEach(past::forget);
    alerts.sort(Alert.BY_LOSS);
    return alerts;
  }

  private void tell(
      Comparison one, Vigil.Finding finding, Vigil.Change change, long end, List<Alert> alerts) {
    if (change.isOver() && !finding.isTold()) {
      return;
    }
    Alert alert = alert(one, finding, change, end);
    if (finding.isNews(alert)) {
      alerts.add(alert);
    }
  }

  private Alert alert(Comparison one, Vigil.Finding finding, Vigil.Change change, long end) {
    double lost = finding.settled() + past.lostSince(one, finding.openedAt());
    long customers = Math.max(0, Math.round(lost));
    Long value = past.worth(one, customers);
    Reading reading = finding.last();
    double observed = AlertText.measured(one.kind(), reading, reading.observed());
    double baseline = AlertText.measured(one.kind(), reading, reading.expected());
    return new Alert(
        Alert.id(one.kind().word(), one.subject(), finding.openedAt()),
        one.kind().word(),
        finding.severity(),
        !change.isOver(),
        one.subject(),
        finding.openedAt(),
        end,
        observed,
        baseline,
        customers,
        value,
        value == null ? null : past.currency(),
        AlertText.of(one, observed, baseline, change));
  }

  /** What a pane has cost that goes now stays with the finding. */
  private void settle(long start) {
    if (!anythingOpen()) {
      return;
    }
    for (Comparison one : past.comparisons()) {
      Vigil vigil = vigils.get(Subject.of(one));
      if (vigil != null && vigil.isOpen() && vigil.finding().openedAt() <= start) {
        vigil.finding().settle(past.lostIn(one, start));
      }
    }
  }

  private void forget() {
    Set<Subject> watched = new TreeSet<>();
    past.comparisons().forEach(one -> watched.add(Subject.of(one)));
    if (vigils.size() > watched.size()) {
      vigils.keySet().retainAll(watched);
    }
  }

  /** Writes it in the format that {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(judged);
    past.writeTo(out);
    Varint.write(out, vigils.size());
    for (Map.Entry<Subject, Vigil> one : vigils.entrySet()) {
      out.writeUTF(one.getKey().kind().name());
      out.writeUTF(one.getKey().label());
      one.getValue().writeTo(out);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static Watch readFrom(DataInput in) throws IOException {
    Watch read = new Watch();
    read.judged = in.readLong();
    read.past = WatchedPast.readFrom(in);
    for (long left = Varint.read(in); left > 0; left--) {
      Subject subject = new Subject(AlertKind.valueOf(in.readUTF()), in.readUTF());
      read.vigils.put(subject, Vigil.readFrom(in));
    }
    return read;
  }
}
