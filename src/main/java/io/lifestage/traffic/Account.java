package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import java.util.List;

/** What the shop knows of a person by name: their id, data and consents. */
final class Account {
  private static final List<String> GIVEN =
      List.of(
          "anna", "ben", "carla", "david", "elif", "felix", "greta", "hugo", "ines", "jonas", "kim",
          "lena", "marco", "nora", "oscar", "paula", "quentin", "rosa", "sofie", "tom", "ulla",
          "vera", "willem", "yara", "zoe");
  private static final List<String> FAMILY =
      List.of(
          "bauer", "costa", "dubois", "fischer", "garcia", "hansen", "jansen", "keller", "lopez",
          "maes", "moreau", "novak", "peeters", "rossi", "schmidt", "silva", "visser", "weber");

  private final Person person;
  private final Dice dice;
  private String customerId;
  private boolean introduced;
  private boolean email;
  private String referralCode;

  Account(Person person, boolean known) {
    this.person = person;
    this.dice = person.dice;
    if (known) {
      customerId = newId();
    }
  }

  boolean isKnown() {
    return customerId != null;
  }

  String customerId() {
    return customerId;
  }

  /** Whether they get the newsletter. */
  boolean agreesToEmail() {
    return email;
  }

  /** Who recommended the shop still gets thanks for friends, and is not forgotten. */
  boolean mayBeErased() {
    return isKnown() && referralCode == null;
  }

  /** The code that friends are given, always the same. */
  String referralCode() {
    if (referralCode == null) {
      referralCode = "FRIEND-" + dice.word(8);
    }
    return referralCode;
  }

  /** The shop's older systems tell of a customer from before. */
  void introduce(Journal visit) {
    if (!introduced) {
      Journal counter = visit.behindTheCounter().always(Attribute.CUSTOMER_ID, customerId);
      describe(counter.always(Attribute.ANONYMOUS_ID, null));
      visit.pauseUntil(counter.now()).pause(dice.between(10 * Rhythm.SECOND, Rhythm.MINUTE));
    }
  }

  /** Signs the visitor up; from here on the journal says who they are. */
  void signUp(Journal visit) {
    customerId = newId();
    visit.always(Attribute.CUSTOMER_ID, customerId);
    visit.note(EventType.SIGNED_UP, Attribute.PAGE, "/account/new");
    describe(visit.behindTheCounter().pause(dice.between(200, 1500)));
    visit.pause(2 * Rhythm.SECOND);
  }

  /** Logs the visitor in; from here on the journal says who they are. */
  void logIn(Journal visit) {
    visit.always(Attribute.CUSTOMER_ID, customerId);
    visit.note(EventType.LOGGED_IN, Attribute.PAGE, "/account");
  }

  /** The shop finds out by other means, such as a link in an e-mail, whose device this is. */
  void link(Journal visit) {
    Journal counter =
        visit.behindTheCounter().pause(dice.between(Rhythm.MINUTE, 15 * Rhythm.MINUTE));
    counter.always(Attribute.CUSTOMER_ID, customerId);
    counter.note(EventType.IDENTITY_LINKED, Attribute.ANONYMOUS_ID, person.device.anonymousId());
  }

  /** Once in a while something about them changes, or they no longer want to be written to. */
  void change(Journal visit) {
    if (dice.chance(0.01)) {
      visit
          .behindTheCounter()
          .note(
              EventType.CUSTOMER_UPDATED,
              "customer.segment",
              person.paidOrders > 2 ? "gold" : "private");
    }
    if (email && dice.chance(0.012)) {
      email = false;
      consent(visit.behindTheCounter(), "email", "marketing", false);
    }
  }

  void erase(Journal journal) {
    journal.always(Attribute.CUSTOMER_ID, customerId);
    journal.note(EventType.ERASURE_REQUESTED, Attribute.REASON, "requested_by_customer");
  }

  private void describe(Journal counter) {
    introduced = true;
    String address = dice.oneOf(GIVEN) + "." + dice.oneOf(FAMILY) + "." + dice.word(6);
    counter.note(
        EventType.CUSTOMER_UPDATED,
        "customer.email",
        address + "@example.com",
        "customer.locale",
        person.country.locale(),
        "customer.time_zone",
        person.country.zone().getId(),
        "customer.segment",
        dice.chance(0.07) ? "business" : "private");
    if (dice.chance(0.88)) {
      email = dice.chance(0.86);
      consent(counter, "email", "marketing", email);
    }
    if (dice.chance(0.5)) {
      consent(counter, "email", "survey", dice.chance(0.6));
    }
    if (dice.chance(0.3)) {
      consent(counter, "sms", "marketing", dice.chance(0.5));
    }
    if (dice.chance(0.25)) {
      consent(counter, "push", "marketing", dice.chance(0.6));
    }
  }

  private static void consent(Journal counter, String channel, String purpose, boolean granted) {
    counter
        .pause(5)
        .note(
            EventType.CONSENT_CHANGED,
            Attribute.CHANNEL,
            channel,
            Attribute.PURPOSE,
            purpose,
            Attribute.GRANTED,
            Boolean.toString(granted));
  }

  private String newId() {
    return "c-" + dice.word(12);
  }
}
