package io.lifestage.offer;

import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Offer.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What may be offered of what goes with an order: first what the catalogue names by hand, then what
 * was learnt, and only where there is neither, what is bought most of the same categories.
 *
 * <p>Never: what was bought or is a variant of that, what the customer owns, unless it is bought
 * again by nature, what is out of stock or not in the catalogue, and what is outside of the bounds
 * of price.
 *
 * @param catalogue the products
 * @param owned products of the customer that are not bought again by nature
 * @param variants whether two products are one in several sizes or colours
 * @param leastPrice in minor units
 * @param mostPrice in minor units
 * @param most how many offers at most
 */
public record Selection(
    Catalogue catalogue,
    Set<String> owned,
    BiPredicate<String, String> variants,
    long leastPrice,
    long mostPrice,
    int most) {

  /**
   * The offers.
   *
   * @param bought the products of the order
   * @param learnt candidates, best first
   * @param ofCategory products that are bought most, best first, of which those are taken that
   *     share a category with what was bought
   * @param now by which the catalogue is read
   */
  public Offers of(
      Collection<String> bought, List<Candidate> learnt, List<String> ofCategory, long now) {
    List<Offer> offers = new ArrayList<>();
    Set<String> seen = new HashSet<>(bought);
    Set<Reason> refused = EnumSet.noneOf(Reason.class);
    chosen(bought, now)
        .forEach(chosen -> offer(chosen, Source.CHOSEN, bought, now).into(offers, seen, refused));
    learnt.forEach(
        candidate -> offer(candidate, Source.LEARNT, bought, now).into(offers, seen, refused));
    if (offers.isEmpty()) {
      Set<String> categories = categories(bought, now);
      for (String sku : ofCategory) {
        Product product = catalogue.product(sku, now);
        if (product != null && categories.contains(product.category())) {
          offer(new Candidate(sku, 0, 0, 0), Source.CATEGORY, bought, now)
              .into(offers, seen, refused);
        }
      }
    }
    List<Offer> best = List.copyOf(offers.subList(0, Math.min(most, offers.size())));
    return new Offers(best, best.isEmpty() ? reason(refused) : Reason.NONE);
  }

  /**
   * What the catalogue names, in the order in which its hand put it; what several of the products
   * name comes first, and its score is how many do.
   */
  private List<Candidate> chosen(Collection<String> bought, long now) {
    Map<String, Integer> times = new LinkedHashMap<>();
    for (String sku : bought) {
      Product product = catalogue.product(sku, now);
      if (product != null) {
        product.complements().forEach(chosen -> times.merge(chosen, 1, Integer::sum));
      }
    }
    List<Candidate> chosen = new ArrayList<>();
    times.forEach((sku, n) -> chosen.add(new Candidate(sku, Candidate.millionths(n), 0, 0)));
    chosen.sort(Comparator.comparing(Candidate::score, Comparator.reverseOrder()));
    return chosen;
  }

  /** A product, and why it may not be offered; {@link Reason#NONE} if it may. */
  private record Considered(Offer offer, Reason refusal) {
    void into(List<Offer> offers, Set<String> seen, Set<Reason> refused) {
      if (!seen.add(offer.sku())) {
        return;
      }
      if (refusal == Reason.NONE) {
        offers.add(offer);
      } else {
        refused.add(refusal);
      }
    }
  }

  private Considered offer(
      Candidate candidate, Source source, Collection<String> bought, long now) {
    Offer offer =
        new Offer(
            candidate.sku(), source, candidate.score(), candidate.support(), candidate.lift());
    return new Considered(offer, refusal(candidate.sku(), bought, now));
  }

  private Reason refusal(String sku, Collection<String> bought, long now) {
    if (owned.contains(sku) || bought.stream().anyMatch(own -> variants.test(own, sku))) {
      return Reason.OWNED;
    }
    Product product = catalogue.product(sku, now);
    if (product == null || !product.available()) {
      return Reason.OUT_OF_STOCK;
    }
    long price = product.price().minor();
    return price < leastPrice || price > mostPrice ? Reason.PRICE : Reason.NONE;
  }

  private Set<String> categories(Collection<String> bought, long now) {
    Set<String> categories = new HashSet<>();
    for (String sku : bought) {
      Product product = catalogue.product(sku, now);
      if (product != null && !product.category().isEmpty()) {
        categories.add(product.category());
      }
    }
    return categories;
  }

  private static Reason reason(Set<Reason> refused) {
    return switch (refused.size()) {
      case 0 -> Reason.NOTHING_KNOWN;
      case 1 -> refused.iterator().next();
      default -> Reason.SEVERAL;
    };
  }
}
