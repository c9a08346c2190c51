package io.lifestage.cluster;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.traffic.Outlet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Customers whom it does not concern, at a fixed rate whatever the job does: 100 events a second,
 * of which 20 are orders, each of a new customer, and two questions that nobody answers. An event's
 * number says when it was due, so whoever comes late has waited.
 */
final class PassersBy implements AutoCloseable {
  private static final long BETWEEN_MILLIS = 10;
  private static final int ORDER = 5;
  private static final int QUESTION = 50;

  /** So many customers do all the looking. */
  static final int VISITORS = 5_000;

  /** So long a question waits for an answer before somebody else is told. */
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private final Outlet outlet;
  private final long start;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicReference<IOException> failure = new AtomicReference<>();
  private ScheduledFuture<?> going;
  private volatile long next;

  PassersBy(Outlet outlet, Instant start) {
    this.outlet = outlet;
    this.start = start.toEpochMilli();
  }

  /** What was asked in the five minutes before, so that from the start on something is due. */
  void tellThePast() throws IOException {
    long first = -ANSWER.toMillis() / BETWEEN_MILLIS;
    for (long number = first + 1; number < 0; number += QUESTION) {
      outlet.send(question(number), null);
    }
    outlet.flush();
  }

  void begin() {
    long wait = Math.max(0, start - System.currentTimeMillis());
    going = thread.scheduleAtFixedRate(this::tellOne, wait, BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The wall's time up to which everything was told, epoch milliseconds. */
  long toldTo() throws IOException {
    IOException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return due(next) - 1;
  }

  /** Tells nothing more. */
  void end() throws Exception {
    going.cancel(false);
    thread.shutdown();
    if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the telling does not end");
    }
    outlet.flush();
  }

  /** How many orders were placed so far. */
  int orders() {
    return (int) ((next + ORDER - 1) / ORDER);
  }

  /** How many questions were to be told to somebody else up to a moment. */
  int escalations(long until) {
    long first = 1 - ANSWER.toMillis() / BETWEEN_MILLIS;
    int count = 0;
    for (long n = first; n < next && due(n) + ANSWER.toMillis() <= until; n += QUESTION) {
      count++;
    }
    return count;
  }

  /** When the thank-you for an order was due, epoch milliseconds. */
  long thanksDue(String order) {
    return due(number(order));
  }

  /** When somebody else was to be told of a question, epoch milliseconds. */
  long escalationDue(String conversation) {
    return due(number(conversation)) + ANSWER.toMillis();
  }

  private static long number(String id) {
    return Long.parseLong(id.substring(2));
  }

  private long due(long number) {
    return start + number * BETWEEN_MILLIS;
  }

  private void tellOne() {
    long number = next;
    try {
      outlet.send(event(number), null);
      next = number + 1;
    } catch (IOException e) {
      failure.compareAndSet(null, e);
      throw new IllegalStateException(e);
    }
  }

  private Event event(long number) {
    if (number % ORDER == 0) {
      return order(number);
    }
    if (number % QUESTION == 1) {
      return question(number);
    }
    String visitor = "visitor-" + number % VISITORS;
    return Happenings.lookedAt(visitor, "mug", false, Instant.ofEpochMilli(due(number)));
  }

  private Event question(long number) {
    return Happenings.salesQuestion(
        "asker" + number, "q:" + number, Instant.ofEpochMilli(due(number)));
  }

  /** Without lines: what was bought would be kept of the product, and be measured with it. */
  private Event order(long number) {
    String order = "o:" + number;
    String customer = "buyer" + number;
    return new Event(
        "placed-" + order,
        due(number),
        "order_placed",
        customer,
        Map.of("order_id", order, "customer_id", customer),
        List.of(),
        new Money(900, "EUR"));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    outlet.close();
  }
}
