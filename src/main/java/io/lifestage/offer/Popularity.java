package io.lifestage.offer;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * In how many baskets each product was, and how many baskets there were, decayed like {@link
 * CoPurchases} and counted from the same baskets, those with more than one product.
 */
public final class Popularity {

  /** A decayed sum. */
  private static final class Sum {
    private long recent;
    private long older;

    void add(int part, long weight) {
      if (part == 0) {
        recent = Math.max(0, recent + weight);
      } else if (part == 1) {
        older = Math.max(0, older + weight);
      }
    }

    void set(Sum other) {
      recent = other.recent;
      older = other.older;
    }

    boolean nextEra() {
      older = recent;
      recent = 0;
      return older > 0;
    }

    double value(double worth) {
      return Decay.value(recent, older, worth);
    }
  }

  private final Decay decay;
  private final Map<String, Sum> byProduct = new HashMap<>();
  private final Sum baskets = new Sum();
  private final Sum products = new Sum();
  private int era = Integer.MIN_VALUE;

  /** Nothing was bought. */
  public Popularity(Decay decay) {
    this.decay = decay;
  }

  /** Takes a basket. */
  public void take(Basket basket) {
    if (basket.hasPairs()) {
      reach(decay.era(basket.at()));
      long weight = weight(basket);
      int part = part(basket.at());
      if (part <= 1) {
        baskets.add(part, weight);
        basket.products().forEach(product -> add(product, part, weight));
      }
    }
  }

  /**
   * Takes back what a basket gave, or a part of that.
   *
   * @param basket as it was taken
   * @param before products of it that had gone back earlier
   * @param gone products of it that go back now
   */
  public void undo(Basket basket, Set<String> before, Set<String> gone) {
    if (!basket.hasPairs()) {
      return;
    }
    long weight = weight(basket);
    int part = part(basket.at());
    boolean something = false;
    boolean all = true;
    for (String product : basket.products()) {
      boolean goes = gone.contains(product) && !before.contains(product);
      something |= goes;
      all &= goes || before.contains(product);
      if (goes && byProduct.containsKey(product)) {
        add(product, part, -weight);
      }
    }
    if (something && all) {
      baskets.add(part, -weight);
    }
  }

  private void add(String product, int part, long weight) {
    byProduct.computeIfAbsent(product, any -> new Sum()).add(part, weight);
    products.add(part, weight);
  }

  private long weight(Basket basket) {
    return decay.weight(basket.at()) * basket.evidence().share() / Evidence.WHOLE;
  }

  private int part(long at) {
    return era - decay.era(at);
  }

  private void reach(int next) {
    if (era == Integer.MIN_VALUE) {
      era = next;
    }
    for (int i = 0; i < 2 && era < next; i++, era++) {
      baskets.nextEra();
      products.nextEra();
      byProduct.values().removeIf(sum -> !sum.nextEra());
    }
    era = Math.max(era, next);
  }

  /** What the table says at a moment that is not before its last basket's era. */
  public Marginals asOf(long now) {
    double worth = decay.worth(era, now);
    double allBaskets = baskets.value(worth);
    double allProducts = products.value(worth);
    return new Marginals() {
      @Override
      public double of(String product) {
        Sum sum = byProduct.get(product);
        return sum == null ? 0 : sum.value(worth);
      }

      @Override
      public double baskets() {
        return allBaskets;
      }

      @Override
      public double products() {
        return allProducts;
      }
    };
  }

  Popularity copy() {
    Popularity copy = new Popularity(decay);
    copy.era = era;
    copy.baskets.set(baskets);
    copy.products.set(products);
    byProduct.forEach(
        (product, sum) -> copy.byProduct.computeIfAbsent(product, any -> new Sum()).set(sum));
    return copy;
  }

  /** The products of which anything is known. */
  public Set<String> known() {
    return Set.copyOf(byProduct.keySet());
  }
}
