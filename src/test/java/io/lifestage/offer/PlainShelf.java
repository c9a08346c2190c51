package io.lifestage.offer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Counts pairs the slow way: keeps every basket, and sums what is left of each with doubles. What
 * {@link CoPurchases} says has to be this, as long as nothing was let go.
 */
final class PlainShelf {
  private final double halfLife;
  private final List<Basket> baskets = new ArrayList<>();

  PlainShelf(double halfLife) {
    this.halfLife = halfLife;
  }

  void take(Basket basket) {
    baskets.add(basket);
  }

  void undo(Basket basket) {
    baskets.remove(basket);
  }

  /** In how many baskets both are, now. */
  double both(String one, String other, long now) {
    return sum(now, 1, one, other);
  }

  /** The same without decay, from an era on. */
  long times(String one, String other, int era, Decay decay) {
    return baskets.stream()
        .filter(basket -> decay.era(basket.at()) >= era)
        .filter(basket -> stands(basket, one, other))
        .count();
  }

  double weight(String one, String other, long now) {
    double sum = 0;
    for (Basket basket : baskets) {
      if (stands(basket, one, other)) {
        sum += left(basket, now) / (basket.products().size() - 1);
      }
    }
    return sum;
  }

  /** In how many baskets with pairs a product is, now. */
  double baskets(String product, long now) {
    return sum(now, 2, product);
  }

  private double sum(long now, int least, String... products) {
    double sum = 0;
    for (Basket basket : baskets) {
      if (basket.products().size() >= least && stands(basket, products)) {
        sum += left(basket, now);
      }
    }
    return sum;
  }

  private boolean stands(Basket basket, String... products) {
    for (String product : products) {
      if (!basket.products().contains(product)) {
        return false;
      }
    }
    return true;
  }

  private double left(Basket basket, long now) {
    return Math.pow(2, -(now - basket.at()) / halfLife);
  }

  /** A basket of up to five of some products. */
  static Basket drawn(Random random, int products, long at) {
    List<String> drawn = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      drawn.add("p" + random.nextInt(products));
    }
    return Basket.ordered(at, drawn);
  }
}
