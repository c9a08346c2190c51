package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.definition.RetailPack;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Basket;
import io.lifestage.offer.Evidence;
import io.lifestage.offer.Sale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What one customer tells of products that go together. */
class TogetherTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private Catalogue catalogue = Catalogue.EMPTY;
  private CustomerRecord record = CustomerRecord.unknown("ada");
  private final List<Sale> sales = new ArrayList<>();
  private long now = Long.MIN_VALUE;
  private int number;

  @Test
  void anOrderTeachesWhenItIsPaid() {
    happens(EventType.ORDER_PLACED, NOON, "o1", "pot", "lid");
    passTo(NOON + MINUTE);
    assertThat(sales).isEmpty();

    happens(EventType.ORDER_PAID, NOON + 2 * MINUTE, "o1");
    passTo(NOON + 3 * MINUTE);

    assertThat(sales)
        .containsExactly(sale(NOON + 2 * MINUTE, Evidence.ORDER, NOON + 2 * MINUTE, "pot", "lid"));
  }

  @Test
  void aCancelledOrderIsUnlearntAtTheTimeItWasPaid() {
    happens(EventType.ORDER_PAID, NOON, "o1", "pot", "lid");
    happens(EventType.ORDER_CANCELLED, NOON + HOUR, "o1");
    passTo(NOON + 2 * HOUR);

    Sale learnt = sale(NOON, Evidence.ORDER, NOON, "pot", "lid");
    assertThat(sales).containsExactly(learnt, learnt.opposite(NOON + HOUR));
  }

  @Test
  void anOrderOfOneProductTeachesItsCategoryAlone() {
    catalogue =
        (sku, at) -> new Product(sku, 0, sku, "kitchen", new Money(1, "EUR"), true, List.of());
    happens(EventType.ORDER_PAID, NOON, "o1", "pot");
    passTo(NOON + MINUTE);

    assertThat(sales)
        .extracting(Sale::category, sale -> sale.basket().products())
        .containsExactly(tuple("kitchen", List.of("c/kitchen", "pot")));
  }

  @Test
  void whatIsTakenBackIsTakenFromTheCategoryThatHadIt() {
    catalogue =
        (sku, at) ->
            new Product(
                sku,
                at < NOON + MINUTE ? 1 : NOON + MINUTE,
                sku,
                at < NOON + MINUTE ? "shoes" : "boots",
                new Money(1, "EUR"),
                true,
                List.of());
    happens(EventType.ORDER_PAID, NOON, "o1", "pot");
    happens(EventType.ORDER_CANCELLED, NOON + HOUR, "o1");
    passTo(NOON + 2 * HOUR);

    assertThat(sales)
        .extracting(Sale::category, Sale::undone)
        .containsExactly(tuple("shoes", false), tuple("shoes", true));
  }

  @Test
  void ofTwoLinesOfOneProductOneComesBack() {
    happens(EventType.ORDER_PAID, NOON, "o1", "pot", "pot", "lid");
    happens(EventType.ORDER_REFUNDED, NOON + MINUTE, "o1", "pot");
    passTo(NOON + HOUR);

    assertThat(record.current().orders().get("o1").lines())
        .extracting(Line::sku)
        .containsExactly("pot", "lid");
    assertThat(sales).hasSize(1);
  }

  @Test
  void aCartTeachesWhenItIsLeftBehindOnce() {
    adds(NOON, "pot");
    adds(NOON + MINUTE, "lid");
    passTo(NOON + 5 * HOUR);
    adds(NOON + 6 * HOUR, "spoon");
    passTo(NOON + 9 * HOUR);

    assertThat(sales)
        .containsExactly(sale(NOON + MINUTE + HOUR, Evidence.CART, NOON + MINUTE, "pot", "lid"));
  }

  @Test
  void aVisitTeachesOnceItIsOver() {
    views(NOON, "pot");
    views(NOON + 20 * MINUTE, "lid");
    passTo(NOON + 50 * MINUTE - 1);
    assertThat(sales).isEmpty();

    passTo(NOON + 50 * MINUTE);

    assertThat(sales)
        .containsExactly(
            sale(NOON + 50 * MINUTE, Evidence.SESSION, NOON + 20 * MINUTE, "lid", "pot"));
  }

  @Test
  void twoVisitsAreTwo() {
    views(NOON, "pot");
    views(NOON + MINUTE, "lid");
    views(NOON + 3 * HOUR, "spoon");
    views(NOON + 3 * HOUR + MINUTE, "cup");
    passTo(NOON + 9 * HOUR);

    assertThat(sales)
        .extracting(sale -> sale.basket().products())
        .containsExactly(List.of("lid", "pot"), List.of("cup", "spoon"));
  }

  @Test
  void whoLooksAtOneProductTeachesNothing() {
    views(NOON, "pot");
    views(NOON + MINUTE, "pot");
    passTo(NOON + 9 * HOUR);

    assertThat(sales).isEmpty();
  }

  @Test
  void aLookThatComesLateMakesAnotherVisitOfIt() {
    views(NOON, "pot");
    views(NOON + 2 * MINUTE, "lid");
    passTo(NOON + 40 * MINUTE);

    views(NOON + MINUTE, "spoon");

    Sale told = sale(NOON + 32 * MINUTE, Evidence.SESSION, NOON + 2 * MINUTE, "lid", "pot");
    Sale right =
        sale(NOON + 32 * MINUTE, Evidence.SESSION, NOON + 2 * MINUTE, "lid", "spoon", "pot");
    assertThat(sales).containsExactly(told, told.opposite(NOON + 40 * MINUTE), right);
  }

  private static Sale sale(long at, Evidence evidence, long basketAt, String... skus) {
    return new Sale(at, new Basket(basketAt, List.of(skus), evidence), false, null, "ada");
  }

  private void adds(long at, String sku) {
    take(event(EventType.PRODUCT_ADDED, at, Map.of("cart_id", "c1", "sku", sku), List.of()));
  }

  private void views(long at, String sku) {
    take(event(EventType.PRODUCT_VIEWED, at, Map.of(Attribute.SKU, sku), List.of()));
  }

  private void happens(String type, long at, String order, String... skus) {
    List<Line> lines = new ArrayList<>();
    for (String sku : skus) {
      lines.add(new Line(sku, 1, 500));
    }
    take(event(type, at, Map.of(Attribute.ORDER_ID, order), lines));
  }

  private Event event(String type, long at, Map<String, String> attributes, List<Line> lines) {
    Money value = new Money(500L * lines.size(), "EUR");
    return new Event("e" + ++number, at, type, "ada", new TreeMap<>(attributes), lines, value);
  }

  private void take(Event event) {
    if (event.at() > now) {
      passTo(event.at() - 1);
    }
    decide(new Signal.Arrived(event));
  }

  private void passTo(long moment) {
    now = Math.max(now, moment);
    decide(Signal.TimePassed.TICK);
  }

  private void decide(Signal signal) {
    Decider decider = new Decider(RetailPack.definitions(), catalogue, Policy.DEFAULT);
    Outcome outcome = decider.decide(record, signal, now);
    record = outcome.customer();
    sales.addAll(outcome.effects().sales());
  }
}
