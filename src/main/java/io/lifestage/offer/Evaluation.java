package io.lifestage.offer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * How good complements are, measured on a history: of each basket after a cut the first half is
 * given, at least one product, and each method names what it thinks is in the rest.
 *
 * <p>The live learner is asked with all that was before the basket, as the job would be. It stands
 * beside itself as it was at the cut, tables made from everything before the cut with neither decay
 * nor bound, what is bought most, and chance.
 */
public final class Evaluation {
  /** What the live learner is called. */
  public static final String LIVE = "live";

  private static final Duration LATELY = Duration.ofDays(30);
  private static final Duration EVER = Duration.ofDays(3_650_000);

  /** One percent of the products are the popular ones. */
  private static final int POPULAR = 100;

  /** Names products that go with those given. */
  private interface Method {
    List<String> answer(List<String> given, long now);
  }

  private final List<Sale> history;
  private final long cut;
  private final int places;
  private final Learning learning;
  private final Random random;
  private final Map<String, String> one = new HashMap<>();
  private final Complements live;
  private Complements frozen;
  private final Complements batch;
  private final Bestsellers ever;
  private final Bestsellers lately;
  private final List<String> products = new ArrayList<>();
  private final Map<String, Integer> bought = new HashMap<>();

  /**
   * An evaluation.
   *
   * @param history in the order of times
   * @param cut from when baskets are asked about, epoch milliseconds
   * @param places how many products each method names
   * @param learning of the live learner
   * @param seed of chance
   */
  public Evaluation(List<Sale> history, long cut, int places, Learning learning, long seed) {
    this.history = history;
    this.cut = cut;
    this.places = places;
    this.learning = learning;
    this.random = new Random(seed);
    this.live = new Complements(learning);
    this.batch =
        new Complements(
            new Learning(EVER, Integer.MAX_VALUE, learning.measure(), Integer.MAX_VALUE));
    this.ever = new Bestsellers(EVER, places + Basket.MOST);
    this.lately = new Bestsellers(LATELY, places + Basket.MOST);
  }

  /**
   * The moment from which a share of the baskets is asked about.
   *
   * @param asked from 0 to 1
   */
  public static long cut(List<Sale> history, double asked) {
    List<Sale> baskets = history.stream().filter(sale -> !sale.undone()).toList();
    int learnt = (int) Math.round(baskets.size() * (1 - asked));
    return learnt < baskets.size() ? baskets.get(learnt).at() : Long.MAX_VALUE;
  }

  /**
   * Does it.
   *
   * @param tables measures by which the table is asked beside the learner's own, by name
   * @param progress told after each line of the history how many were read
   * @return the live learner's score first
   */
  public List<Score> run(Map<String, Measure> tables, IntConsumer progress) {
    Map<Score, Method> methods = methods(tables);
    Set<String> popular = null;
    int read = 0;
    for (Sale sale : history) {
      if (sale.at() >= cut) {
        if (popular == null) {
          popular = popular();
          frozen = live.copy();
        }
        if (!sale.undone() && sale.basket().hasPairs()) {
          ask(sale.basket(), methods, popular);
        }
      }
      learn(sale);
      progress.accept(++read);
    }
    return List.copyOf(methods.keySet());
  }

  private Map<Score, Method> methods(Map<String, Measure> tables) {
    Map<Score, Method> methods = new LinkedHashMap<>();
    methods.put(new Score(LIVE), (given, now) -> skus(live.ask(given, now)));
    methods.put(new Score("live, as of the cut"), (given, now) -> skus(frozen.ask(given, cut)));
    methods.put(
        new Score("live, as offered"), (given, now) -> skus(live.ask(given, now, offered())));
    methods.put(new Score("live, then bought most"), this::filled);
    methods.put(new Score("table"), (given, now) -> skus(batch.ask(given, cut)));
    methods.put(
        new Score("table, as offered"), (given, now) -> skus(batch.ask(given, cut, offered())));
    tables.forEach(
        (name, measure) ->
            methods.put(
                new Score("table, by " + name),
                (given, now) -> skus(batch.ask(given, cut, measure))));
    methods.put(new Score("bought most"), (given, now) -> without(ever.list(now), given));
    methods.put(new Score("bought most of late"), (given, now) -> without(lately.list(now), given));
    methods.put(new Score("chance"), (given, now) -> drawn(given));
    return methods;
  }

  private void ask(Basket basket, Map<Score, Method> methods, Set<String> popular) {
    int half = Math.max(1, basket.products().size() / 2);
    List<String> given = basket.products().subList(0, half);
    Set<String> rest = new HashSet<>(basket.products().subList(half, basket.products().size()));
    methods.forEach(
        (score, method) -> score.take(method.answer(given, basket.at()), rest, popular));
  }

  private void learn(Sale sale) {
    Basket basket = shared(sale.basket());
    if (sale.undone()) {
      live.undo(basket, sale.at());
      if (sale.at() < cut) {
        batch.undo(basket, sale.at());
      }
      return;
    }
    live.take(basket);
    ever.take(basket);
    lately.take(basket);
    for (String product : basket.products()) {
      if (bought.merge(product, 1, Integer::sum) == 1) {
        products.add(product);
      }
    }
    if (sale.at() < cut) {
      batch.take(basket);
    }
  }

  /**
   * The same basket with one text for each product, which is found faster and takes less memory.
   */
  private Basket shared(Basket basket) {
    List<String> same =
        basket.products().stream().map(sku -> one.computeIfAbsent(sku, any -> sku)).toList();
    return new Basket(basket.at(), same, basket.evidence());
  }

  private List<String> skus(List<Candidate> candidates) {
    return candidates.stream().limit(places).map(Candidate::sku).toList();
  }

  private Measure offered() {
    Measure measure = learning.measure();
    return measure instanceof Affinity affinity ? new Offered(affinity) : measure;
  }

  /** What goes with them, and in places that this leaves what is bought most. */
  private List<String> filled(List<String> given, long now) {
    Set<String> filled = new LinkedHashSet<>(skus(live.ask(given, now)));
    filled.addAll(without(lately.list(now), given));
    return filled.stream().limit(places).toList();
  }

  private List<String> without(List<String> list, List<String> given) {
    return list.stream().filter(sku -> !given.contains(sku)).limit(places).toList();
  }

  private List<String> drawn(List<String> given) {
    Set<String> drawn = new HashSet<>();
    int enough = Math.min(places, products.size() - given.size());
    while (drawn.size() < enough) {
      String product = products.get(random.nextInt(products.size()));
      if (!given.contains(product)) {
        drawn.add(product);
      }
    }
    return List.copyOf(drawn);
  }

  private Set<String> popular() {
    return bought.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(Math.max(1, bought.size() / POPULAR))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** How many different products the history has. */
  public int products() {
    return products.size();
  }

  /** How many pairs the live learner holds at the end, each seen from both sides. */
  public long pairs() {
    return live.pairs();
  }

  /** What the live learner learnt by. */
  public Learning learning() {
    return learning;
  }
}
