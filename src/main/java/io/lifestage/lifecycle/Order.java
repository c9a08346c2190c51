package io.lifestage.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An order as the events so far have left it. Times are epoch milliseconds, 0 where it has not
 * happened.
 *
 * @param id the shop's order number
 * @param lines what was ordered and has not come back
 * @param total what it costs
 * @param refunded how much of it went back, in minor units of the total's currency
 * @param placedAt when it was placed
 * @param paidAt when it was paid
 * @param deliveredAt when it was delivered
 * @param cancelledAt when it was cancelled
 */
public record Order(
    String id,
    List<Line> lines,
    Money total,
    long refunded,
    long placedAt,
    long paidAt,
    long deliveredAt,
    long cancelledAt) {

  public Order {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(lines, "lines");
    Objects.requireNonNull(total, "total");
  }

  /** An order of which nothing is known but its number. */
  public static Order unknown(String id) {
    return new Order(id, List.of(), Money.NONE, 0, 0, 0, 0, 0);
  }

  public boolean paid() {
    return paidAt > 0;
  }

  /** Whether all of it was paid back. */
  public boolean refundedInFull() {
    return paid() && total.minor() > 0 && refunded >= total.minor();
  }

  /** Whether it no longer counts as a purchase: cancelled, or paid back in full. */
  public boolean undone() {
    return cancelledAt > 0 || refundedInFull();
  }

  /** Whether it is a purchase: paid, and not undone. */
  public boolean counts() {
    return paid() && !undone();
  }

  /**
   * What the shop has of it, in minor units: the total less what went back, nothing once it is
   * cancelled; less than nothing where more went back, or where only the way back was ever seen.
   */
  public long kept() {
    if (!paid()) {
      return placedAt > 0 ? 0 : -refunded;
    }
    return total.minor() - (cancelledAt > 0 ? Math.max(total.minor(), refunded) : refunded);
  }

  /** The order with this event folded in; an event that is not about orders changes nothing. */
  public Order after(Event event) {
    return switch (event.type()) {
      case EventType.ORDER_PLACED -> described(event).with(event.at(), paidAt, deliveredAt);
      case EventType.ORDER_PAID -> described(event).with(placedAt, event.at(), deliveredAt);
      case EventType.ORDER_DELIVERED -> with(placedAt, paidAt, event.at());
      case EventType.ORDER_CANCELLED -> gaveBack(cancelledWorth(event), event, event.at());
      case EventType.ORDER_REFUNDED ->
          without(event.lines()).gaveBack(refundedWith(event), event, cancelledAt);
      default -> this;
    };
  }

  /** Whether nobody told of it but by undoing it. */
  private boolean unheardOf() {
    return placedAt == 0 && paidAt == 0;
  }

  /** A cancellation of an order never heard of says itself what goes back. */
  private long cancelledWorth(Event event) {
    return unheardOf() ? Math.max(refunded, Math.abs(event.value().minor())) : refunded;
  }

  /** A refund after such a cancellation is the same money. */
  private long refundedWith(Event event) {
    long back = Math.abs(event.value().minor());
    return unheardOf() && cancelledAt > 0 ? Math.max(refunded, back) : refunded + back;
  }

  private static long sumOrAll(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** Less what came back, from the first lines first. */
  private Order without(List<Line> back) {
    if (back.isEmpty() || lines.isEmpty()) {
      return this;
    }
    Map<String, Long> returned = new HashMap<>();
    back.forEach(line -> returned.merge(line.sku(), Math.abs(line.quantity()), Order::sumOrAll));
    List<Line> left = new ArrayList<>();
    for (Line line : lines) {
      long gone = Math.min(line.quantity(), returned.getOrDefault(line.sku(), 0L));
      returned.computeIfPresent(line.sku(), (sku, more) -> more - gone);
      if (gone < line.quantity()) {
        left.add(new Line(line.sku(), line.quantity() - gone, line.unitPrice()));
      }
    }
    return new Order(
        id, List.copyOf(left), total, refunded, placedAt, paidAt, deliveredAt, cancelledAt);
  }

  private Order gaveBack(long back, Event event, long cancelled) {
    Money known = total.equals(Money.NONE) ? new Money(0, event.value().currency()) : total;
    return new Order(id, lines, known, back, placedAt, paidAt, deliveredAt, cancelled);
  }

  private Order described(Event event) {
    return new Order(
        id,
        event.lines().isEmpty() ? lines : event.lines(),
        event.value().equals(Money.NONE) ? total : event.value(),
        refunded,
        placedAt,
        paidAt,
        deliveredAt,
        cancelledAt);
  }

  private Order with(long placed, long paid, long delivered) {
    return new Order(id, lines, total, refunded, placed, paid, delivered, cancelledAt);
  }
}
