package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What alerts are decided by, added up in panes of five minutes until the {@link Watch} takes them.
 * Apart from the watch, since this changes with every bundle and the watch with every pane.
 *
 * <p>At most {@value RollingMetric#LABELS} labels of a metric are kept apart in a pane; what else
 * comes is not watched. Values change in place.
 */
public final class WatchedPanes {
  /** Length of a pane, ms. */
  static final long PANE = Duration.ofMinutes(5).toMillis();

  /** Metric and dimension of all that is watched. */
  private static final Set<String> WATCHED =
      Set.of(
          Metrics.CARTS_OPENED + "/",
          Metrics.CHECKOUT_STEP + "/step",
          Metrics.PAYMENT_FAILED + "/method",
          Metrics.REVENUE + "/currency",
          Metrics.REACH + "/source",
          Metrics.CHATS_STARTED + "/subject",
          Metrics.CHAT_RESPONSE + "/subject");

  private final TreeMap<Long, TreeMap<Series, Tally>> panes = new TreeMap<>();

  /** Whether any alert depends on it. */
  public static boolean concern(ObservationBundle bundle) {
    return WATCHED.contains(bundle.key());
  }

  /** Takes in what {@link #concern concerns} alerts. */
  public void add(ObservationBundle bundle) {
    for (Observation one : bundle.observations()) {
      long start = Math.floorDiv(one.at(), PANE) * PANE;
      TreeMap<Series, Tally> pane = panes.computeIfAbsent(start, at -> new TreeMap<>());
      Series series = new Series(one.metric(), one.label());
      if (pane.containsKey(series) || hasRoom(pane, one.metric())) {
        pane.computeIfAbsent(series, Tally::of).add(one);
      }
    }
  }

  private static boolean hasRoom(SortedMap<Series, Tally> pane, String metric) {
    return pane.subMap(new Series(metric, ""), new Series(metric + "\0", "")).size()
        < RollingMetric.LABELS;
  }

  /** When the first pane ends, epoch milliseconds, or {@link Long#MAX_VALUE}. */
  public long firstEnd() {
    return panes.isEmpty() ? Long.MAX_VALUE : panes.firstKey() + PANE;
  }

  /** When there is next something to judge: a pane that came late is judged with the next one. */
  public long nextEnd(long now) {
    return firstEnd() > now ? firstEnd() : Math.floorDiv(now, PANE) * PANE + PANE;
  }

  /** Hands over the panes that end by then, by their starts. */
  SortedMap<Long, SortedMap<Series, Counted>> take(long end) {
    SortedMap<Long, TreeMap<Series, Tally>> over = panes.headMap(end - PANE, true);
    SortedMap<Long, SortedMap<Series, Counted>> taken = new TreeMap<>();
    over.forEach(
        (start, pane) -> {
          SortedMap<Series, Counted> counted = new TreeMap<>();
          pane.forEach((series, tally) -> counted.put(series, tally.counted()));
          taken.put(start, counted);
        });
    over.clear();
    return taken;
  }

  /** Writes it in the format that {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    Varint.write(out, panes.size());
    for (Map.Entry<Long, TreeMap<Series, Tally>> pane : panes.entrySet()) {
      out.writeLong(pane.getKey());
      Varint.write(out, pane.getValue().size());
      for (Map.Entry<Series, Tally> one : pane.getValue().entrySet()) {
        one.getKey().writeTo(out);
        one.getValue().writeTo(out);
      }
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static WatchedPanes readFrom(DataInput in) throws IOException {
    WatchedPanes read = new WatchedPanes();
    for (long left = Varint.read(in); left > 0; left--) {
      TreeMap<Series, Tally> pane = new TreeMap<>();
      read.panes.put(in.readLong(), pane);
      for (long more = Varint.read(in); more > 0; more--) {
        pane.put(Series.readFrom(in), Tally.readFrom(in));
      }
    }
    return read;
  }

  /**
   * One label of one metric.
   *
   * @param label empty for all of them
   */
  record Series(String metric, String label) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      int byMetric = metric.compareTo(other.metric);
      return byMetric != 0 ? byMetric : label.compareTo(other.label);
    }

    void writeTo(DataOutput out) throws IOException {
      out.writeUTF(metric);
      out.writeUTF(label);
    }

    static Series readFrom(DataInput in) throws IOException {
      return new Series(in.readUTF(), in.readUTF());
    }
  }

  /**
   * What a pane has of a series.
   *
   * @param count happenings; of {@link Metrics#REACH} different customers
   * @param sum of what was observed; only money means something
   */
  record Counted(long count, long sum) {
    Counted plus(Counted other) {
      return new Counted(count + other.count, sum + other.sum);
    }
  }

  /** What is being added up. Customers are told apart, so that one visit counts once in a pane. */
  private static final class Tally {
    private long count;
    private long sum;
    private DistinctCount customers;

    static Tally of(Series series) {
      Tally tally = new Tally();
      tally.customers = series.metric().equals(Metrics.REACH) ? new DistinctCount() : null;
      return tally;
    }

    void add(Observation one) {
      if (customers == null) {
        count += one.count();
        sum += one.sum();
      } else if (one.sketch() == null) {
        customers.add(one);
      } else {
        customers.merge(one.sketch());
      }
    }

    Counted counted() {
      Long distinct = customers == null ? null : customers.estimates().distinct();
      return customers == null
          ? new Counted(count, sum)
          : new Counted(distinct == null ? 0 : distinct, 0);
    }

    void writeTo(DataOutput out) throws IOException {
      out.writeBoolean(customers != null);
      if (customers == null) {
        Varint.write(out, count);
        Varint.write(out, sum);
      } else {
        customers.writeTo(out);
      }
    }

    static Tally readFrom(DataInput in) throws IOException {
      Tally tally = new Tally();
      if (in.readBoolean()) {
        tally.customers = DistinctCount.readFrom(in);
      } else {
        tally.count = Varint.read(in);
        tally.sum = Varint.read(in);
      }
      return tally;
    }
  }
}
