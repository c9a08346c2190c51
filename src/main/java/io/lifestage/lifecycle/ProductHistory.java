package io.lifestage.lifecycle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a product was, and when.
 *
 * @param versions ordered by {@code effectiveAt}, the earliest first
 */
public record ProductHistory(List<Product> versions) {

  /** Nothing is known. */
  public static final ProductHistory EMPTY = new ProductHistory(List.of());

  /** The version in force at a moment (epoch milliseconds), or null before the first. */
  public Product at(long moment) {
    Product found = null;
    for (Product version : versions) {
      if (version.effectiveAt() > moment) {
        break;
      }
      found = version;
    }
    return found;
  }

  /**
   * The history with a version added; one with the same beginning is replaced.
   *
   * @param version the version
   * @param horizon nobody will ask for an earlier moment; what only mattered then is forgotten
   */
  public ProductHistory with(Product version, long horizon) {
    List<Product> next = new ArrayList<>(versions.size() + 1);
    for (Product old : versions) {
      if (old.effectiveAt() != version.effectiveAt()) {
        next.add(old);
      }
    }
    next.add(version);
    next.sort(Comparator.comparingLong(Product::effectiveAt));
    while (next.size() > 1 && next.get(1).effectiveAt() <= horizon) {
      next.remove(0);
    }
    return new ProductHistory(List.copyOf(next));
  }
}
