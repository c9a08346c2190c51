package io.lifestage.offer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How well one method told what was in the rest of baskets. */
public final class Score {

  /**
   * A mean with the bounds between which the true one is in 95 of 100 cases, by the normal
   * approximation.
   */
  public record Mean(double value, double from, double to) {
    static Mean of(double sum, double squares, long count) {
      if (count == 0) {
        return new Mean(0, 0, 0);
      }
      double mean = sum / count;
      double variance = Math.max(0, squares / count - mean * mean);
      double margin = 1.96 * StrictMath.sqrt(variance / count);
      return new Mean(mean, mean - margin, mean + margin);
    }
  }

  private final String name;
  private final List<Double> ranks = new ArrayList<>();
  private final Set<String> named = new HashSet<>();
  private long unanswered;
  private long places;
  private long popular;

  Score(String name) {
    this.name = name;
  }

  /**
   * One basket's answer.
   *
   * @param answer best first
   * @param rest what was in the basket
   * @param bestsellers what counts as popular
   */
  void take(List<String> answer, Set<String> rest, Set<String> bestsellers) {
    double reciprocal = 0;
    for (int i = 0; i < answer.size(); i++) {
      if (reciprocal == 0 && rest.contains(answer.get(i))) {
        reciprocal = 1.0 / (i + 1);
      }
      popular += bestsellers.contains(answer.get(i)) ? 1 : 0;
    }
    ranks.add(reciprocal);
    named.addAll(answer);
    places += answer.size();
    unanswered += answer.isEmpty() ? 1 : 0;
  }

  /** What was asked. */
  public String name() {
    return name;
  }

  /** How many baskets were asked about. */
  public int asked() {
    return ranks.size();
  }

  /** For how many nothing was named. */
  public long unanswered() {
    return unanswered;
  }

  /** The share of baskets of whose rest something was named. */
  public Mean hitRate() {
    double hits = ranks.stream().filter(rank -> rank > 0).count();
    return Mean.of(hits, hits, ranks.size());
  }

  /** The mean of one over the first right place, zero where none was right. */
  public Mean reciprocalRank() {
    return Mean.of(
        ranks.stream().mapToDouble(rank -> rank).sum(),
        ranks.stream().mapToDouble(rank -> rank * rank).sum(),
        ranks.size());
  }

  /** How many baskets more than by the other method had something right, as a share of all. */
  public Mean hitsMoreThan(Score other) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < ranks.size(); i++) {
      double more = (ranks.get(i) > 0 ? 1 : 0) - (other.ranks.get(i) > 0 ? 1 : 0);
      sum += more;
      squares += more * more;
    }
    return Mean.of(sum, squares, ranks.size());
  }

  /** How many different products were named. */
  public int named() {
    return named.size();
  }

  /** The share of all places that the most popular products took. */
  public double popularShare() {
    return places == 0 ? 0 : (double) popular / places;
  }
}
