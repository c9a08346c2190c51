package io.lifestage.decision;

import io.lifestage.lifecycle.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The default stage model a second time, written from its description: no state but the stage,
 * every number counted anew over the whole history. Slow, and nothing of it is the core's.
 */
final class StageReference {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final Set<String> NO_ACTIVITY =
      Set.of(
          "order_shipped",
          "order_delivered",
          "order_cancelled",
          "order_refunded",
          "conversation_assigned",
          "conversation_resolved",
          "identity_linked",
          "customer_updated",
          "consent_changed",
          "erasure_requested",
          "referral_converted",
          "trigger_opened");

  private final List<Event> history;
  private final List<String> moves = new ArrayList<>();
  private String stage = "nobody";
  private long since;
  private long active;
  private int cycle;
  private long cycleSince;

  private StageReference(List<Event> history) {
    this.history = history;
  }

  /** Every move, as {@code from > to: cause, cycle, at}. */
  static List<String> moves(List<Event> history) {
    StageReference reference = new StageReference(history);
    for (int i = 0; i < history.size(); i++) {
      reference.silentUntil(history.get(i).at());
      reference.happens(i, history.get(i));
    }
    reference.silentUntil(Long.MAX_VALUE);
    return reference.moves;
  }

  private void silentUntil(long moment) {
    while (!stage.equals("nobody") && !stage.equals("lapsed")) {
      boolean waits = stage.equals("purchase") && since + DAY < active + 90 * DAY;
      long due = waits ? since + DAY : active + 90 * DAY;
      if (due >= moment) {
        return;
      }
      move(waits ? "consideration" : "lapsed", waits ? "not_paid" : "silence", due);
    }
  }

  private void happens(int i, Event event) {
    String sender = event.attributes().getOrDefault("sender", "customer");
    boolean activity = !NO_ACTIVITY.contains(event.type()) && sender.equals("customer");
    active = activity ? event.at() : active;
    Set<String> entered = new HashSet<>();
    while (true) {
      String[] next = next(i, event, activity);
      if (next == null || !entered.add(next[0])) {
        return;
      }
      move(next[0], next[1], event.at());
    }
  }

  private void move(String to, String cause, long at) {
    if (stage.equals("nobody") || cause.equals("returned")) {
      cycle++;
      cycleSince = at;
    }
    moves.add(stage + " > " + to + ": " + cause + ", " + cycle + ", " + at);
    stage = to;
    since = at;
  }

  private String[] next(int i, Event event, boolean activity) {
    if (stage.equals("nobody") || stage.equals("lapsed")) {
      String cause = stage.equals("lapsed") ? "returned" : "first_touch";
      return activity ? to("awareness", cause) : null;
    }
    boolean aware = stage.equals("awareness");
    boolean early = aware || stage.equals("consideration");
    boolean buying = early || stage.equals("purchase");
    boolean stands = !undone(event.attributes().get("order_id"), i);
    long year = event.at() - 365 * DAY;
    return switch (event.type()) {
      case "product_viewed" -> aware && views(i) >= 3 ? to("consideration", "three_views") : null;
      case "content_viewed" -> aware ? to("consideration", "content") : null;
      case "conversation_started", "message_sent" ->
          aware && activity ? to("consideration", "chat") : null;
      case "product_added" -> aware ? to("consideration", "cart") : null;
      case "checkout_started" -> early ? to("purchase", "checkout") : null;
      case "order_placed" -> early && stands ? to("purchase", "order") : null;
      case "order_paid" -> {
        if (buying && stands) {
          yield to("retention", "paid");
        }
        boolean three = paid(i, year) >= 3;
        yield stage.equals("retention") && three ? to("loyalty", "three_paid_orders") : null;
      }
      case "referral_converted" -> stage.equals("loyalty") ? null : to("loyalty", "referral");
      case "order_cancelled", "order_refunded" -> {
        boolean carried =
            switch (stage) {
              case "loyalty" -> paid(i, year) < 3 && paid(i - 1, year) >= 3 && !referred(i);
              case "retention" -> paid(i, cycleSince - 1) < 1 && paid(i - 1, cycleSince - 1) >= 1;
              case "purchase" ->
                  event.type().equals("order_cancelled")
                      && unpaid(i, event) < 1
                      && unpaid(i - 1, event) >= 1;
              default -> false;
            };
        String back = stage.equals("loyalty") ? "retention" : "consideration";
        yield carried ? to(back, "order_undone") : null;
      }
      default -> null;
    };
  }

  private List<Event> upTo(int i, String type) {
    return history.subList(0, i + 1).stream().filter(e -> e.type().equals(type)).toList();
  }

  private List<Event> upTo(int i, String type, String order) {
    return upTo(i, type).stream().filter(e -> Objects.equals(e.get("order_id"), order)).toList();
  }

  private long views(int i) {
    long open = history.get(i).at() - 7 * DAY;
    return upTo(i, "product_viewed").stream().filter(e -> e.at() > open).count();
  }

  private boolean referred(int i) {
    return !upTo(i, "referral_converted").isEmpty();
  }

  /** Every order of these histories costs 1000. */
  private boolean undone(String order, int i) {
    long back = upTo(i, "order_refunded", order).stream().mapToLong(e -> e.value().minor()).sum();
    boolean paid = !upTo(i, "order_paid", order).isEmpty();
    return !upTo(i, "order_cancelled", order).isEmpty() || (paid && back >= 1000);
  }

  private long paid(int i, long open) {
    return orders(upTo(i, "order_paid"), open).stream().filter(o -> !undone(o, i)).count();
  }

  private long unpaid(int i, Event event) {
    return orders(upTo(i, "order_placed"), event.at() - DAY).stream()
        .filter(o -> !undone(o, i) && upTo(i, "order_paid", o).isEmpty())
        .count();
  }

  private static Set<String> orders(List<Event> events, long open) {
    return events.stream()
        .filter(e -> e.at() > open)
        .map(e -> e.get("order_id"))
        .collect(Collectors.toSet());
  }

  private static String[] to(String stage, String cause) {
    return new String[] {stage, cause};
  }
}
