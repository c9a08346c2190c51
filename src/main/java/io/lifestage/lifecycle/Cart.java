package io.lifestage.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A cart that has not become an order.
 *
 * @param id the shop's cart number
 * @param lines what lies in it now
 * @param currency ISO code of the prices, or empty
 * @param openedAt when the first product was added, epoch milliseconds
 * @param changedAt when it was last touched, epoch milliseconds
 * @param checkout whether its checkout was started
 * @param abandoned whether it has been counted as left behind since it was last touched
 */
public record Cart(
    String id,
    List<Line> lines,
    String currency,
    long openedAt,
    long changedAt,
    boolean checkout,
    boolean abandoned) {

  public Cart {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(lines, "lines");
    Objects.requireNonNull(currency, "currency");
  }

  /** A cart that the event has just opened, the event not yet folded in. */
  public static Cart opened(String id, long at) {
    return new Cart(id, List.of(), "", at, at, false, false);
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** What its products cost together. */
  public Money value() {
    return new Money(lines.stream().mapToLong(l -> l.quantity() * l.unitPrice()).sum(), currency);
  }

  /** The cart with so many lines at most, the latest changed. */
  public Cart atMost(int number) {
    int surplus = lines.size() - number;
    return surplus <= 0
        ? this
        : new Cart(
            id,
            List.copyOf(lines.subList(surplus, lines.size())),
            currency,
            openedAt,
            changedAt,
            checkout,
            abandoned);
  }

  /** The cart, counted as left behind. */
  public Cart leftBehind() {
    return new Cart(id, lines, currency, openedAt, changedAt, checkout, true);
  }

  /** The cart with this event folded in. */
  public Cart after(Event event) {
    String money = event.value().currency().isEmpty() ? currency : event.value().currency();
    return switch (event.type()) {
      case EventType.PRODUCT_ADDED ->
          new Cart(
              id, changed(event, quantity(event)), money, openedAt, event.at(), checkout, false);
      case EventType.PRODUCT_REMOVED ->
          new Cart(
              id, changed(event, -quantity(event)), money, openedAt, event.at(), checkout, false);
      case EventType.CHECKOUT_STARTED ->
          new Cart(id, lines, money, openedAt, event.at(), true, false);
      default -> new Cart(id, lines, money, openedAt, event.at(), checkout, false);
    };
  }

  private static long quantity(Event event) {
    String quantity = event.get(Attribute.QUANTITY);
    return quantity == null ? 1 : Long.parseLong(quantity);
  }

  private List<Line> changed(Event event, long by) {
    String sku = event.get(Attribute.SKU);
    List<Line> next = new ArrayList<>(lines.size() + 1);
    long quantity = by;
    long price = event.value().minor();
    for (Line line : lines) {
      if (line.sku().equals(sku)) {
        quantity += line.quantity();
        price = price == 0 ? line.unitPrice() : price;
      } else {
        next.add(line);
      }
    }
    if (quantity > 0) {
      next.add(new Line(sku, quantity, price));
    }
    return List.copyOf(next);
  }
}
