package io.lifestage.lifecycle;

import java.util.List;
import java.util.Objects;

/**
 * An order as the events so far have left it. Times are epoch milliseconds, 0 where it has not
 * happened.
 *
 * @param id the shop's order number
 * @param lines what was ordered
 * @param total what it costs
 * @param refunded how much of it went back, in minor units
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

  /** When anything last happened to it. */
  public long changedAt() {
    return Math.max(Math.max(placedAt, paidAt), Math.max(deliveredAt, cancelledAt));
  }

  /** The order with this event folded in; an event that is not about orders changes nothing. */
  public Order after(Event event) {
    return switch (event.type()) {
      case EventType.ORDER_PLACED -> described(event).with(event.at(), paidAt, deliveredAt);
      case EventType.ORDER_PAID -> described(event).with(placedAt, event.at(), deliveredAt);
      case EventType.ORDER_DELIVERED -> with(placedAt, paidAt, event.at());
      case EventType.ORDER_CANCELLED ->
          new Order(id, lines, total, refunded, placedAt, paidAt, deliveredAt, event.at());
      case EventType.ORDER_REFUNDED ->
          new Order(
              id,
              lines,
              total,
              refunded + Math.abs(event.value().minor()),
              placedAt,
              paidAt,
              deliveredAt,
              cancelledAt);
      default -> this;
    };
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
