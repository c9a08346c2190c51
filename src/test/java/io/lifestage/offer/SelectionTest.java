package io.lifestage.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Offer.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final List<Candidate> LID = List.of(new Candidate("lid", 900, 3, 12));

  private final Map<String, Product> products = new HashMap<>();
  private final Catalogue catalogue = (sku, at) -> products.get(sku);

  SelectionTest() {
    shelve("pot", 4000, true, "spoon");
    shelve("spoon", 300, true);
    shelve("lid", 900, true);
    shelve("pan", 5000, true);
  }

  @Test
  void whatWasChosenByHandComesBeforeWhatWasLearnt() {
    assertThat(select(Set.of(), LID).offers())
        .extracting(Offer::sku, Offer::source, Offer::support)
        .containsExactly(tuple("spoon", Source.CHOSEN, 0.0), tuple("lid", Source.LEARNT, 3.0));
  }

  @Test
  void whatTheCustomerOwnsIsNeverOffered() {
    assertThat(select(Set.of("spoon", "lid"), LID)).isEqualTo(new Offers(List.of(), Reason.OWNED));
  }

  @Test
  void whatIsOutOfStockIsNeverOffered() {
    shelve("spoon", 300, false);
    products.remove("lid");

    assertThat(select(Set.of(), LID).reason()).isEqualTo(Reason.OUT_OF_STOCK);
  }

  @Test
  void whatIsOutsideOfTheBoundsOfPriceIsNeverOffered() {
    shelve("spoon", 99, true);
    shelve("lid", 1001, true);

    assertThat(select(Set.of(), LID).reason()).isEqualTo(Reason.PRICE);
  }

  @Test
  void aVariantOfWhatWasBoughtIsNeverOffered() {
    shelve("pot-red", 900, true);
    shelve("spoon", 300, false);
    List<Candidate> variant = List.of(new Candidate("pot-red", 900, 3, 12));

    assertThat(select(Set.of(), variant).reason()).isEqualTo(Reason.SEVERAL);
  }

  @Test
  void theCategoryIsAskedWhereNothingBetterIsKnown() {
    shelve("pot", 4000, true);

    assertThat(selection(Set.of()).of(List.of("pot"), List.of(), List.of("pan", "lid"), 1).offers())
        .extracting(Offer::sku, Offer::source)
        .containsExactly(tuple("lid", Source.CATEGORY));
  }

  @Test
  void whereNothingIsKnownItSaysSo() {
    shelve("pot", 4000, true);

    assertThat(select(Set.of(), List.of())).isEqualTo(new Offers(List.of(), Reason.NOTHING_KNOWN));
  }

  private Offers select(Set<String> owned, List<Candidate> learnt) {
    return selection(owned).of(List.of("pot"), learnt, List.of(), 1);
  }

  private Selection selection(Set<String> owned) {
    return new Selection(
        catalogue, owned, (one, other) -> other.startsWith(one + "-"), 100, 1000, 3);
  }

  private void shelve(String sku, long price, boolean available, String... complements) {
    products.put(
        sku,
        new Product(
            sku, 0, sku, "kitchen", new Money(price, "EUR"), available, List.of(complements)));
  }
}
