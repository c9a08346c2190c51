package io.lifestage.offer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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

    void writeTo(DataOutput out) throws IOException {
      Varint.write(out, recent);
      Varint.write(out, older);
    }

    void readFrom(DataInput in) throws IOException {
      recent = Varint.read(in);
      older = Varint.read(in);
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

  /** Takes back what a basket gave. */
  public void undo(Basket basket) {
    if (!basket.hasPairs()) {
      return;
    }
    long weight = weight(basket);
    int part = part(basket.at());
    for (String product : basket.products()) {
      if (byProduct.containsKey(product)) {
        add(product, part, -weight);
      }
    }
    baskets.add(part, -weight);
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

  /** Writes all that is known; equal contents are equal bytes. */
  void writeTo(DataOutput out) throws IOException {
    Varint.write(out, era);
    baskets.writeTo(out);
    products.writeTo(out);
    Varint.write(out, byProduct.size());
    for (Map.Entry<String, Sum> entry : new TreeMap<>(byProduct).entrySet()) {
      out.writeUTF(entry.getKey());
      entry.getValue().writeTo(out);
    }
  }

  static Popularity readFrom(Decay decay, DataInput in) throws IOException {
    Popularity read = new Popularity(decay);
    read.era = (int) Varint.read(in);
    read.baskets.readFrom(in);
    read.products.readFrom(in);
    for (long left = Varint.read(in); left > 0; left--) {
      read.byProduct.computeIfAbsent(in.readUTF(), any -> new Sum()).readFrom(in);
    }
    return read;
  }
}
