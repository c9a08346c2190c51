package io.lifestage.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final long HOUR = 3_600_000;
  private static final long BEGIN = 1_700_000_000_000L;

  @Test
  void whatGoesTogetherIsFoundByLearnersAndNotByBestsellers() {
    List<Score> scores = run(shop(1, 0), 0.2);

    assertThat(hits(scores, "live")).isGreaterThan(0.9);
    assertThat(hits(scores, "live, as of the cut")).isGreaterThan(0.9);
    assertThat(hits(scores, "table")).isGreaterThan(0.9);
    assertThat(hits(scores, "table, by cosine")).isGreaterThan(0.9);
    assertThat(hits(scores, "bought most")).isLessThan(0.5);
    assertThat(hits(scores, "chance")).isLessThan(0.5);
  }

  @Test
  void onlyTheLiveLearnerFindsWhatIsNewAfterTheCut() {
    List<Sale> history = shop(2, 0);
    history.addAll(shop(3, 1000));

    List<Score> scores = run(history, 0.5);

    assertThat(hits(scores, "live")).isGreaterThan(0.8);
    assertThat(hits(scores, "live, as of the cut")).isZero();
    assertThat(hits(scores, "table")).isZero();
  }

  @Test
  void whereNothingIsKnownToGoWithItTheBestsellersFillThePlaces() {
    List<Sale> history = shop(2, 0);
    history.add(Sale.of(Basket.ordered(BEGIN + 2000 * HOUR, List.of("unheard-of", "c1"))));

    List<Score> scores =
        new Evaluation(history, BEGIN + 2000 * HOUR, 200, Learning.DEFAULT, 1)
            .run(Map.of(), read -> {});

    assertThat(hits(scores, "live")).isZero();
    assertThat(hits(scores, "live, then bought most")).isEqualTo(1);
  }

  @Test
  void theSameSeedGivesTheSameScores() {
    assertThat(run(shop(4, 0), 0.2).stream().map(EvaluationTest::figures))
        .isEqualTo(run(shop(4, 0), 0.2).stream().map(EvaluationTest::figures).toList());
  }

  @Test
  void placesAreCountedFromTheBest() {
    Score score = new Score("x");
    score.take(List.of("a", "b", "c", "d"), Set.of("d", "b"), Set.of("a"));
    score.take(List.of(), Set.of("d"), Set.of("a"));

    assertThat(score.hitRate().value()).isEqualTo(0.5);
    assertThat(score.reciprocalRank().value()).isEqualTo(0.25);
    assertThat(score.named()).isEqualTo(4);
    assertThat(score.popularShare()).isEqualTo(0.25);
    assertThat(score.unanswered()).isEqualTo(1);
  }

  @Test
  void aDifferenceIsTakenBasketByBasket() {
    Score one = new Score("one");
    Score other = new Score("other");
    for (int i = 0; i < 100; i++) {
      one.take(List.of("a"), Set.of(i < 60 ? "a" : "b"), Set.of());
      other.take(List.of("a"), Set.of(i < 50 ? "a" : "b"), Set.of());
    }

    Score.Mean more = one.hitsMoreThan(other);
    assertThat(more.value()).isCloseTo(0.1, within(1e-9));
    assertThat(more.to() - more.value()).isCloseTo(1.96 * Math.sqrt(0.09 / 100), within(1e-9));
    assertThat(one.hitsMoreThan(one).to()).isZero();
  }

  private static List<Score> run(List<Sale> history, double asked) {
    long cut = Evaluation.cut(history, asked);
    return new Evaluation(history, cut, 5, Learning.DEFAULT, 1)
        .run(Map.of("cosine", Measure.cosine()), read -> {});
  }

  private static double hits(List<Score> scores, String name) {
    return scores.stream()
        .filter(score -> score.name().equals(name))
        .findFirst()
        .orElseThrow()
        .hitRate()
        .value();
  }

  private static List<Object> figures(Score score) {
    return List.of(score.name(), score.hitRate(), score.reciprocalRank(), score.named());
  }

  /** Pairs of 50 kinds, each basket with one pair and a third product by chance. */
  private static List<Sale> shop(long seed, int first) {
    Random random = new Random(seed);
    List<Sale> history = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      int pair = first + random.nextInt(50);
      history.add(
          Sale.of(
              Basket.ordered(
                  BEGIN + (first + i) * HOUR,
                  List.of("a" + pair, "b" + pair, "c" + (first + random.nextInt(50))))));
    }
    return history;
  }
}
