package io.lifestage.offer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one product, or one category, has to know or to answer. What each knows is a {@link
 * CoPurchases} of its own, so that products are independent of each other.
 */
public sealed interface Part {
  /**
   * In which order the parts of one product are taken: what was sold at a moment is known in it.
   */
  Comparator<Part> IN_ORDER =
      Comparator.comparingLong(Part::at)
          .thenComparing(part -> part instanceof Ask)
          .thenComparing(Part::name)
          .thenComparing(Part::detail);

  /** Whose it is: {@link #ofProduct} or {@link #ofCategory}. */
  String key();

  /** When it is to be taken, epoch milliseconds. */
  long at();

  /** Where it comes from. */
  private String name() {
    return this instanceof Learn learn ? learn.sale.customer() : ((Ask) this).request;
  }

  private String detail() {
    return this instanceof Learn learn
        ? learn.sale.basket().at() + " " + learn.sale.undone() + learn.sale.basket().products()
        : "";
  }

  /** To be learnt from. */
  record Learn(String key, Sale sale) implements Part {
    @Override
    public long at() {
      return sale.at();
    }
  }

  /**
   * To be answered.
   *
   * @param request of whom it is a part
   */
  record Ask(String key, String request, long at) implements Part {}

  /** The key of a product. */
  static String ofProduct(String sku) {
    return "p/" + sku;
  }

  /** The key of a category; as if it were a product that is in each basket with one of its own. */
  static String ofCategory(String category) {
    return "c/" + category;
  }

  /** Whether the key is a category's. */
  static boolean isOfCategory(String key) {
    return key.startsWith("c/");
  }

  /** What a key calls itself in a basket. */
  static String self(String key) {
    return isOfCategory(key) ? key : key.substring(2);
  }

  /** A sale, for each of its products, or for its category alone. */
  static List<Part> of(Sale sale) {
    if (!sale.isWhole()) {
      return List.of(new Learn(ofCategory(sale.category()), sale));
    }
    List<Part> parts = new ArrayList<>();
    if (sale.basket().hasPairs()) {
      for (String product : sale.basket().products()) {
        parts.add(new Learn(ofProduct(product), sale));
      }
    }
    return parts;
  }

  /**
   * A question, for each product and category that can answer.
   *
   * @param request of what the answers are parts
   */
  static List<Part> asking(
      String request, Collection<String> products, Collection<String> categories, long at) {
    Set<String> keys = new LinkedHashSet<>();
    products.forEach(product -> keys.add(ofProduct(product)));
    categories.forEach(category -> keys.add(ofCategory(category)));
    List<Part> parts = new ArrayList<>();
    keys.forEach(key -> parts.add(new Ask(key, request, at)));
    return parts;
  }
}
