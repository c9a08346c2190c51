package io.lifestage.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Look.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who watches, in which order, and what they are told. */
class WatchersTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long NOW = 500_000 * HOUR;
  private static final Watching FEW = new Watching(720, 3, 2, true);

  // Who, in which order

  @Test
  void theLargestInterestComesFirstAndOfEqualOnesTheLatest() {
    Watchers watchers = new Watchers(Watching.PRODUCT, NOW);
    watchers.add("looked", Mark.VIEWED, 500_000);
    watchers.add("looked before", Mark.VIEWED, 499_999);
    watchers.add("wished", Mark.WISHED, 499_990);
    watchers.add("left it in the cart", Mark.IN_CART, 499_900);

    assertThat(watchers.inOrder())
        .containsExactly("left it in the cart", "wished", "looked", "looked before");
  }

  @Test
  void whoHasBoughtSinceIsNotTold() {
    Watchers watchers = new Watchers(Watching.PRODUCT, NOW);
    watchers.add("bought", Mark.IN_CART, 499_990);
    watchers.add("bought", Mark.BOUGHT, 499_991);
    watchers.add("looked again", Mark.BOUGHT, 499_990);
    watchers.add("looked again", Mark.VIEWED, 499_991);

    assertThat(watchers.inOrder()).containsExactly("looked again");
  }

  @Test
  void whoBoughtOfACategoryIsTheFirstToHearOfIt() {
    Watchers watchers = new Watchers(Watching.CATEGORY, NOW);
    watchers.add("looked", Mark.VIEWED, 500_000);
    watchers.add("bought", Mark.BOUGHT, 499_000);

    assertThat(watchers.inOrder()).containsExactly("bought", "looked");
  }

  @Test
  void aLookCountsForThirtyDaysAndThenIsForgotten() {
    Watchers watchers = new Watchers(Watching.PRODUCT, NOW);

    assertThat(watchers.add("in time", Mark.VIEWED, 500_000 - 720)).isTrue();
    assertThat(watchers.add("too long ago", Mark.VIEWED, 500_000 - 721)).isFalse();
    assertThat(watchers.inOrder()).containsExactly("in time");
  }

  @Test
  void whoLooksLaterHadNotLooked() {
    Watchers watchers = new Watchers(Watching.PRODUCT, NOW);

    assertThat(watchers.add("later", Mark.VIEWED, 500_001)).isTrue();
    assertThat(watchers.inOrder()).isEmpty();
  }

  @Test
  void ofTooManyThoseWithTheLeastInterestGo() {
    Watchers watchers = new Watchers(FEW, NOW);
    watchers.add("a", Mark.VIEWED, 499_999);
    watchers.add("b", Mark.IN_CART, 499_500);
    watchers.add("c", Mark.WISHED, 499_500);
    watchers.add("d", Mark.VIEWED, 500_000);
    watchers.add("e", Mark.BOUGHT, 500_000);

    assertThat(watchers.inOrder()).containsExactly("b", "c", "d");
    assertThat(watchers.surplus()).containsExactlyInAnyOrder("a", "e");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderIsTheSameHoweverTheyAreRead(long seed) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      numbers.add(i);
    }
    List<String> first = read(numbers);
    Collections.shuffle(numbers, new Random(seed));

    assertThat(read(numbers)).isEqualTo(first).hasSize(300);
  }

  private static List<String> read(List<Integer> numbers) {
    Watchers watchers = new Watchers(Watching.PRODUCT, NOW);
    for (int i : numbers) {
      watchers.add("c" + i, i % 3 == 0 ? Mark.WISHED : Mark.VIEWED, 500_000 - i % 7);
    }
    return watchers.inOrder();
  }

  @Test
  void aLookIsSurelyOverByTheMidnightThatIsSaid() {
    for (long looked = 480_000; looked < 480_050; looked++) {
      long by = Watching.PRODUCT.overBy(looked);

      assertThat(Watching.PRODUCT.isOver(looked, Watching.hour(by))).isTrue();
      assertThat(by % Duration.ofDays(1).toMillis()).isZero();
      assertThat(Watching.hour(by) - looked).isLessThan(720 + 26);
    }
  }

  // What events say

  @Test
  void viewsWishesCartsAndOrdersSayWhatACustomerWants() {
    assertThat(Look.of(event(EventType.PRODUCT_VIEWED, "mug")))
        .containsExactly(new Look("mug", "kitchen", "ada", Mark.VIEWED, NOW));
    assertThat(Look.of(event(EventType.PRODUCT_ADDED_TO_WISHLIST, "mug")))
        .extracting(Look::mark)
        .containsExactly(Mark.WISHED);
    assertThat(Look.of(event(EventType.PRODUCT_ADDED, "mug")))
        .extracting(Look::mark)
        .containsExactly(Mark.IN_CART);
    assertThat(Look.of(order())).extracting(Look::mark).containsOnly(Mark.BOUGHT).hasSize(2);
  }

  @Test
  void otherEventsSayNothing() {
    assertThat(Look.of(event(EventType.PAGE_VIEWED, "mug"))).isEmpty();
    assertThat(Look.of(event(EventType.PRODUCT_REMOVED, "mug"))).isEmpty();
    assertThat(Look.of(event(EventType.PRICE_DROPPED, "mug"))).isEmpty();
  }

  // What a change means

  @Test
  void aLowerPriceOfTheSameCurrencyIsADrop() {
    ProductChange change = ProductChange.between(mug(1, 1000, true), mug(2, 900, true));

    assertThat(change.type()).isEqualTo(EventType.PRICE_DROPPED);
    assertThat(change.before()).isEqualTo(1000);
  }

  @Test
  void whatIsNoDropIsNone() {
    Product before = mug(1, 1000, true);

    assertThat(ProductChange.between(before, mug(2, 1000, true))).isNull();
    assertThat(ProductChange.between(before, mug(2, 1001, true))).isNull();
    assertThat(ProductChange.between(before, mug(2, 0, true))).as("no price").isNull();
    assertThat(ProductChange.between(mug(1, 0, true), mug(2, -5, true))).isNull();
    assertThat(ProductChange.between(before, mug(2, 900, false))).as("not for sale").isNull();
    assertThat(ProductChange.between(before, priced(2, new Money(900, "USD"), true))).isNull();
    assertThat(ProductChange.between(before, priced(2, Money.NONE, true))).isNull();
  }

  @Test
  void whatComesBackCheaperHasComeBackAndIsToldOnce() {
    ProductChange change = ProductChange.between(mug(1, 1000, false), mug(2, 900, true));

    assertThat(change.type()).isEqualTo(EventType.BACK_IN_STOCK);
    assertThat(change.before()).isEqualTo(1000);
  }

  @Test
  void aDropIsUndoneByAHigherPriceAnotherCurrencyOrAnEmptyShelf() {
    ProductChange drop = ProductChange.between(mug(1, 1000, true), mug(2, 900, true));

    assertThat(drop.isUndoneBy(mug(3, 901, true))).isTrue();
    assertThat(drop.isUndoneBy(priced(3, new Money(900, "USD"), true))).isTrue();
    assertThat(drop.isUndoneBy(mug(3, 900, false))).isTrue();
    assertThat(drop.isUndoneBy(mug(3, 900, true))).isFalse();
  }

  @Test
  void whatIsBackStaysBackWhateverItCosts() {
    ProductChange back = ProductChange.between(mug(1, 1000, false), mug(2, 1000, true));

    assertThat(back.isUndoneBy(mug(3, 2000, true))).isFalse();
    assertThat(back.isUndoneBy(mug(3, 1000, false))).isTrue();
  }

  @Test
  void theEventSaysWhatACustomersJourneysAskFor() {
    ProductChange drop = ProductChange.between(mug(1, 1000, true), mug(NOW, 900, true));

    assertThat(drop.toldTo("ada", NOW + 3000))
        .isEqualTo(
            new Event(
                "price_dropped/mug/" + NOW + "/ada",
                NOW + 3000,
                EventType.PRICE_DROPPED,
                "ada",
                Map.of(
                    Attribute.SKU,
                    "mug",
                    Attribute.CATEGORY,
                    "kitchen",
                    Attribute.PRICE_BEFORE,
                    "1000"),
                List.of(),
                new Money(900, "EUR")));
  }

  private static Product mug(long from, long price, boolean available) {
    return priced(from, new Money(price, "EUR"), available);
  }

  private static Product priced(long from, Money price, boolean available) {
    return new Product("mug", from, "Mug", "kitchen", price, available, List.of());
  }

  private static Event event(String type, String sku) {
    Map<String, String> says = Map.of(Attribute.SKU, sku, Attribute.CATEGORY, "kitchen");
    return new Event("e", NOW, type, "ada", says, List.of(), Money.NONE);
  }

  private static Event order() {
    return new Event(
        "e",
        NOW,
        EventType.ORDER_PLACED,
        "ada",
        Map.of(Attribute.ORDER_ID, "o1"),
        List.of(new Line("mug", 1, 500), new Line("pot", 1, 500)),
        new Money(1000, "EUR"));
  }
}
