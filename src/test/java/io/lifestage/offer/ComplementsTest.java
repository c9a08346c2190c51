package io.lifestage.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplementsTest {
  private static final long MINUTE = 60_000;
  private static final long DAY = 1440 * MINUTE;

  /** The beginning of a minute. */
  private static final long BEGIN = 28_333_333 * MINUTE;

  private final Complements complements = new Complements(Learning.OFFERED);
  private final Random random = new Random(11);
  private long now = BEGIN;

  @Test
  void aPlantedPairIsOfferedOnceItsSupportIsReached() {
    noise(500);
    buy("pot", "lid");
    assertThat(offered("pot")).doesNotContain("lid");

    buy("pot", "lid");

    assertThat(complements.ask(List.of("pot"), now).get(0))
        .satisfies(
            best -> {
              assertThat(best.sku()).isEqualTo("lid");
              assertThat(best.support()).isBetween(1.9, 2.0);
              assertThat(best.lift()).isGreaterThan(10);
            });
    assertThat(offered("lid")).startsWith("pot");
  }

  @Test
  void oneBasketIsNamedAfterWhatHasSupport() {
    noise(500);
    buy("pot", "spoon");
    buy("pot", "lid", "whisk", "bowl");
    buy("pot", "lid");

    assertThat(named("pot")).startsWith("lid", "spoon").contains("whisk", "bowl");
  }

  @Test
  void oneBasketIsNotOffered() {
    noise(500);
    buy("pot", "spoon");
    buy("pot", "lid", "whisk", "bowl");
    buy("pot", "lid");

    assertThat(offered("pot")).containsExactly("lid");
  }

  @Test
  void aPairThatIsNoLongerBoughtCeases() {
    noise(500);
    buy("pot", "lid");
    buy("pot", "lid");

    now += 300 * DAY;
    noise(500);

    assertThat(offered("pot")).doesNotContain("lid");
  }

  @Test
  void aPairThatIsStillBoughtDoesNot() {
    noise(500);
    buy("pot", "lid");
    buy("pot", "lid");

    now += 300 * DAY;
    noise(500);
    buy("pot", "lid");

    assertThat(offered("pot")).startsWith("lid");
  }

  @Test
  void aPairThatIsRefundedCeases() {
    noise(500);
    buy("pot", "lid");
    Basket refunded = buy("pot", "lid");

    complements.undo(refunded, now);

    assertThat(offered("pot")).doesNotContain("lid");
    assertThat(offered("lid")).doesNotContain("pot");
  }

  @Test
  void aLineThatIsRefundedCeasesAndTheOthersStay() {
    noise(500);
    buy("pot", "lid", "spoon");
    Basket refunded = buy("pot", "lid", "spoon");

    complements.undo(refunded, now);
    complements.take(Basket.ordered(now, List.of("pot", "spoon")));

    assertThat(offered("pot")).contains("spoon").doesNotContain("lid");
  }

  /**
   * Best-seller "bag" is in two of three baskets of everything, "lid" in some of those of "pot".
   */
  @Test
  void aBestsellerThatIsBoughtWithEverythingComesAfterWhatGoesWithIt() {
    boughtWithBags();

    assertThat(named("pot")).startsWith("lid", "bag");
  }

  @Test
  void asAnOfferABestsellerGoesWithNothing() {
    boughtWithBags();

    assertThat(offered("pot")).startsWith("lid").doesNotContain("bag");
    assertThat(offered("p1")).doesNotContain("bag");
  }

  @Test
  void byConditionalProbabilityItWouldComeFirst() {
    boughtWithBags();

    assertThat(complements.ask(List.of("pot"), now, Measure.conditional()))
        .extracting(Candidate::sku)
        .startsWith("bag", "lid");
  }

  @Test
  void whereNothingElseGoesWithItTheBestsellerIsNamed() {
    boughtWithBags();

    assertThat(named("p1")).startsWith("bag");
  }

  @Test
  void whatIsBoughtTogetherLessThanAQuarterAsOftenAsByChanceIsNotNamed() {
    for (int i = 0; i < 100; i++) {
      buy("bag", "p" + i % 10);
      buy("pot", "lid");
    }
    buy("pot", "bag");
    buy("pot", "bag");

    assertThat(named("pot")).containsExactly("lid");
  }

  private void boughtWithBags() {
    for (int i = 0; i < 1000; i++) {
      List<String> basket = new ArrayList<>(List.of("p" + random.nextInt(40), "q" + i % 30));
      if (i % 3 > 0) {
        basket.add("bag");
      }
      if (i % 25 == 0) {
        basket.add("pot");
      }
      if (i % 50 == 0) {
        basket.add("lid");
      }
      buy(basket.toArray(String[]::new));
    }
  }

  @Test
  void severalProductsAreAskedTogether() {
    noise(500);
    for (int i = 0; i < 5; i++) {
      buy("pot", "lid");
      buy("pot", "whisk");
      buy("bowl", "whisk");
    }

    assertThat(offered("pot", "bowl")).startsWith("whisk");
  }

  @Test
  void whatWasBoughtIsNotOffered() {
    noise(100);
    buy("pot", "lid");
    buy("pot", "lid");

    assertThat(offered("pot", "lid")).doesNotContain("pot", "lid");
  }

  @Test
  void nothingIsKnownOfAProductThatNobodyBought() {
    noise(10);

    assertThat(complements.ask(List.of("unheard-of"), now)).isEmpty();
  }

  @Test
  void popularityIsThatOfTheLastMinute() {
    noise(100);
    complements.take(Basket.ordered(now, List.of("pot", "lid")));
    complements.take(Basket.ordered(now + 1, List.of("pot", "lid")));

    assertThat(complements.ask(List.of("pot"), now + 2)).isEmpty();
    assertThat(complements.ask(List.of("pot"), now + MINUTE)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theAnswersOfProductsAreOneInWhicheverOrderTheyCome(long seed) {
    Random order = new Random(seed);
    List<Candidate> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(new Candidate("p" + order.nextInt(40), order.nextInt(1_000_000), 2, 3));
    }
    List<Candidate> first = Complements.gathered(answers, Set.of("p1"));
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(answers, order);
      assertThat(Complements.gathered(answers, Set.of("p1"))).isEqualTo(first);
    }
    assertThat(first).extracting(Candidate::sku).doesNotContain("p1").doesNotHaveDuplicates();
  }

  private List<String> offered(String... bought) {
    return skus(complements.ask(List.of(bought), now + MINUTE));
  }

  /** What is named where offers are measured. */
  private List<String> named(String... bought) {
    return skus(complements.ask(List.of(bought), now + MINUTE, Affinity.DEFAULT));
  }

  private static List<String> skus(List<Candidate> candidates) {
    return candidates.stream().limit(10).map(Candidate::sku).toList();
  }

  private Basket buy(String... products) {
    now += MINUTE;
    Basket basket = Basket.ordered(now, List.of(products));
    complements.take(basket);
    return basket;
  }

  private void noise(int baskets) {
    for (int i = 0; i < baskets; i++) {
      buy("p" + random.nextInt(40), "p" + random.nextInt(40), "p" + random.nextInt(40));
    }
  }
}
