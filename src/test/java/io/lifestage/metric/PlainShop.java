package io.lifestage.metric;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shop in which every day is like the one before, but for what a test says, and its watch. */
public final class PlainShop {
  /** A Monday. */
  public static final long BEGINNING = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();

  public static final long PANE = WatchedPanes.PANE;
  public static final long HOUR = Duration.ofHours(1).toMillis();
  public static final long DAY = Duration.ofDays(1).toMillis();

  private Watch watch = new Watch();
  private WatchedPanes coming = new WatchedPanes();
  private final List<Alert> told = new ArrayList<>();
  private long now = BEGINNING;
  private long writeFrom = Long.MIN_VALUE;

  /** What happens in a pane; by names such as {@code step payment}. */
  public interface Change {
    Change NONE = (counts, start) -> {};

    void to(Map<String, Long> counts, long start);

    /** A share of a series is missing. */
    static Change without(String series, double share) {
      return (counts, start) ->
          counts.computeIfPresent(series, (name, count) -> Math.round(count * (1 - share)));
    }

    /** Of those who come to a step so many are lost, there and at all behind it. */
    static Change lostAt(double share, String... steps) {
      return (counts, start) -> {
        for (String step : steps) {
          without("step " + step, share).to(counts, start);
        }
      };
    }
  }

  public PlainShop writesFrom(long moment) {
    writeFrom = moment;
    return this;
  }

  /** Lets it run until then. */
  public PlainShop until(long moment, Change change) {
    for (; now < moment; now += PANE) {
      add(bundles(now, change));
      judge(now + PANE);
    }
    return this;
  }

  public PlainShop until(long moment) {
    return until(moment, Change.NONE);
  }

  /** Lets time pass in which nothing happens. */
  public PlainShop silentUntil(long moment) {
    judge(moment);
    now = Math.max(now, moment);
    return this;
  }

  public void add(List<ObservationBundle> bundles) {
    bundles.forEach(coming::add);
  }

  /** What operations were told so far. */
  public List<Alert> told() {
    return told;
  }

  public long deadline() {
    return watch.nextDeadline(coming);
  }

  /** The watch is stored and read again. */
  public PlainShop restarted() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      watch.writeTo(out);
      coming.writeTo(out);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      watch = Watch.readFrom(in);
      coming = WatchedPanes.readFrom(in);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes the watch takes. */
  public int size() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      watch.writeTo(new DataOutputStream(bytes));
      return bytes.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void judge(long end) {
    told.addAll(watch.advance(end, coming, writeFrom));
  }

  /** What a pane brings: much by day, a little at night; staff works from eight to six. */
  public static List<ObservationBundle> bundles(long start, Change change) {
    long hour = Math.floorMod(start, DAY) / HOUR;
    boolean day = hour >= 7 && hour < 22;
    // A little to and fro, by which the scatter is learnt.
    long more = start / PANE * 7 % 5 - 2;
    Map<String, Long> counts = new HashMap<>();
    counts.put("source search", (day ? 60 : 12) + more);
    counts.put("source letter", day ? 30 - more : 0);
    counts.put("carts", day ? 30 + more : 3);
    counts.put("step started", day ? 20 + more : 2);
    counts.put("step address", day ? 18 + more : 2);
    counts.put("step payment", day ? 16 + more : start / PANE % 2);
    counts.put("step gift", day ? 3 : 0L);
    counts.put("step placed", day ? 15 + more : start / PANE % 2);
    counts.put("step paid", day ? 15 + more : start / PANE % 2);
    counts.put("failed card", day ? 2 + more % 2 : 0);
    counts.put("asked sales", day ? 6 + more : 1);
    counts.put("answered sales", hour >= 8 && hour < 18 ? 6 + more : 0);
    change.to(counts, start);
    counts.put("paid EUR", counts.get("step paid"));
    List<ObservationBundle> bundles = new ArrayList<>();
    counts.forEach((series, count) -> bundles.add(bundle(series, start, count)));
    return bundles;
  }

  /** One series of a pane, such as {@code step payment}. */
  public static ObservationBundle bundle(String series, long start, long count) {
    String[] words = series.split(" ", 2);
    String label = words.length > 1 ? words[1] : "";
    String[] metric =
        switch (words[0]) {
          case "source" -> new String[] {Metrics.REACH, "source"};
          case "carts" -> new String[] {Metrics.CARTS_OPENED, ""};
          case "step" -> new String[] {Metrics.CHECKOUT_STEP, "step"};
          case "failed" -> new String[] {Metrics.PAYMENT_FAILED, "method"};
          case "asked" -> new String[] {Metrics.CHATS_STARTED, "subject"};
          case "answered" -> new String[] {Metrics.CHAT_RESPONSE, "subject"};
          case "paid" -> new String[] {Metrics.REVENUE, "currency"};
          default -> throw new IllegalArgumentException(series);
        };
    List<Observation> observations = new ArrayList<>();
    if (words[0].equals("source")) {
      for (long customer = 0; customer < count; customer++) {
        String name = label + "-" + start + "-" + customer;
        observations.add(Observation.of(metric[0], metric[1], label, start, name));
      }
    } else {
      long sum = words[0].equals("paid") ? 5_000 * count : 0;
      observations.add(new Observation(metric[0], metric[1], label, start, count, sum));
    }
    return new ObservationBundle(metric[0], metric[1], observations);
  }
}
