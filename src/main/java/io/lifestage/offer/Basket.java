package io.lifestage.offer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Products that were together once.
 *
 * <p>Quantities do not count: a hundred cups for one customer are one opinion. Of a longer list
 * only the first {@value #MOST} products are taken. Who stocks a shop buys all sorts of things at
 * once, which says little of what goes together, and its pairs would cost the square of its lines.
 *
 * @param at when, epoch milliseconds
 * @param products each once, in the order of the lines; at most {@value #MOST}
 * @param evidence what kind of togetherness it was
 */
public record Basket(long at, List<String> products, Evidence evidence) {
  /** The most products of one basket that are learnt from. */
  public static final int MOST = 100;

  public Basket {
    Objects.requireNonNull(evidence, "evidence");
    Set<String> once = new LinkedHashSet<>(products);
    products = once.stream().limit(MOST).toList();
  }

  /** The products of an order. */
  public static Basket ordered(long at, List<String> products) {
    return new Basket(at, products, Evidence.ORDER);
  }

  /** Whether it says anything of what goes together. */
  public boolean hasPairs() {
    return products.size() > 1;
  }

  /** How many products each of them was together with. */
  int others() {
    return products.size() - 1;
  }
}
