package io.lifestage.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A cart that has not become an order.
 *
 * @param id the shop's cart number
 * @param lines what lies in it now
 * @param currency ISO code of the prices, or empty
 * @param openedAt when the first product was added, epoch milliseconds
 * @param changedAt when it was last touched, epoch milliseconds
 * @param checkout whether its checkout was started
 * @param abandoned whether it was left behind since it was last touched
 * @param counted as what it was counted so far, each once: however often its customer comes back to
 *     it, it is one cart in the funnel
 */
public record Cart(
    String id,
    List<Line> lines,
    String currency,
    long openedAt,
    long changedAt,
    boolean checkout,
    boolean abandoned,
    Set<String> counted) {

  /** More different steps of one checkout than these are not counted. */
  private static final int COUNTED = 24;

  public Cart {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(lines, "lines");
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(counted, "counted");
  }

  /** A cart that the event has just opened, the event not yet folded in. */
  public static Cart opened(String id, long at) {
    return new Cart(id, List.of(), "", at, at, false, false, Set.of());
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
    return surplus <= 0 ? this : with(List.copyOf(lines.subList(surplus, lines.size())));
  }

  /** The cart, left behind. */
  public Cart leftBehind() {
    return new Cart(id, lines, currency, openedAt, changedAt, checkout, true, counted);
  }

  /** Whether it has yet to be counted as this. */
  public boolean isNewlyCountedAs(String what) {
    return counted.size() < COUNTED && !counted.contains(what);
  }

  /** The cart, counted as this too. */
  public Cart countedAs(String what) {
    Set<String> more = new LinkedHashSet<>(counted);
    more.add(what);
    return new Cart(id, lines, currency, openedAt, changedAt, checkout, abandoned, more);
  }

  /** The cart with this event folded in. */
  public Cart after(Event event) {
    Cart touched = touched(event);
    return switch (event.type()) {
      case EventType.PRODUCT_ADDED -> touched.with(changed(event, quantity(event)));
      case EventType.PRODUCT_REMOVED -> touched.with(changed(event, -quantity(event)));
      default -> touched;
    };
  }

  private Cart touched(Event event) {
    String money = event.value().currency().isEmpty() ? currency : event.value().currency();
    boolean started = checkout || event.type().equals(EventType.CHECKOUT_STARTED);
    return new Cart(id, lines, money, openedAt, event.at(), started, false, counted);
  }

  private Cart with(List<Line> others) {
    return new Cart(id, others, currency, openedAt, changedAt, checkout, abandoned, counted);
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
