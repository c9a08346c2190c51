package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.definition.Written;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.Verdict;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.offer.Learning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A shop whose customers are decided one by one, and offered what all of them have taught. */
class OfferDeskTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private static final Definitions DEFINITIONS =
      Written.with(
          """
          journey: goes-with
          version: 1
          service: true
          entry: {on: order_paid, when: '!order.undone'}
          per: order
          steps:
            - emit: {kind: offer, template: t, items: complements, at-most-items: 2}
          """);

  private final Map<String, Product> products = new HashMap<>();
  private final Catalogue catalogue = (sku, at) -> products.get(sku);
  private final OfferDesk desk = new OfferDesk(Learning.OFFERED, catalogue);
  private final Decider decider = new Decider(DEFINITIONS, catalogue, Policy.DEFAULT);
  private final Map<String, CustomerRecord> customers = new HashMap<>();
  private final Effects said = Effects.collecting();
  private final List<String> orders = new ArrayList<>();
  private long now = NOON;
  private int number;

  OfferDeskTest() {
    shelve("pot", "pots");
    shelve("lid", "lids");
    shelve("spoon", "table");
    shelve("cup", "table");
    for (int i = 0; i < 20; i++) {
      shelve("n" + i, "noise");
    }
    noise(60);
  }

  @Test
  void aPlantedPairIsOfferedOnceItsSupportIsReached() {
    buy("ada", "pot", "lid");
    assertThat(skus(buy("bob", "pot"))).doesNotContain("lid");

    now += DAY;
    buy("eve", "pot", "lid");
    now += MINUTE;

    Trigger offer = buy("joe", "pot");
    assertThat(skus(offer)).startsWith("lid");
    assertThat(offer.items().get(0).fit().source()).isEqualTo("learnt");
    assertThat(offer.items().get(0).fit().support()).isBetween(1.9, 2.0);
    assertThat(offer.items().get(0).fit().lift()).isGreaterThan(1.2);
    assertThat(offer.items().get(0).score()).isPositive();
  }

  @Test
  void itCeasesWhenItIsNoLongerBought() {
    plant();
    now += 400 * DAY;
    noise(200);

    assertThat(skus(buy("joe", "pot"))).doesNotContain("lid");
  }

  @Test
  void itCeasesWhenItIsRefunded() {
    plant();
    back(EventType.ORDER_REFUNDED, "eve", orders.get(orders.size() - 1), 1500);
    now += MINUTE;

    assertThat(skus(buy("joe", "pot"))).doesNotContain("lid");
  }

  @Test
  void itCeasesWhenItIsCancelled() {
    plant();
    back(EventType.ORDER_CANCELLED, "eve", orders.get(orders.size() - 1), 0);
    now += MINUTE;

    assertThat(skus(buy("joe", "pot"))).doesNotContain("lid");
  }

  @Test
  void aLineThatComesBackTakesItsPairsAlong() {
    plant();
    back(EventType.ORDER_REFUNDED, "eve", orders.get(orders.size() - 1), 500, "lid");
    now += MINUTE;

    assertThat(skus(buy("joe", "pot"))).doesNotContain("lid");
  }

  @Test
  void whatIsLeftOfTheOrderStillTeaches() {
    plant();
    back(EventType.ORDER_REFUNDED, "eve", orders.get(orders.size() - 1), 500, "spoon");
    now += MINUTE;

    assertThat(skus(buy("joe", "pot"))).contains("lid");
  }

  @Test
  void whoOwnsItIsNotOfferedIt() {
    plant();

    assertThat(skus(buy("ada", "pot"))).doesNotContain("lid");
  }

  @Test
  void whereNothingIsKnownTheCategorySays() {
    buy("ada", "cup");
    now += MINUTE;

    Trigger offer = buy("joe", "spoon");
    assertThat(offer.items())
        .extracting(Trigger.Item::sku, item -> item.fit().source())
        .contains(tuple("cup", "category"));
  }

  @Test
  void whereThereIsNothingTheTriggerIsWithheldAndSaysWhy() {
    shelve("lamp", "light");
    long before = counted(Metrics.TRIGGERS_SUPPRESSED, "reason");

    assertThat(buy("joe", "lamp")).isNull();
    Decision last = said.decisions().get(said.decisions().size() - 1);
    assertThat(last.outcome()).isEqualTo(Outcome.SUPPRESSED);
    assertThat(last.reason()).isEqualTo(Reason.NOTHING_TO_OFFER);
    assertThat(last.verdicts())
        .contains(new Verdict("items", false, "nothing is known to go with it"));
    assertThat(counted(Metrics.TRIGGERS_SUPPRESSED, "reason")).isEqualTo(before + 1);
  }

  @Test
  void theDecisionSaysWhatIsOfferedAndWhy() {
    plant();

    buy("joe", "pot");

    Decision last = said.decisions().get(said.decisions().size() - 1);
    assertThat(last.outcome()).isEqualTo(Outcome.FIRED);
    assertThat(last.verdicts())
        .extracting(Verdict::detail)
        .anySatisfy(
            detail -> assertThat(detail).startsWith("lid, together in ").contains("by chance"));
  }

  // Late events

  @Test
  void whatIsTakenBackIsTakenBackWithItsProducts() {
    plant();
    Trigger offer = buy("joe", "pot");

    late(EventType.ORDER_CANCELLED, "joe", orders.get(orders.size() - 1));

    Trigger gone = said.triggers().get(said.triggers().size() - 1);
    assertThat(gone.id()).isEqualTo(offer.id());
    assertThat(gone.status()).isEqualTo(Trigger.Status.RETRACTED);
    assertThat(skus(gone)).isEqualTo(skus(offer));
    assertThat(counted(Metrics.TRIGGERS_FIRED, "journey")).isEqualTo(sentAndStanding());
  }

  @Test
  void whatWasWithheldForWantOfProductsIsTakenBackAsThat() {
    shelve("lamp", "light");
    long before = counted(Metrics.TRIGGERS_SUPPRESSED, "reason");
    buy("joe", "lamp");
    int sent = said.triggers().size();

    late(EventType.ORDER_CANCELLED, "joe", orders.get(orders.size() - 1));

    Decision last = said.decisions().get(said.decisions().size() - 1);
    assertThat(last.outcome()).isEqualTo(Outcome.RETRACTED);
    assertThat(last.takesBack().outcome()).isEqualTo(Outcome.SUPPRESSED);
    assertThat(last.takesBack().reason()).isEqualTo(Reason.NOTHING_TO_OFFER);
    assertThat(said.triggers()).hasSize(sent);
    assertThat(counted(Metrics.TRIGGERS_SUPPRESSED, "reason")).isEqualTo(before);
  }

  // --- The shop --------------------------------------------------------------------------------

  private long sentAndStanding() {
    long sent = said.triggers().stream().filter(t -> t.status() == Trigger.Status.ACTIVE).count();
    return sent - said.triggers().stream().filter(t -> t.status() != Trigger.Status.ACTIVE).count();
  }

  private long counted(String metric, String dimension) {
    return said.observations().stream()
        .filter(o -> o.metric().equals(metric) && o.dimension().equals(dimension))
        .mapToLong(Observation::count)
        .sum();
  }

  private void shelve(String sku, String category) {
    Money price = new Money(500, "EUR");
    products.put(sku, new Product(sku, 0, sku, category, price, true, List.of()));
  }

  /** Two orders of a pot with its lid. */
  private void plant() {
    buy("ada", "pot", "lid");
    now += DAY;
    buy("eve", "pot", "lid", "spoon");
    now += MINUTE;
  }

  private void noise(int orders) {
    for (int i = 0; i < orders; i++) {
      buy("noise-" + i % 7, "n" + i % 20, "n" + (i * 7 + 3) % 20);
      now += MINUTE;
    }
  }

  /** What is offered to this order, or null. */
  private Trigger buy(String customer, String... skus) {
    String order = "o" + ++number;
    orders.add(order);
    List<Line> lines = new ArrayList<>();
    for (String sku : skus) {
      lines.add(new Line(sku, 1, 500));
    }
    int before = said.triggers().size();
    now += 1000;
    take(event(EventType.ORDER_PAID, customer, order, now, lines, 500L * skus.length), now - 1);
    return said.triggers().size() == before
        ? null
        : said.triggers().get(said.triggers().size() - 1);
  }

  private void back(String type, String customer, String order, long value, String... skus) {
    List<Line> lines = new ArrayList<>();
    for (String sku : skus) {
      lines.add(new Line(sku, 1, 500));
    }
    now += 1000;
    take(event(type, customer, order, now, lines, value), now - 1);
  }

  /** It happened before all that was last decided. */
  private void late(String type, String customer, String order) {
    long at = now - 500;
    // Before the payment it cancels, so that the order was never to be.
    take(event(type, customer, order, at, List.of(), 0), now);
    now += 1000;
    said.addAll(desk.completeTo(now));
  }

  private void take(Event event, long at) {
    CustomerRecord before = customers.computeIfAbsent(event.customer(), CustomerRecord::unknown);
    var arrived = decider.decide(before, new Signal.Arrived(event), at);
    var decided = decider.decide(arrived.customer(), Signal.TimePassed.TICK, now);
    customers.put(event.customer(), decided.customer());
    for (Effects effects : List.of(arrived.effects(), decided.effects())) {
      desk.take(effects);
      said.addAll(effects.settled());
    }
    said.addAll(desk.completeTo(now));
  }

  private Event event(
      String type, String customer, String order, long at, List<Line> lines, long value) {
    return new Event(
        "e" + ++number,
        at,
        type,
        customer,
        new TreeMap<>(Map.of(Attribute.ORDER_ID, order)),
        lines,
        new Money(value, "EUR"));
  }

  private static List<String> skus(Trigger trigger) {
    return trigger == null ? List.of() : trigger.items().stream().map(Trigger.Item::sku).toList();
  }
}
