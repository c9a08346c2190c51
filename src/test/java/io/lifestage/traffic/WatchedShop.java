package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.metric.Alert;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.Watch;
import io.lifestage.metric.WatchedPanes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A shop whose checkout may be disturbed for a while, watched for alerts. Events become
 * observations as the job makes them of events that come in order, once each.
 */
final class WatchedShop {
  /** Which events never happen, for what went wrong before. */
  interface Trouble extends Predicate<Event> {
    Trouble NONE = event -> false;
  }

  private final Watch watch;
  private final WatchedPanes panes;
  private final Set<String> carts;
  private final Set<String> waiting;
  private final Set<String> reached;
  private long writeFrom = Long.MIN_VALUE;
  private final List<Alert> alerts = new ArrayList<>();
  private long now = Long.MIN_VALUE;

  /** A shop of which nothing is known yet. */
  WatchedShop() {
    this(new Watch(), new WatchedPanes(), new HashSet<>(), new HashSet<>(), new HashSet<>());
  }

  private WatchedShop(
      Watch watch,
      WatchedPanes panes,
      Set<String> carts,
      Set<String> waiting,
      Set<String> reached) {
    this.watch = watch;
    this.panes = panes;
    this.carts = carts;
    this.waiting = waiting;
    this.reached = reached;
  }

  /** What lies before is not told. */
  WatchedShop writesFrom(long moment) {
    writeFrom = moment;
    return this;
  }

  /** A shop with the same past, which goes its own way. */
  WatchedShop copy() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    watch.writeTo(out);
    panes.writeTo(out);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    return new WatchedShop(
        Watch.readFrom(in),
        WatchedPanes.readFrom(in),
        new HashSet<>(carts),
        new HashSet<>(waiting),
        new HashSet<>(reached));
  }

  /** Lets what happens until then happen, and says all that operations were told so far. */
  List<Alert> play(Iterable<Event> events, long until, Trouble trouble) {
    for (Event event : events) {
      if (event.at() / Rhythm.MINUTE != now / Rhythm.MINUTE) {
        now = event.at();
        alerts.addAll(watch.advance(now, panes, writeFrom));
      }
      if (!trouble.test(event)) {
        observe(event);
      }
    }
    alerts.addAll(watch.advance(until, panes, writeFrom));
    return List.copyOf(alerts);
  }

  private void observe(Event event) {
    String source = event.get(Attribute.SOURCE);
    if (source != null) {
      add(Observation.of(Metrics.REACH, "source", source, event.at(), event.customer()));
    }
    switch (event.type()) {
      case EventType.PRODUCT_ADDED -> {
        if (carts.add(event.get(Attribute.CART_ID))) {
          add(Observation.one(Metrics.CARTS_OPENED, "", "", event.at()));
        }
      }
      case EventType.CHECKOUT_STARTED -> stepOfACart(event, "started");
      case EventType.CHECKOUT_STEP_COMPLETED ->
          stepOfACart(event, event.get(Attribute.CHECKOUT_STEP));
      case EventType.ORDER_PLACED -> step(event, "placed");
      case EventType.ORDER_PAID -> {
        step(event, "paid");
        add(
            Observation.of(
                Metrics.REVENUE,
                "currency",
                event.value().currency(),
                event.at(),
                event.value().minor()));
      }
      case EventType.PAYMENT_FAILED ->
          add(
              Observation.one(
                  Metrics.PAYMENT_FAILED,
                  "method",
                  event.get(Attribute.PAYMENT_METHOD),
                  event.at()));
      case EventType.CONVERSATION_STARTED -> {
        waiting.add(event.get(Attribute.CONVERSATION_ID));
        add(
            Observation.one(
                Metrics.CHATS_STARTED, "subject", event.get(Attribute.SUBJECT), event.at()));
      }
      case EventType.MESSAGE_SENT -> {
        if (event.says(Attribute.SENDER, "agent")
            && waiting.remove(event.get(Attribute.CONVERSATION_ID))) {
          add(
              Observation.of(
                  Metrics.CHAT_RESPONSE, "subject", event.get(Attribute.SUBJECT), event.at(), 1));
        }
      }
      default -> {
        // Not watched.
      }
    }
  }

  /** Who comes back to a cart reaches its steps again, and counts no more. */
  private void stepOfACart(Event event, String step) {
    if (reached.add(event.get(Attribute.CART_ID) + " " + step)) {
      step(event, step);
    }
  }

  private void step(Event event, String step) {
    add(Observation.one(Metrics.CHECKOUT_STEP, "step", step, event.at()));
  }

  private void add(Observation one) {
    panes.add(new ObservationBundle(one.metric(), one.dimension(), List.of(one)));
  }

  /** At a step, so many are stuck for a while, and nothing more comes of their checkout. */
  static final class Stuck implements Trouble {
    private final String step;
    private final double share;
    private final long from;
    private final long until;
    private final Dice dice;
    private final Set<String> gone = new HashSet<>();

    Stuck(String step, double share, long from, long until, long seed) {
      this.step = step;
      this.share = share;
      this.from = from;
      this.until = until;
      this.dice = new Dice(seed);
    }

    @Override
    public boolean test(Event event) {
      String cart = event.get(Attribute.CART_ID);
      String order = event.get(Attribute.ORDER_ID);
      if (event.at() >= from && event.at() < until && reaches(event) && dice.chance(share)) {
        gone.add(cart);
      }
      boolean lost =
          (order != null && gone.contains(order))
              || (cart != null && gone.contains(cart) && !event.type().startsWith("product_"));
      if (lost && order != null) {
        gone.add(order);
      }
      return lost;
    }

    private boolean reaches(Event event) {
      return event.says(Attribute.CHECKOUT_STEP, step)
          || (step.equals("placed") && event.type().equals(EventType.ORDER_PLACED))
          || (step.equals("started") && event.type().equals(EventType.CHECKOUT_STARTED));
    }
  }
}
