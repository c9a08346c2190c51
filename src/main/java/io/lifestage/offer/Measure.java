package io.lifestage.offer;

import java.util.Arrays;
import java.util.List;

/**
 * How well one product goes with another: the greater the better; zero or less is not at all.
 *
 * <p>The classical ones are here to be compared with; what offers are made by is {@link Affinity}.
 */
@FunctionalInterface
public interface Measure {

  /** How well the second product goes with the first. */
  double of(Together together);

  /** The share of the first product's baskets that had the second one. */
  static Measure conditional() {
    return t -> t.both() / t.one();
  }

  /**
   * The cosine of the two products' columns in the table of baskets, as in G. Linden, B. Smith and
   * J. York, "Amazon.com Recommendations: Item-to-Item Collaborative Filtering", IEEE Internet
   * Computing 7(1), 2003.
   */
  static Measure cosine() {
    return t -> t.both() / StrictMath.sqrt(t.one() * t.other());
  }

  /** How many times as often as by chance, from three baskets with both on. */
  static Measure lift() {
    return t -> t.both() < 3 ? 0 : t.both() * t.baskets() / (t.one() * t.other());
  }

  /**
   * The log-likelihood ratio of T. Dunning, "Accurate Methods for the Statistics of Surprise and
   * Coincidence", Computational Linguistics 19(1), 1993; of those that are together more often than
   * by chance.
   */
  static Measure logLikelihood() {
    return t -> {
      if (t.both() <= t.expected()) {
        return 0;
      }
      double onlyOne = Math.max(0, t.one() - t.both());
      double onlyOther = Math.max(0, t.other() - t.both());
      double neither = Math.max(0, t.baskets() - t.both() - onlyOne - onlyOther);
      double rows = entropy(t.both() + onlyOne, onlyOther + neither);
      double columns = entropy(t.both() + onlyOther, onlyOne + neither);
      return 2 * (rows + columns - entropy(t.both(), onlyOne, onlyOther, neither));
    };
  }

  /** Not divided by its sum, as Dunning's formula has it. */
  private static double entropy(double... counts) {
    double sum = Arrays.stream(counts).sum();
    return logged(sum) - Arrays.stream(counts).map(Measure::logged).sum();
  }

  private static double logged(double count) {
    return count <= 0 ? 0 : count * StrictMath.log(count);
  }

  /** The names of the measures. */
  static List<String> names() {
    return List.of("affinity", "cosine", "conditional", "lift", "log-likelihood");
  }

  /** The measure of that name. */
  static Measure named(String name) {
    return switch (name) {
      case "affinity" -> Affinity.DEFAULT;
      case "cosine" -> cosine();
      case "conditional" -> conditional();
      case "lift" -> lift();
      case "log-likelihood" -> logLikelihood();
      default -> throw new IllegalArgumentException("no measure '" + name + "'");
    };
  }
}
