package io.lifestage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Effects;
import io.lifestage.decision.OfferDesk;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Signal;
import io.lifestage.definition.RetailPack;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Learning;
import io.lifestage.offer.Look;
import io.lifestage.offer.ProductChange;
import io.lifestage.offer.Watchers;
import io.lifestage.offer.Watching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the retail pack makes of sixty days of a shop that lives, decided by the core alone, and
 * with those told who watch: whoever looks at the local cluster sees offers that were learnt,
 * prices that drop, products that come back, and new ones.
 */
class LivingShopTest {
  private static final int CUSTOMERS = 500;
  private static final int DAYS = 60;
  private static final long SEED = 42;
  private static final Assortment ASSORTMENT = Assortment.homeAndGarden();

  private static Played living;
  private static Played still;

  @BeforeAll
  static void play() {
    World world =
        new World(
            SEED,
            CUSTOMERS,
            Worlds.BEGINNING,
            DAYS * Rhythm.DAY,
            Worlds.BEGINNING + DAYS * Rhythm.DAY,
            0);
    living = new Played(world.alive());
    still = new Played(world);
  }

  @Test
  void whatGoesTogetherIsLearntAndOfferedWithWhatItIsKnownBy() {
    List<Trigger.Item> learnt =
        living.triggers().stream()
            .flatMap(trigger -> trigger.items().stream())
            .filter(LivingShopTest::isLearnt)
            .toList();

    assertThat(learnt).hasSizeGreaterThan(20);
    assertThat(learnt).allMatch(item -> item.score() > 0 && item.fit().support() >= 1);
    assertThat(living.planted())
        .as("of these the customers are known to buy so many together")
        .isGreaterThan(learnt.size() / 2);
  }

  @Test
  void whoWatchesHearsOfPricesReturnsAndNewProducts() {
    assertThat(living.fired("price-drop")).isPositive();
    assertThat(living.fired("back-in-stock")).isPositive();
    assertThat(living.fired("new-arrivals")).isPositive();
  }

  @Test
  void inAShopThatStandsStillNobodyHearsOfAny() {
    assertThat(still.triggers()).isNotEmpty();
    assertThat(still.fired("price-drop")).isZero();
    assertThat(still.fired("back-in-stock")).isZero();
    assertThat(still.fired("new-arrivals")).isZero();
  }

  private static boolean isLearnt(Trigger.Item item) {
    return item.fit() != null && item.fit().source().equals("learnt");
  }

  /** A world that was decided to its end. */
  private static final class Played {
    private final Shop shop;
    private final Decider decider;
    private final OfferDesk offers;
    private final Map<String, CustomerRecord> customers = new HashMap<>();
    private final Map<String, List<Look>> looks = new HashMap<>();
    private final Map<String, Product> known = new HashMap<>();
    private final Map<String, List<Line>> orders = new HashMap<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();

    Played(World world) {
      Simulation simulation = Worlds.simulation(world);
      shop = simulation.shop();
      decider = new Decider(RetailPack.whole(), shop, Policy.DEFAULT);
      offers = new OfferDesk(Learning.OFFERED, shop);
      shop.stock(world.beginning()).forEach(product -> known.put(product.sku(), product));
      long change = shop.nextChange(world.beginning());
      long end = Worlds.day(DAYS);
      for (Event event : Worlds.told(simulation, end)) {
        for (; change < event.at(); change = shop.nextChange(change)) {
          shop.changesAt(change).forEach(this::tell);
        }
        take(event);
      }
      List.copyOf(customers.keySet()).forEach(customer -> walk(customer, end));
      say(offers.completeTo(end));
    }

    List<Trigger> triggers() {
      return triggers;
    }

    long fired(String journey) {
      return decisions.stream()
          .filter(decision -> decision.journey().equals(journey))
          .filter(decision -> decision.outcome() == Decision.Outcome.FIRED)
          .count();
    }

    /** How many offers were learnt of products that go together here, and nobody chose. */
    long planted() {
      return triggers.stream()
          .filter(trigger -> orders.containsKey(trigger.instanceKey()))
          .flatMap(trigger -> trigger.items().stream().filter(item -> isPlanted(item, trigger)))
          .count();
    }

    private boolean isPlanted(Trigger.Item item, Trigger trigger) {
      return isLearnt(item)
          && orders.get(trigger.instanceKey()).stream()
              .anyMatch(line -> goTogether(line.sku(), item.sku()));
    }

    private static boolean goTogether(String one, String other) {
      return companions(one).contains(other) || companions(other).contains(one);
    }

    private static List<String> companions(String sku) {
      Product product = ASSORTMENT.get(sku);
      return product == null ? List.of() : product.complements();
    }

    private void take(Event event) {
      if (event.type().equals(EventType.ORDER_PLACED)) {
        orders.put(event.get(Attribute.ORDER_ID), event.lines());
      }
      for (Look look : Look.of(event)) {
        String category = shop.product(look.sku(), event.at()).category();
        for (String subject : List.of("p/" + look.sku(), "c/" + category)) {
          looks.computeIfAbsent(subject, any -> new ArrayList<>()).add(look);
        }
      }
      decide(event);
    }

    private void tell(Product product) {
      Product before = known.put(product.sku(), product);
      ProductChange change =
          before == null ? ProductChange.arrival(product) : ProductChange.between(before, product);
      if (change == null) {
        return;
      }
      boolean isNew = before == null;
      Watchers watchers =
          new Watchers(isNew ? Watching.CATEGORY : Watching.PRODUCT, product.effectiveAt());
      String subject = isNew ? "c/" + product.category() : "p/" + product.sku();
      for (Look look : looks.getOrDefault(subject, List.of())) {
        watchers.add(look.customer(), look.mark(), Watching.hour(look.at()));
      }
      for (String customer : watchers.inOrder()) {
        decide(change.toldTo(customer, product.effectiveAt()));
      }
    }

    private void decide(Event event) {
      walk(event.customer(), event.at() - 1);
      decide(event.customer(), new Signal.Arrived(event), event.at() - 1);
    }

    /** Deadline by deadline up to a moment. */
    private void walk(String customer, long moment) {
      for (long next = next(customer); next <= moment; next = next(customer)) {
        decide(customer, Signal.TimePassed.TICK, next);
      }
    }

    private long next(String customer) {
      CustomerRecord record = customers.get(customer);
      return record == null ? Long.MAX_VALUE : decider.nextDeadline(record);
    }

    private void decide(String customer, Signal signal, long now) {
      CustomerRecord before = customers.computeIfAbsent(customer, CustomerRecord::unknown);
      Outcome outcome = decider.decide(before, signal, now);
      customers.put(customer, outcome.customer());
      offers.take(outcome.effects());
      say(outcome.effects().settled());
    }

    private void say(Effects effects) {
      triggers.addAll(effects.triggers());
      decisions.addAll(effects.decisions());
    }
  }
}
