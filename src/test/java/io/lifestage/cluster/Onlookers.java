package io.lifestage.cluster;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Reason;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Look.Mark;
import io.lifestage.traffic.Outlet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The many who watch one product, and beside them a few who don't. What each guard has to say of
 * them is known from their names.
 */
final class Onlookers {
  static final String SKU = "kettle";

  private static final String ELSEWHERE = "mug";
  private static final Money PRICE = new Money(4_000, "EUR");
  private static final long SEED = 20_261_125;
  private static final Duration LOOKS = Duration.ofMinutes(5);

  /** Of what kind somebody is, how many of a thousand watchers are, and what they are told. */
  enum Kind {
    WILLING(800, "FIRED " + Reason.ALL_GUARDS_PASSED),
    UNASKED(100, suppressed(Reason.NO_CONSENT)),
    WITHDRAWN(50, suppressed(Reason.CONSENT_WITHDRAWN)),
    COMPLAINING(15, suppressed("open_complaint")),
    CAPPED(10, suppressed(Reason.CAP)),
    /** Bought it, and looked again after that. The journey does not begin, and so says nothing. */
    OWNING(25, null),
    /** Looked, and bought it after that: watches no more. */
    SERVED(0, null),
    /** Looked at another product. */
    STRANGER(0, null);

    private final int perThousand;
    private final String verdict;

    Kind(int perThousand, String verdict) {
      this.perThousand = perThousand;
      this.verdict = verdict;
    }

    private static String suppressed(String reason) {
      return Decision.Outcome.SUPPRESSED + " " + reason;
    }

    /** Outcome and reason of the decision on the trigger, or null where nothing is decided. */
    String verdict() {
      return verdict;
    }

    private boolean watches() {
      return perThousand > 0;
    }

    /** The kind of a customer, by the name. */
    static Kind of(String customer) {
      return valueOf(customer.substring(0, customer.indexOf('-')).toUpperCase(Locale.ROOT));
    }
  }

  private final int watchers;
  private final List<String> everybody = new ArrayList<>();

  /**
   * As many watchers, and for every hundred of them one who is served and one stranger.
   *
   * @param watchers a multiple of a thousand
   */
  Onlookers(int watchers) {
    this.watchers = watchers;
    for (Kind kind : Kind.values()) {
      int count = kind.watches() ? count(kind) : watchers / 100;
      for (int i = 0; i < count; i++) {
        everybody.add("%s-%06d".formatted(kind.name().toLowerCase(Locale.ROOT), i));
      }
    }
    Collections.shuffle(everybody, new Random(SEED));
  }

  /** How many watch the product. */
  int watchers() {
    return watchers;
  }

  /** How many of a kind watch the product. */
  int count(Kind kind) {
    return watchers / 1000 * kind.perThousand;
  }

  /** How many watchers each verdict is to be said of. */
  Map<String, Integer> verdicts() {
    Map<String, Integer> verdicts = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      if (kind.verdict() != null) {
        verdicts.put(kind.verdict(), count(kind));
      }
    }
    return verdicts;
  }

  /** One of twenty puts it into the cart, five wish for it, the others view it. */
  static Mark mark(String customer) {
    int lot = Integer.parseInt(customer.substring(customer.indexOf('-') + 1)) % 20;
    return lot == 0 ? Mark.IN_CART : lot <= 5 ? Mark.WISHED : Mark.VIEWED;
  }

  /** The shop, as it was long before. */
  static List<Product> catalogue(Instant now) {
    long from = now.minus(Duration.ofDays(30)).toEpochMilli();
    return List.of(
        new Product(SKU, from, "Kettle", "kitchen", PRICE, true, List.of()),
        new Product(ELSEWHERE, from, "Mug", "kitchen", new Money(450, "EUR"), true, List.of()));
  }

  /**
   * What they did up to some minutes ago, in its order.
   *
   * @return how many events
   */
  int tell(Outlet outlet, Instant now) throws IOException {
    List<Event> events = new ArrayList<>();
    consents(now.minus(Duration.ofDays(10)), events);
    // An e-mail about each: with the guide to the second, five within seven days.
    for (int day = 6; day >= 2; day--) {
      Instant at = now.minus(Duration.ofDays(day));
      for (String customer : of(Kind.CAPPED)) {
        String cart = customer + "-" + day;
        events.add(Happenings.putIntoCart(customer, cart, ELSEWHERE, at));
      }
    }
    of(Kind.OWNING).forEach(who -> events.add(bought(who, now.minus(Duration.ofHours(3)))));
    of(Kind.COMPLAINING)
        .forEach(who -> events.add(complaint(who, now.minus(Duration.ofMinutes(30)))));
    Instant began = now.minus(LOOKS.multipliedBy(2));
    for (int i = 0; i < everybody.size(); i++) {
      long after = LOOKS.toMillis() * i / everybody.size();
      events.add(look(everybody.get(i), began.plusMillis(after)));
    }
    of(Kind.SERVED).forEach(who -> events.add(bought(who, began.plus(LOOKS))));
    for (Event event : events) {
      outlet.send(event, null);
    }
    outlet.flush();
    return events.size();
  }

  private List<String> of(Kind kind) {
    return everybody.stream().filter(customer -> Kind.of(customer) == kind).toList();
  }

  private void consents(Instant at, List<Event> events) {
    for (String customer : everybody) {
      switch (Kind.of(customer)) {
        case UNASKED -> {
          // Nobody knows.
        }
        case WITHDRAWN -> events.add(Happenings.consentGiven(customer, false, at));
        default -> events.add(Happenings.consentGiven(customer, at));
      }
    }
  }

  private static Event look(String customer, Instant at) {
    String sku = Kind.of(customer) == Kind.STRANGER ? ELSEWHERE : SKU;
    Mark mark = mark(customer);
    return mark == Mark.IN_CART
        ? Happenings.putIntoCart(customer, customer, sku, at)
        : Happenings.lookedAt(customer, sku, mark == Mark.WISHED, at);
  }

  private static Event complaint(String customer, Instant at) {
    return Happenings.question(customer, customer, "support", at);
  }

  private static Event bought(String customer, Instant at) {
    return new Event(
        "paid-" + customer,
        at.toEpochMilli(),
        "order_paid",
        customer,
        Map.of("order_id", "of-" + customer, "customer_id", customer),
        List.of(new Line(SKU, 1, PRICE.minor())),
        PRICE);
  }
}
