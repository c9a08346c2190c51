package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;

/** From the cart to the order, step by step; at each of them some give up. */
final class Checkout {
  private static final int ATTEMPTS = 3;

  private final Person person;
  private final Dice dice;
  private final Assortment shop;
  private final Journal journal;
  private final Basket basket;

  Checkout(Person person, Assortment shop, Journal journal) {
    this.person = person;
    this.dice = person.dice;
    this.shop = shop;
    this.journal = journal;
    this.basket = person.basket;
  }

  void play() {
    journal.note(
        EventType.CHECKOUT_STARTED,
        basket.lines(),
        basket.value(),
        Attribute.CART_ID,
        basket.id(),
        Attribute.PAGE,
        "/checkout");
    if (givesUp(0.05) || !saysWho() || givesUp(0.04)) {
      return;
    }
    completed("address", null);
    if (givesUp(0.05)) {
      return;
    }
    completed("shipping", null);
    PaymentMethod method = pays();
    if (method == null) {
      return;
    }
    completed("payment", method);
    readsTheTerms();
    if (!givesUp(0.03)) {
      completed("review", method);
      new Fulfilment(person, shop, journal, method).play();
    }
  }

  private boolean givesUp(double probability) {
    journal.pause(dice.around(22_000, 0.7));
    return dice.chance(probability);
  }

  /** Logs in, signs up or buys as a guest; false where that is too much to ask. */
  private boolean saysWho() {
    if (journal.says(Attribute.CUSTOMER_ID)) {
      return true;
    }
    if (person.account.isKnown()) {
      person.account.logIn(journal);
      return true;
    }
    double how = dice.fraction();
    if (how < 0.72 || person.invitation != null) {
      person.account.signUp(journal);
    }
    return how < 0.9 || person.account.isKnown();
  }

  private void completed(String step, PaymentMethod method) {
    journal.note(
        EventType.CHECKOUT_STEP_COMPLETED,
        Attribute.CART_ID,
        basket.id(),
        Attribute.CHECKOUT_STEP,
        step,
        Attribute.PAYMENT_METHOD,
        method == null ? null : method.word());
  }

  private PaymentMethod pays() {
    PaymentMethod method = PaymentMethod.chosen(dice, person.country);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      journal.pause(dice.around(30_000, 0.6));
      if (!dice.chance(method.failing)) {
        return method;
      }
      journal.note(
          EventType.PAYMENT_FAILED,
          basket.value(),
          Attribute.CART_ID,
          basket.id(),
          Attribute.PAYMENT_METHOD,
          method.word(),
          Attribute.FAILURE_REASON,
          dice.oneOf(method.failures));
      if (dice.chance(0.25)) {
        return null;
      }
      if (dice.chance(0.4)) {
        method = PaymentMethod.chosen(dice, person.country);
      }
    }
    return null;
  }

  private void readsTheTerms() {
    if (dice.chance(0.06)) {
      journal
          .pause(dice.around(15_000, 0.5))
          .note(
              EventType.CONTENT_VIEWED,
              Attribute.CONTENT_TYPE,
              "return_terms",
              Attribute.CONTENT_ID,
              "return_terms",
              Attribute.PAGE,
              "/content/return_terms");
      journal.pause(dice.around(25_000, 0.5));
    }
  }
}
