package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.definition.Written;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.ProductHistory;
import io.lifestage.offer.Learning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand small shops, each with its own customers, prices that change, and products that run
 * out: what is offered is looked at with a plain account of who owns what and what costs what.
 */
class OffersInHistoriesTest {
  private static final int HISTORIES = 10_000;
  private static final int PRODUCTS = 9;
  private static final long BEGIN = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

  /** What is bought together; everything else is alone. */
  private static final List<List<String>> PAIRS =
      List.of(List.of("p0", "p4"), List.of("p2", "p5"), List.of("p3", "p7"), List.of("p6", "p8"));

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int LEAST = 300;
  private static final int MOST = 800;

  private static final String JOURNEY =
      """
      journey: goes-with
      version: 1
      service: true
      entry: {on: order_paid}
      per: order
      steps:
        - emit:
            kind: offer
            template: t
            items: complements
            at-most-items: 3
      """;

  private static final Definitions BOUNDED =
      Written.with(
          JOURNEY + "      items-price: {at-least: %d, at-most: %d}\n".formatted(LEAST, MOST));

  private static final Definitions UNBOUNDED = Written.with(JOURNEY);

  /** What is wrong with offers, by what it is, and how many offers there were by source. */
  private final Map<String, Integer> seen = new TreeMap<>();

  private long seed;

