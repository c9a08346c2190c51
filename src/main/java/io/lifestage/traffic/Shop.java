package io.lifestage.traffic;

import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The assortment as it is at each moment of a world, and what of it people look at.
 *
 * <p>In a world that {@link World#living lives} products change ({@link Life}), and of most of them
 * the catalogue does not say what goes with them: people know, and buy it together, so that it can
 * be learnt. In another all is as it always was. Either way what the shop is follows from the
 * world's seed and the moment: nothing is remembered, so it is the same however fast it is told,
 * and from wherever the telling goes on.
 */
public final class Shop implements Catalogue {
  /** Of those for whom there is a new edition, so many look at it. */
  private static final double CURIOUS = 0.4;

  private final Assortment assortment;
  private final long beginning;
  private final boolean living;
  private final Map<String, Life> lives = new LinkedHashMap<>();

  public Shop(World world, Assortment assortment) {
    this.assortment = assortment;
    this.beginning = world.beginning();
    this.living = world.living();
    if (living) {
      long seed = Dice.seed(world.seed(), world.beginning());
      int number = 0;
      for (Product product : assortment.products()) {
        Dice dice = Dice.of(seed, product.sku());
        lives.put(product.sku(), new Life(product, number++, dice, world));
      }
    }
  }

  /** The version in force at a moment of the world; null where there is no such product. */
  @Override
  public Product product(String sku, long at) {
    if (!living) {
      return assortment.get(sku);
    }
    int dot = sku.indexOf('.');
    Life life = lives.get(plain(sku));
    if (life == null || dot < 0) {
      return life == null ? null : life.at(at);
    }
    return life.edition(Integer.parseInt(sku.substring(dot + 1)) - 1, at);
  }

  /** All versions in force at a moment of the world, as they are to be published. */
  public List<Product> stock(long at) {
    if (!living) {
      return assortment.effectiveAt(beginning);
    }
    List<Product> stock = new ArrayList<>();
    for (Life life : lives.values()) {
      stock.add(life.at(at));
      for (int edition = 1; edition <= life.editions(at); edition++) {
        stock.add(life.edition(edition, at));
      }
    }
    return stock;
  }

  /** When a version next begins after a moment, epoch milliseconds, or {@link Long#MAX_VALUE}. */
  public long nextChange(long after) {
    return lives.values().stream()
        .mapToLong(life -> life.nextChange(after))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The versions that begin at a moment of the world. */
  public List<Product> changesAt(long at) {
    return stock(at).stream().filter(product -> product.effectiveAt() == at).toList();
  }

  List<String> categories() {
    return assortment.categories();
  }

  /** What somebody looks at. */
  Product any(Dice dice, long at) {
    return latest(assortment.any(dice), dice, at);
  }

  /** What somebody looks at who looks at a category. */
  Product any(Dice dice, String category, long at) {
    return latest(assortment.any(dice, category), dice, at);
  }

  /** What somebody looks at who has put something into the cart: what goes with it. */
  Product companion(String sku, Dice dice, long at) {
    List<String> companions = assortment.get(plain(sku)).complements();
    boolean first = living && dice.chance(0.6);
    return product(first ? companions.get(0) : dice.oneOf(companions), at);
  }

  /** How many look at what goes with something that they have put into the cart. */
  double shareOfCompanions() {
    return living ? 0.5 : 0.3;
  }

  /** How much more they want it than anything else. */
  double pullOfCompanions() {
    return living ? 8 : 1;
  }

  private Product latest(Product found, Dice dice, long at) {
    if (!living) {
      return found;
    }
    Life life = lives.get(found.sku());
    int editions = life.editions(at);
    return editions > 0 && dice.chance(CURIOUS) ? life.edition(editions, at) : life.at(at);
  }

  /** The number of the product of which this is an edition. */
  private static String plain(String sku) {
    int dot = sku.indexOf('.');
    return dot < 0 ? sku : sku.substring(0, dot);
  }
}
