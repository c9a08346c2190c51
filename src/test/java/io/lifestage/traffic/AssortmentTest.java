package io.lifestage.traffic;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Product;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssortmentTest {
  private static final Assortment SHOP = Assortment.homeAndGarden();
  private static final List<Product> PRODUCTS = SHOP.effectiveAt(123);

  @Test
  void thereAreAboutTwoHundredProductsEachWithItsOwnNumberAndName() {
    assertThat(PRODUCTS).hasSizeBetween(190, 250);
    assertThat(PRODUCTS).extracting(Product::sku).doesNotHaveDuplicates();
    assertThat(PRODUCTS).extracting(Product::name).doesNotHaveDuplicates();
  }

  @Test
  void everyProductHasAPriceAndIsEffectiveAsAsked() {
    assertThat(PRODUCTS).allMatch(p -> p.price().minor() > 0 && p.price().currency().equals("EUR"));
    assertThat(PRODUCTS).allMatch(p -> p.effectiveAt() == 123);
  }

  @Test
  void complementsAreOtherProductsOfTheShop() {
    assertThat(PRODUCTS)
        .allSatisfy(
            p ->
                assertThat(p.complements())
                    .isNotEmpty()
                    .doesNotContain(p.sku())
                    .doesNotHaveDuplicates()
                    .allMatch(sku -> SHOP.get(sku) != null));
  }

  @Test
  void someProductsAreNotAvailable() {
    assertThat(PRODUCTS.stream().filter(p -> !p.available()).count()).isBetween(3L, 15L);
  }

  @Test
  void fewProductsGetMostOfTheAttention() {
    Dice dice = new Dice(1);
    List<Long> looks =
        IntStream.range(0, 20_000)
            .mapToObj(i -> SHOP.any(dice).sku())
            .collect(groupingBy(sku -> sku, counting()))
            .values()
            .stream()
            .sorted(Comparator.reverseOrder())
            .toList();

    assertThat(looks).hasSizeGreaterThan(200);
    assertThat(looks.subList(0, 20).stream().mapToLong(n -> n).sum()).isGreaterThan(9_000);
  }
}
