package io.lifestage.offer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Learns from baskets in the order of their times, and is asked what goes with some products. It
 * holds in one place what the job holds under each product, and gives the same answers.
 *
 * <p>Each product knows its own baskets up to the moment; how popular the others are, it knows as
 * of the beginning of the event-time minute.
 */
public final class Complements {
  private final Learning learning;
  private final Decay decay;
  private final Map<String, CoPurchases> byKey = new HashMap<>();
  private final MinutePopularity popularity;

  /** Nothing is learnt yet. */
  public Complements(Learning learning) {
    this(learning, new Decay(learning.halfLife()), null);
  }

  private Complements(Learning learning, Decay decay, MinutePopularity popularity) {
    this.learning = learning;
    this.decay = decay;
    this.popularity = popularity == null ? new MinutePopularity(decay) : popularity;
  }

  /** What is known now, to be kept while this goes on learning. */
  Complements copy() {
    Complements copy = new Complements(learning, decay, popularity.copy());
    byKey.forEach((key, known) -> copy.byKey.put(key, known.copy()));
    return copy;
  }

  /** Learns from a basket that is not before the last one. */
  public void take(Basket basket) {
    learn(Sale.of(basket));
  }

  /** Unlearns a basket that was cancelled or refunded in full. */
  public void undo(Basket basket, long now) {
    learn(new Sale(now, basket, true));
  }

  /** Learns from a sale that is not before the last one. */
  public void learn(Sale sale) {
    if (sale.isWhole()) {
      popularity.take(sale);
    }
    for (Part part : Part.of(sale)) {
      CoPurchases known =
          byKey.computeIfAbsent(part.key(), any -> new CoPurchases(decay, learning.bound()));
      known.learn((Part.Learn) part);
      if (known.isEmpty()) {
        byKey.remove(part.key());
      }
    }
  }

  /**
   * What goes with some products, from what was learnt so far.
   *
   * @param products that were bought; none of them is in the answer
   * @param now not before the last basket
   * @return best first
   */
  public List<Candidate> ask(Collection<String> products, long now) {
    return ask(products, now, learning.measure());
  }

  /** The same by another measure than the one that was chosen. */
  List<Candidate> ask(Collection<String> products, long now, Measure measure) {
    Marginals marginals = popularity.asOf(now);
    List<Candidate> answers = new ArrayList<>();
    for (String product : new TreeSet<>(products)) {
      CoPurchases known = of(product);
      if (known != null) {
        answers.addAll(known.candidates(measure, marginals, learning.answers(), now));
      }
    }
    return gathered(answers, Set.copyOf(products));
  }

  /**
   * What is bought most of some categories.
   *
   * @param now not before the last basket
   * @return best first
   */
  public List<Candidate> mostBought(Collection<String> categories, long now) {
    List<Candidate> answers = new ArrayList<>();
    for (String category : new TreeSet<>(categories)) {
      CoPurchases known = byKey.get(Part.ofCategory(category));
      if (known != null) {
        answers.addAll(known.mostBought(learning.answers(), now));
      }
    }
    return gathered(answers, Set.of());
  }

  /**
   * The answers of several products as one: scores and supports are summed for each candidate.
   *
   * @param answers in one order for all products: supports are no whole numbers
   * @param without products that are no candidates, because they were bought
   * @return best first
   */
  public static List<Candidate> gathered(List<Candidate> answers, Set<String> without) {
    Map<String, Candidate> gathered = new HashMap<>();
    for (Candidate answer : answers) {
      if (!without.contains(answer.sku())) {
        gathered.merge(answer.sku(), answer, Candidate::and);
      }
    }
    return gathered.values().stream().sorted(Candidate.BEST_FIRST).toList();
  }

  /** How many products and categories have companions. */
  public int products() {
    return byKey.size();
  }

  /** How many pairs are kept, each seen from both sides. */
  public long pairs() {
    return byKey.values().stream().mapToLong(CoPurchases::size).sum();
  }

  /** What is known of one product, or null. */
  public CoPurchases of(String product) {
    return byKey.get(Part.ofProduct(product));
  }
}
