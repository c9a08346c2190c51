package io.lifestage.traffic;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.ProductChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopTest {
  private static final Assortment ASSORTMENT = Assortment.homeAndGarden();
  private static final World STILL = Worlds.of(42, 0, 0);
  private static final Shop SHOP = new Shop(STILL.alive(), ASSORTMENT);
  private static final int DAYS = 120;

  @Test
  void aShopThatStandsStillIsAlwaysTheAssortment() {
    Shop still = new Shop(STILL, ASSORTMENT);

    assertThat(still.stock(Worlds.day(50)))
        .isEqualTo(ASSORTMENT.effectiveAt(Worlds.BEGINNING))
        .isEqualTo(still.stock(Worlds.BEGINNING));
    assertThat(still.nextChange(Worlds.BEGINNING)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatItIsAtAMomentDoesNotDependOnWhatElseIsAsked() {
    List<Long> moments =
        LongStream.range(0, 200).mapToObj(i -> Worlds.BEGINNING + i * 13 * Rhythm.HOUR).toList();
    Map<Long, List<Product>> forwards = new HashMap<>();
    moments.forEach(at -> forwards.put(at, SHOP.stock(at)));

    Shop other = new Shop(STILL.alive(), ASSORTMENT);
    for (long at : moments.stream().sorted(Comparator.reverseOrder()).toList()) {
      assertThat(other.stock(at)).isEqualTo(forwards.get(at));
    }
  }

  @Test
  void anotherSeedIsAnotherHistory() {
    Shop other = new Shop(Worlds.of(43, 0, 0).alive(), ASSORTMENT);

    assertThat(changes(other, DAYS)).isNotEqualTo(changes(SHOP, DAYS));
  }

  /** Whoever was told every change knows the shop, whenever they look. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theChangesAreAllThatChanges(long seed) {
    Shop shop = new Shop(Worlds.of(seed, 0, 0).alive(), ASSORTMENT);
    Map<String, Product> known = bySku(shop.stock(Worlds.BEGINNING));
    long told = Worlds.BEGINNING;
    for (int day = 1; day <= DAYS; day++) {
      for (long at = shop.nextChange(told); at <= Worlds.day(day); at = shop.nextChange(at)) {
        assertThat(shop.changesAt(at)).isNotEmpty();
        shop.changesAt(at).forEach(product -> known.put(product.sku(), product));
        told = at;
      }
      assertThat(bySku(shop.stock(Worlds.day(day)))).isEqualTo(known);
      for (Product product : known.values()) {
        assertThat(shop.product(product.sku(), Worlds.day(day))).isEqualTo(product);
      }
    }
  }

  @Test
  void pricesDropProductsComeBackAndNewOnesAppearNowAndThen() {
    List<String> types = happenings(SHOP).stream().map(ProductChange::type).toList();

    assertThat(types.stream().filter(EventType.PRICE_DROPPED::equals).count())
        .isBetween(200L, 900L);
    assertThat(types.stream().filter(EventType.BACK_IN_STOCK::equals).count())
        .isBetween(100L, 600L);
    assertThat(types.stream().filter(EventType.NEW_ARRIVAL::equals).count()).isBetween(15L, 60L);
  }

  @Test
  void aPriceThatDropsIsAtLeastATwentiethLessAndComesBackToWhatItWas() {
    for (ProductChange drop : happenings(SHOP)) {
      if (drop.type().equals(EventType.PRICE_DROPPED)) {
        assertThat(drop.price().minor() * 20).isLessThan(drop.before() * 19);
        assertThat(ASSORTMENT.get(drop.sku()).price().minor()).isEqualTo(drop.before());
        long after = drop.at() + 5 * Rhythm.DAY;
        assertThat(SHOP.product(drop.sku(), after).price().minor()).isEqualTo(drop.before());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 42})
  void somethingHappensSoonAfterTheOpening(long seed) {
    World world = Worlds.of(seed, 0, 0).alive();
    long opening = world.opening();

    assertThat(happenings(new Shop(world, ASSORTMENT), DAYS + 1))
        .filteredOn(change -> change.at() >= opening && change.at() <= opening + 2 * Rhythm.HOUR)
        .hasSizeGreaterThan(2);
  }

  @Test
  void aMinorityNamesWhatGoesWithIt() {
    List<Product> stock = SHOP.stock(Worlds.BEGINNING);
    long naming = stock.stream().filter(product -> !product.complements().isEmpty()).count();

    assertThat(naming).isBetween(stock.size() / 5L, stock.size() / 3L);
  }

  @Test
  void anEditionThatIsReplacedCantBeBoughtAnyMore() {
    List<Product> inThreeYears = SHOP.stock(Worlds.day(1_000));
    List<Product> editions = inThreeYears.stream().filter(p -> p.sku().contains(".")).toList();

    assertThat(editions).extracting(Product::name).doesNotHaveDuplicates();
    assertThat(editions.stream().filter(Product::available).count())
        .as("one for each product that is renewed")
        .isEqualTo(ASSORTMENT.products().size() / 5);
    assertThat(editions).hasSizeGreaterThan(200);
  }

  private static List<ProductChange> happenings(Shop shop) {
    return happenings(shop, DAYS);
  }

  /** What customers who watch would be told of. */
  private static List<ProductChange> happenings(Shop shop, int days) {
    Map<String, Product> known = bySku(shop.stock(Worlds.BEGINNING));
    List<ProductChange> happenings = new ArrayList<>();
    for (Product product : changes(shop, days)) {
      Product before = known.put(product.sku(), product);
      ProductChange change =
          before == null ? ProductChange.arrival(product) : ProductChange.between(before, product);
      if (change != null) {
        happenings.add(change);
      }
    }
    return happenings;
  }

  private static List<Product> changes(Shop shop, int days) {
    List<Product> changes = new ArrayList<>();
    for (long at = shop.nextChange(Worlds.BEGINNING);
        at < Worlds.day(days);
        at = shop.nextChange(at)) {
      changes.addAll(shop.changesAt(at));
    }
    return changes;
  }

  private static Map<String, Product> bySku(List<Product> products) {
    return products.stream().collect(toMap(Product::sku, Function.identity()));
  }
}
