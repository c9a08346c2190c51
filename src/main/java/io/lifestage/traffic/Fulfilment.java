package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.util.List;

/** What becomes of an order: placed, paid, shipped, delivered; or cancelled, or sent back. */
final class Fulfilment {
  private static final List<String> REGRETS =
      List.of("changed_my_mind", "ordered_by_mistake", "found_cheaper", "takes_too_long");
  private static final List<String> COMPLAINTS =
      List.of("does_not_fit", "damaged", "not_as_described", "arrived_too_late");

  private final Person person;
  private final Dice dice;
  private final Shop shop;
  private final Journal visit;
  private final Journal counter;
  private final PaymentMethod method;
  private final String order;
  private final List<Line> lines;
  private final Money total;

  Fulfilment(Person person, Shop shop, Journal visit, PaymentMethod method) {
    this.person = person;
    this.dice = person.dice;
    this.shop = shop;
    this.visit = visit;
    this.counter = visit.behindTheCounter();
    this.method = method;
    this.order = "o-" + dice.word(12);
    this.lines = person.basket.lines(shop, visit.now());
    this.total = discounted(person.basket.value(shop, visit.now()), person.basket.coupon());
  }

  /** Places the order, empties the cart, and tells what comes of it in the days that follow. */
  void play() {
    place();
    if (method == PaymentMethod.BANK_TRANSFER && dice.chance(0.1)) {
      cancel(counter.pause(dice.between(7 * Rhythm.DAY, 8 * Rhythm.DAY)), "not_paid");
      return;
    }
    counter
        .pause(method.settles(dice))
        .note(
            EventType.ORDER_PAID,
            lines,
            total,
            Attribute.ORDER_ID,
            order,
            Attribute.PAYMENT_METHOD,
            method.word());
    long paidAt = counter.now();
    person.paidOrders++;
    thankTheFriend();
    if (dice.chance(0.03)) {
      cancel(counter.pause(dice.between(5 * Rhythm.MINUTE, 8 * Rhythm.HOUR)), dice.oneOf(REGRETS));
      refund(
          counter.pause(dice.between(Rhythm.HOUR, 2 * Rhythm.DAY)), List.of(), total, "cancelled");
      person.paidOrders--;
      return;
    }
    counter.pauseUntil(paidAt + dice.between(10 * Rhythm.HOUR, 44 * Rhythm.HOUR));
    counter.note(EventType.ORDER_SHIPPED, Attribute.ORDER_ID, order);
    counter.pause(dice.between(20 * Rhythm.HOUR, 90 * Rhythm.HOUR));
    counter.note(EventType.ORDER_DELIVERED, Attribute.ORDER_ID, order);
    lines.forEach(line -> person.receives(shop.product(line.sku(), counter.now()), counter.now()));
    sendBack();
  }

  private void place() {
    visit.note(
        EventType.ORDER_PLACED,
        lines,
        total,
        Attribute.ORDER_ID,
        order,
        Attribute.CART_ID,
        person.basket.id(),
        Attribute.PAYMENT_METHOD,
        method.word(),
        Attribute.COUPON,
        person.basket.coupon());
    person.basket.clear();
    counter.pauseUntil(visit.now());
  }

  /** The first order of somebody who came by a friend's code pays off for the friend. */
  private void thankTheFriend() {
    if (person.invitation != null && !person.friendThanked) {
      person.friendThanked = true;
      Journal thanks = counter.beside().pause(dice.between(Rhythm.MINUTE, Rhythm.HOUR));
      thanks
          .always(Attribute.COUNTRY, null)
          .always(Attribute.CUSTOMER_ID, person.invitation.from())
          .note(
              EventType.REFERRAL_CONVERTED,
              Attribute.REFERRAL_CODE,
              person.invitation.code(),
              Attribute.ORDER_ID,
              order);
    }
  }

  private void sendBack() {
    double what = dice.fraction();
    counter.pause(dice.between(2 * Rhythm.DAY, 14 * Rhythm.DAY));
    if (what < 0.03) {
      refund(counter, lines, total, dice.oneOf(COMPLAINTS));
      person.paidOrders--;
    } else if (what < 0.09 && lines.size() > 1) {
      Line line = dice.oneOf(lines);
      long gross = lines.stream().mapToLong(l -> l.quantity() * l.unitPrice()).sum();
      long part = line.quantity() * line.unitPrice() * total.minor() / gross;
      refund(counter, List.of(line), new Money(part, total.currency()), dice.oneOf(COMPLAINTS));
    }
  }

  private void cancel(Journal journal, String reason) {
    journal.note(EventType.ORDER_CANCELLED, Attribute.ORDER_ID, order, Attribute.REASON, reason);
  }

  private void refund(Journal journal, List<Line> back, Money amount, String reason) {
    journal.note(
        EventType.ORDER_REFUNDED,
        back,
        amount,
        Attribute.ORDER_ID,
        order,
        Attribute.REASON,
        reason);
  }

  /** A coupon's percentage is the number at its end. */
  private static Money discounted(Money value, String coupon) {
    if (coupon == null) {
      return value;
    }
    long percent = Long.parseLong(coupon.replaceAll("\\D", ""));
    return new Money(value.minor() - value.minor() * percent / 100, value.currency());
  }
}
