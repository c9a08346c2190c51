package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;

/**
 * From the cart to the order, step by step; at each of them some give up, and where a step does not
 * work some are stuck. They keep their cart, and may come again as others do who gave up.
 */
final class Checkout {
  static final String STARTED = "started";
  static final String ADDRESS = "address";
  static final String SHIPPING = "shipping";
  static final String PAYMENT = "payment";
  static final String REVIEW = "review";
  static final String PLACED = "placed";

  private static final int ATTEMPTS = 3;

  private final Person person;
  private final Dice dice;
  private final World world;
  private final Shop shop;
  private final Journal journal;
  private final Basket basket;

  Checkout(Person person, World world, Shop shop, Journal journal) {
    this.person = person;
    this.dice = person.dice;
    this.world = world;
    this.shop = shop;
    this.journal = journal;
    this.basket = person.basket;
  }

  void play() {
    if (basket.takeOutWhatIsGone(shop, journal) || isStuckAt(STARTED)) {
      return;
    }
    journal.note(
        EventType.CHECKOUT_STARTED,
        basket.lines(shop, journal.now()),
        basket.value(shop, journal.now()),
        Attribute.CART_ID,
        basket.id(),
        Attribute.PAGE,
        "/checkout");
    if (givesUp(0.05) || !saysWho() || givesUp(0.04) || !completes(ADDRESS, null)) {
      return;
    }
    if (givesUp(0.05) || !completes(SHIPPING, null)) {
      return;
    }
    PaymentMethod method = pays();
    if (method == null || !completes(PAYMENT, method)) {
      return;
    }
    readsTheTerms();
    if (!givesUp(0.03) && completes(REVIEW, method) && !isStuckAt(PLACED) && stillThere()) {
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

  /** Where something does not work, it is tried for a while. */
  private boolean isStuckAt(String step) {
    boolean stuck = world.fails(step, basket.id(), journal.now());
    if (stuck) {
      journal.pause(dice.around(40_000, 0.6));
    }
    return stuck;
  }

  /** Whoever sees at the last moment that something is gone does not buy the rest. */
  private boolean stillThere() {
    return !basket.takeOutWhatIsGone(shop, journal);
  }

  private boolean completes(String step, PaymentMethod method) {
    if (isStuckAt(step)) {
      return false;
    }
    journal.note(
        EventType.CHECKOUT_STEP_COMPLETED,
        Attribute.CART_ID,
        basket.id(),
        Attribute.CHECKOUT_STEP,
        step,
        Attribute.PAYMENT_METHOD,
        method == null ? null : method.word());
    return true;
  }

  /** The way in which it was paid, or null. */
  private PaymentMethod pays() {
    PaymentMethod method = PaymentMethod.chosen(dice, person.country);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      journal.pause(dice.around(30_000, 0.6));
      boolean refused = dice.chance(method.failing);
      boolean down = world.fails(method.word(), basket.id(), journal.now());
      if (!refused && !down) {
        return method;
      }
      journal.note(
          EventType.PAYMENT_FAILED,
          basket.value(shop, journal.now()),
          Attribute.CART_ID,
          basket.id(),
          Attribute.PAYMENT_METHOD,
          method.word(),
          Attribute.FAILURE_REASON,
          down ? "provider_unavailable" : dice.oneOf(method.failures));
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
