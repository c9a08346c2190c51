package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import java.util.List;

/** One session of one person, from the door to leaving, perhaps with an order. */
final class Visit {
  private static final List<String> COUPONS = List.of("WELCOME10", "SPRING5", "GARDEN15");

  private final Person person;
  private final Dice dice;
  private final World world;
  private final Shop shop;
  private final Journal journal;
  private final Simulation.Guests friends;

  Visit(Person person, World world, Shop shop, Journal journal, Simulation.Guests friends) {
    this.person = person;
    this.dice = person.dice;
    this.world = world;
    this.shop = shop;
    this.journal = journal;
    this.friends = friends;
  }

  /** Plays it; afterwards the journal's time is the end of the visit. */
  void play() {
    if (person.visits > 0 && person.account.isKnown() && dice.chance(0.06)) {
      playOnAStrangeDevice();
    } else {
      arrive(person.account.isKnown());
      new Browsing(person, shop, journal).play();
      if (!person.account.isKnown() && dice.chance(0.03)) {
        person.account.signUp(journal);
      }
      decide();
    }
  }

  /** A known customer whom the shop takes for somebody else, with an empty cart, at first. */
  private void playOnAStrangeDevice() {
    Person.Device device = person.device;
    Basket basket = person.basket;
    person.device = person.newDevice();
    person.basket = new Basket();
    arrive(false);
    new Browsing(person, shop, journal).play();
    boolean linked = recognised();
    decide();
    if (!linked && !journal.says(Attribute.CUSTOMER_ID)) {
      person.device = device;
      person.basket = basket;
    } else if (person.basket.isEmpty()) {
      person.basket = basket;
    }
  }

  private void arrive(boolean asCustomer) {
    journal
        .always(Attribute.ANONYMOUS_ID, person.device.anonymousId())
        .always(Attribute.SESSION_ID, "s-" + dice.word(12))
        .always(Attribute.DEVICE, person.device.kind())
        .always(Attribute.COUNTRY, person.country.name());
    if (asCustomer) {
      person.account.introduce(journal);
      journal.always(Attribute.CUSTOMER_ID, person.account.customerId());
    }
    comeFrom(origin());
    if (asCustomer && dice.chance(0.2)) {
      person.account.logIn(journal.pause(dice.around(8_000, 0.5)));
    }
  }

  /** After browsing: asks, buys, and where the shop knows who it is, says what they think of it. */
  private void decide() {
    if (dice.chance(person.visits == 0 ? 0.035 : 0.05)) {
      new Chat(person, journal).hold();
    }
    if (!person.basket.isEmpty()) {
      lookIntoTheBasket();
    }
    if (journal.says(Attribute.CUSTOMER_ID)) {
      praise();
      person.account.change(journal);
    }
  }

  private Origin origin() {
    if (person.visits > 0 || person.account.isKnown()) {
      return Origin.ofLaterVisit(dice, person.account.agreesToEmail());
    }
    return person.invitation == null ? Origin.ofFirstVisit(dice) : Origin.FRIEND;
  }

  private void comeFrom(Origin origin) {
    String campaign = origin.campaigns().isEmpty() ? null : dice.oneOf(origin.campaigns());
    journal
        .always(Attribute.SOURCE, origin.source())
        .always(Attribute.MEDIUM, origin.medium())
        .always(Attribute.CAMPAIGN, campaign)
        .always(Attribute.REFERRER, origin.referrer());
    if (campaign != null) {
      journal.note(EventType.CAMPAIGN_CLICKED);
    }
    boolean sent = origin.equals(Origin.FRIEND);
    journal
        .pause(dice.around(400, 0.4))
        .note(
            EventType.PAGE_VIEWED,
            Attribute.PAGE,
            campaign == null ? "/" : "/offers/" + campaign,
            Attribute.REFERRAL_CODE,
            sent ? person.invitation.code() : null);
  }

  /** Logs in, is found out later, or neither; true in the first two cases. */
  private boolean recognised() {
    double how = dice.fraction();
    if (how < 0.55) {
      person.account.logIn(journal.pause(dice.around(10_000, 0.5)));
    } else if (how < 0.75) {
      person.account.link(journal);
    }
    return how < 0.75;
  }

  private void lookIntoTheBasket() {
    Basket basket = person.basket;
    basket.takeOutWhatIsGone(shop, journal);
    if (basket.isEmpty()) {
      return;
    }
    if (dice.chance(0.8)) {
      journal.pause(dice.around(6_000, 0.6));
      journal.note(
          EventType.CART_VIEWED,
          basket.lines(shop, journal.now()),
          basket.value(shop, journal.now()),
          Attribute.CART_ID,
          basket.id(),
          Attribute.PAGE,
          "/cart");
      journal.pause(dice.around(15_000, 0.9));
      if (dice.chance(0.15)) {
        basket.takeOut(dice.oneOf(basket.products()), shop, journal);
      }
      if (!basket.isEmpty() && basket.coupon() == null && dice.chance(0.12)) {
        basket.redeem(dice.oneOf(COUPONS));
        journal
            .pause(dice.around(8_000, 0.5))
            .note(
                EventType.COUPON_APPLIED,
                Attribute.CART_ID,
                basket.id(),
                Attribute.COUPON,
                basket.coupon());
      }
    }
    if (!basket.isEmpty() && dice.chance(person.persona.resolve)) {
      new Checkout(person, world, shop, journal.pause(dice.around(12_000, 0.7))).play();
    }
  }

  /** Reviews what has come, and recommends the shop. */
  private void praise() {
    if (person.unreviewed.removeIf(d -> d.at() < journal.now() && review(d))) {
      journal.pause(dice.around(20_000, 0.5));
    }
    if (person.paidOrders > 0 && dice.chance(person.persona.warmth)) {
      String code = person.account.referralCode();
      journal.note(EventType.REFERRAL_SHARED, Attribute.REFERRAL_CODE, code);
      if (dice.chance(0.5)) {
        friends.invite(
            new Person.Invitation(person.account.customerId(), code),
            person.country,
            dice,
            journal.now());
      }
    }
  }

  private boolean review(Person.Delivery delivery) {
    if (dice.chance(0.25)) {
      String stars = Integer.toString(Math.min(5, dice.from(2, 7)));
      journal.pause(dice.around(40_000, 0.6));
      journal.note(
          EventType.PRODUCT_REVIEWED,
          Attribute.SKU,
          delivery.product().sku(),
          Attribute.CATEGORY,
          delivery.product().category(),
          Attribute.RATING,
          stars);
      return true;
    }
    return dice.chance(0.5);
  }
}
