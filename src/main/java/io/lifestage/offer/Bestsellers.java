package io.lifestage.offer;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is bought most, whatever it goes with: what complements have to be better than. */
final class Bestsellers {
  private static final long HOUR = 3_600_000;

  private final double halfLife;
  private final int most;
  private final Map<String, Double> weights = new HashMap<>();
  private List<String> list = List.of();
  private long begin = Long.MIN_VALUE;
  private long hour = Long.MIN_VALUE;

  /**
   * Nothing was bought.
   *
   * @param halfLife after which a basket counts half
   * @param most how many are listed
   */
  Bestsellers(Duration halfLife, int most) {
    this.halfLife = halfLife.toMillis();
    this.most = most;
  }

  void take(Basket basket) {
    if (begin == Long.MIN_VALUE) {
      begin = basket.at();
    }
    double weight = StrictMath.pow(2, (basket.at() - begin) / halfLife);
    basket.products().forEach(product -> weights.merge(product, weight, Double::sum));
  }

  /** Most bought first, as of the last full hour. */
  List<String> list(long now) {
    if (Math.floorDiv(now, HOUR) > hour) {
      hour = Math.floorDiv(now, HOUR);
      list =
          weights.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(most)
              .map(Map.Entry::getKey)
              .toList();
    }
    return list;
  }
}