  @Test
  void nothingOwnedOutOfStockOrAboveTheBoundsIsEverOffered() {
    for (seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed);
      look(history, play(history, BOUNDED, history));
    }
    assertThat(seen)
        .doesNotContainKeys("owned", "out of stock", "price", "variant", "of the order itself")
        .containsKeys("chosen", "learnt", "category", Reason.NOTHING_TO_OFFER)
        .containsKey("bought again by nature");
    assertThat(seen.get("learnt")).isGreaterThan(1_000);
  }

  @Test
  void theSameHistoriesWouldShowItIfBoundsStockAndGroupsWereNotAsked() {
    for (seed = 0; seed < 300; seed++) {
      History history = new History(seed);
      look(history, play(history, UNBOUNDED, history::carelessly));
    }
    assertThat(seen).containsKeys("out of stock", "price", "variant");
  }

  /** Ownership is asked of the plain account, and the other customers own what this one may get. */
  @Test
  void thePlainAccountKnowsWhoOwnsWhat() {
    History history = new History(7);
    Event paid = history.events.stream().filter(e -> is(e, EventType.ORDER_PAID)).findFirst().get();

    assertThat(history.owned(paid.customer(), paid.at()))
        .containsAll(paid.lines().stream().map(Line::sku).toList());
    assertThat(history.owned(paid.customer(), paid.at() - 1)).isEmpty();
  }

  private static Effects play(History history, Definitions definitions, Catalogue catalogue) {
    OfferDesk desk = new OfferDesk(Learning.OFFERED, catalogue);
    Decider decider = new Decider(definitions, catalogue, Policy.DEFAULT);
    Map<String, CustomerRecord> customers = new HashMap<>();
    Effects said = Effects.collecting();
    for (Event event : history.events) {
      CustomerRecord before = customers.computeIfAbsent(event.customer(), CustomerRecord::unknown);
      Outcome arrived = decider.decide(before, new Signal.Arrived(event), event.at() - 1);
      Outcome decided = decider.decide(arrived.customer(), Signal.TimePassed.TICK, event.at());
      customers.put(event.customer(), decided.customer());
      for (Effects effects : List.of(arrived.effects(), decided.effects())) {
        desk.take(effects);
        said.addAll(effects.settled());
      }
      said.addAll(desk.completeTo(event.at()));
    }
    return said;
  }

  private void look(History history, Effects said) {
    for (Decision decision : said.decisions()) {
      if (decision.outcome() == Decision.Outcome.SUPPRESSED) {
        note(decision.reason());
      }
    }
    for (Trigger trigger : said.triggers()) {
      Set<String> bought = history.orders.get(trigger.instanceKey());
      Set<String> owned = history.owned(trigger.customer(), trigger.at());
      for (Trigger.Item item : trigger.items()) {
        note(item.fit().source());
        Product product = history.product(item.sku(), trigger.at());
        noteIf(bought.contains(item.sku()), "of the order itself");
        boolean again = history.daysBought(trigger.customer(), item.sku(), trigger.at()) > 1;
        noteIf(owned.contains(item.sku()) && !again, "owned");
        if (again) {
          note("bought again by nature");
        }
        noteIf(!product.available(), "out of stock");
        noteIf(product.price().minor() < LEAST || product.price().minor() > MOST, "price");
        noteIf(bought.stream().anyMatch(sku -> history.areVariants(sku, item.sku())), "variant");
      }
    }
  }

  private void noteIf(boolean wrong, String what) {
    if (wrong && seen.getOrDefault(what, 0) == 0) {
      System.out.println("seed " + seed + ": " + what);
    }
    if (wrong) {
      note(what);
    }
  }

  private void note(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  private static boolean is(Event event, String type) {
    return event.type().equals(type);
  }

  /** A shop, and what happens in it in sixty days. */
  private static final class History implements Catalogue {
    private final Random random;
    private final Map<String, ProductHistory> products = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Set<String>> orders = new HashMap<>();
    private int number;

    History(long seed) {
      random = new Random(seed);
      for (int i = 0; i < PRODUCTS; i++) {
        shelve(i, BEGIN - 1);
        if (random.nextBoolean()) {
          shelve(i, BEGIN + random.nextInt(60 * 24) * HOUR);
        }
      }
      for (int i = 14 + random.nextInt(10); i > 0; i--) {
        order("customer-" + random.nextInt(6), BEGIN + random.nextInt(60 * 24) * HOUR);
      }
      events.sort(Comparator.comparingLong(Event::at).thenComparing(Event::id));
    }

    private void shelve(int i, long at) {
      List<String> chosen = random.nextInt(5) == 0 ? List.of(sku()) : List.of();
      Money price = new Money(100 + random.nextInt(900), "EUR");
      String group = i < 2 ? "one" : "";
      Product product =
          new Product("p" + i, at, "", "c" + i % 2, price, random.nextInt(4) > 0, chosen, group);
      products.merge(
          "p" + i,
          ProductHistory.EMPTY.with(product, Long.MIN_VALUE),
          (before, one) -> before.with(product, Long.MIN_VALUE));
    }

    private String sku() {
      return "p" + random.nextInt(PRODUCTS);
    }

    private List<String> basket() {
      List<String> pair = PAIRS.get(random.nextInt(PAIRS.size()));
      return switch (random.nextInt(7)) {
        case 0 -> List.of(sku());
        case 1 -> List.of(pair.get(0), pair.get(1), sku());
        case 2, 3 -> List.of(pair.get(random.nextInt(2)));
        default -> pair;
      };
    }

    private void order(String customer, long hour) {
      // No two events are of one moment.
      long at = hour + number;
      String order = "o" + number++;
      Map<String, Line> lines = new TreeMap<>();
      for (String sku : basket()) {
        lines.put(sku, new Line(sku, 1, 500));
      }
      List<Line> all = List.copyOf(lines.values());
      orders.put(order, lines.keySet());
      long total = 500L * all.size();
      happens(EventType.ORDER_PAID, customer, order, at, all, total);
      long later = at + (1 + random.nextInt(400)) * HOUR + 100;
      switch (random.nextInt(6)) {
        case 0 -> happens(EventType.ORDER_CANCELLED, customer, order, later, List.of(), 0);
        case 1 -> happens(EventType.ORDER_REFUNDED, customer, order, later, List.of(), total);
        case 2 -> happens(EventType.ORDER_REFUNDED, customer, order, later, all.subList(0, 1), 500);
        default -> {
          // It stays as it is.
        }
      }
    }

    private void happens(
        String type, String customer, String order, long at, List<Line> lines, long value) {
      events.add(
          new Event(
              "e" + number++,
              at,
              type,
              customer,
              Map.of(Attribute.ORDER_ID, order),
              lines,
              new Money(value, "EUR")));
    }

    @Override
    public Product product(String sku, long at) {
      return products.get(sku).at(at);
    }

    /** The same product as though it were always there, and like no other. */
    Product carelessly(String sku, long at) {
      Product product = product(sku, at);
      return new Product(
          sku,
          product.effectiveAt(),
          "",
          product.category(),
          product.price(),
          true,
          product.complements());
    }

    boolean areVariants(String one, String other) {
      return !one.equals(other) && Set.of("p0", "p1").containsAll(Set.of(one, other));
    }

    /** What a customer has of all orders that were not given back by a moment. */
    Set<String> owned(String customer, long at) {
      Set<String> owned = new HashSet<>();
      kept(customer, at).values().forEach(owned::addAll);
      return owned;
    }

    /** On how many days a customer has bought it, and kept it. */
    long daysBought(String customer, String sku, long at) {
      Map<String, Set<String>> kept = kept(customer, at);
      return events.stream()
          .filter(event -> is(event, EventType.ORDER_PAID))
          .filter(event -> kept.getOrDefault(event.get(Attribute.ORDER_ID), Set.of()).contains(sku))
          .map(event -> event.at() / (24 * HOUR))
          .distinct()
          .count();
    }

    /** What is left of each order of a customer by a moment. */
    private Map<String, Set<String>> kept(String customer, long at) {
      Map<String, Set<String>> kept = new TreeMap<>();
      for (Event event : events) {
        String order = event.get(Attribute.ORDER_ID);
        if (event.at() > at || !event.customer().equals(customer)) {
          continue;
        }
        Set<String> own = kept.computeIfAbsent(order, any -> new HashSet<>());
        if (is(event, EventType.ORDER_PAID)) {
          event.lines().forEach(line -> own.add(line.sku()));
        } else if (event.lines().isEmpty()) {
          own.clear();
        } else {
          event.lines().forEach(line -> own.remove(line.sku()));
        }
      }
      return kept;
    }
  }
}
