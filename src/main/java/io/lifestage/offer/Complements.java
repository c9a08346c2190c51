package io.lifestage.offer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Learns from baskets in the order of their times, and is asked what goes with some products. It
 * holds in one place what the job holds under each product, and gives the same answers.
 *
 * <p>Each product knows its own baskets up to the moment; how popular the others are, it knows as
 * of the beginning of the event-time minute.
 */
public final class Complements {
  private static final long MINUTE = 60_000;

  private final Learning learning;
  private final Decay decay;
  private final Map<String, CoPurchases> byProduct = new HashMap<>();
  private final Popularity popularity;

  /** What popularity is told when the minute is over. */
  private final Deque<Consumer<Popularity>> told = new ArrayDeque<>();

  private long minute = Long.MIN_VALUE;

  /** Nothing is learnt yet. */
  public Complements(Learning learning) {
    this(learning, new Decay(learning.halfLife()), null);
  }

  private Complements(Learning learning, Decay decay, Popularity popularity) {
    this.learning = learning;
    this.decay = decay;
    this.popularity = popularity == null ? new Popularity(decay) : popularity;
  }

  /** What is known now, to be kept while this goes on learning. */
  Complements copy() {
    Complements copy = new Complements(learning, decay, popularity.copy());
    byProduct.forEach((product, known) -> copy.byProduct.put(product, known.copy()));
    copy.told.addAll(told);
    copy.minute = minute;
    return copy;
  }

  /** Learns from a basket that is not before the last one. */
  public void take(Basket basket) {
    if (!basket.hasPairs()) {
      return;
    }
    reach(basket.at());
    for (String product : basket.products()) {
      byProduct
          .computeIfAbsent(product, any -> new CoPurchases(decay, learning.bound()))
          .take(product, basket);
    }
    told.add(all -> all.take(basket));
  }

  /** Unlearns a basket that was cancelled or refunded in full. */
  public void undo(Basket basket, long now) {
    undo(basket, Set.of(), Set.copyOf(basket.products()), now);
  }

  /**
   * Unlearns a part of a basket.
   *
   * @param basket as it was taken
   * @param before products of it that had gone back earlier
   * @param gone products of it that go back now
   * @param now when, not before the last basket
   */
  public void undo(Basket basket, Set<String> before, Set<String> gone, long now) {
    reach(now);
    for (String product : basket.products()) {
      CoPurchases known = byProduct.get(product);
      if (known != null) {
        known.undo(product, basket, before, gone);
        if (known.isEmpty()) {
          byProduct.remove(product);
        }
      }
    }
    told.add(all -> all.undo(basket, before, gone));
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
    reach(now);
    Marginals marginals = popularity.asOf(now);
    List<Candidate> answers = new ArrayList<>();
    for (String product : Set.copyOf(products)) {
      CoPurchases known = byProduct.get(product);
      if (known != null) {
        answers.addAll(known.candidates(measure, marginals, learning.answers(), now));
      }
    }
    return gathered(answers, Set.copyOf(products));
  }

  /**
   * The answers of several products as one: scores and supports are summed for each candidate.
   *
   * @param answers in any order
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

  private void reach(long now) {
    long reached = Math.floorDiv(now, MINUTE);
    if (reached > minute) {
      while (!told.isEmpty()) {
        told.poll().accept(popularity);
      }
      minute = reached;
    }
  }

  /** How many products have companions. */
  public int products() {
    return byProduct.size();
  }

  /** How many pairs are kept, each seen from both sides. */
  public long pairs() {
    return byProduct.values().stream().mapToLong(CoPurchases::size).sum();
  }

  /** What is known of one product, or null. */
  public CoPurchases of(String product) {
    return byProduct.get(product);
  }
}
