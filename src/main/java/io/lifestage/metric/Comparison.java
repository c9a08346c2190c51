package io.lifestage.metric;

import io.lifestage.metric.WatchedPanes.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What is compared with what to watch a subject.
 *
 * @param kind what would be found
 * @param label of the subject
 * @param through those who came through
 * @param came those who came
 */
record Comparison(AlertKind kind, String label, Series through, Series came) {
  /** The step that comes before all: a product was laid into an empty cart. */
  static final String CART = "cart";

  private static final String STARTED = "started";
  private static final List<String> AFTER_THE_FORM = List.of("placed", "paid");

  /** Steps that all take who come so far are reached by equally many, give or take. */
  private static final double AS_MANY = 0.98;

  /** How many times the usual carts are compared with the baseline at most. */
  private static final int CROWD = 2;

  /** All visits, whatever brought them. */
  static final Series VISITS = new Series(Metrics.REACH, "");

  private static final Series CARTS = new Series(Metrics.CARTS_OPENED, "");
  private static final Series BEGUN = new Series(Metrics.CHECKOUT_STEP, STARTED);

  /**
   * What can be compared, the steps of the checkout first and in their order.
   *
   * @param usual the series of which something is usual
   */
  static List<Comparison> among(SortedMap<Series, Baseline> usual) {
    List<Comparison> all = new ArrayList<>(ofSteps(usual));
    for (Series series : usual.keySet()) {
      String label = series.label();
      if (label.isEmpty() || label.equals(RollingMetric.OTHER)) {
        continue;
      }
      switch (series.metric()) {
        case Metrics.PAYMENT_FAILED ->
            all.add(new Comparison(AlertKind.PAYMENT_METHOD_FAILING, label, series, BEGUN));
        case Metrics.REACH ->
            all.add(new Comparison(AlertKind.TRAFFIC_SOURCE_DRY, label, series, VISITS));
        case Metrics.CHAT_RESPONSE ->
            all.add(
                new Comparison(
                    AlertKind.CHAT_UNANSWERED,
                    label,
                    series,
                    new Series(Metrics.CHATS_STARTED, label)));
        default -> {
          // What others are compared with, or a step.
        }
      }
    }
    return all.stream().filter(one -> usual.containsKey(one.came)).toList();
  }

  /**
   * The steps in their order. The first and the last are the engine's own; those between are told
   * by the shop, and come in the order of how many reach them. A step is compared with the nearest
   * one before that as many reach, so that one that few take is passed over.
   */
  private static List<Comparison> ofSteps(SortedMap<Series, Baseline> usual) {
    List<Series> order = new ArrayList<>(List.of(VISITS, CARTS, BEGUN));
    usual.entrySet().stream()
        .filter(e -> e.getKey().metric().equals(Metrics.CHECKOUT_STEP))
        .filter(e -> isToldByTheShop(e.getKey().label()))
        .sorted(
            Comparator.comparingDouble((Map.Entry<Series, Baseline> e) -> -e.getValue().total())
                .thenComparing(Map.Entry::getKey))
        .forEach(e -> order.add(e.getKey()));
    AFTER_THE_FORM.forEach(step -> order.add(new Series(Metrics.CHECKOUT_STEP, step)));
    order.removeIf(series -> !usual.containsKey(series));
    List<Comparison> steps = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Series step = order.get(i);
      if (i > 0 && !step.equals(VISITS)) {
        Series before = before(order.subList(0, i), usual.get(step).total(), usual);
        String label = step.equals(CARTS) ? CART : step.label();
        steps.add(new Comparison(AlertKind.CHECKOUT_STEP_FAILING, label, step, before));
      }
    }
    return steps;
  }

  private static boolean isToldByTheShop(String step) {
    return !step.equals(STARTED)
        && !AFTER_THE_FORM.contains(step)
        && !step.equals(RollingMetric.OTHER);
  }

  private static Series before(
      List<Series> earlier, double reached, SortedMap<Series, Baseline> usual) {
    Series most = earlier.get(earlier.size() - 1);
    for (int i = earlier.size() - 1; i >= 0; i--) {
      Series one = earlier.get(i);
      if (usual.get(one).total() >= AS_MANY * reached) {
        return one;
      }
      if (usual.get(one).total() > usual.get(most).total()) {
        most = one;
      }
    }
    return most;
  }

  /** What a pane would have come through, as is usual at this hour for so many who come. */
  double expected(long start, long cameThen, SortedMap<Series, Baseline> usual) {
    double rate = usual.get(came).rate(start);
    return rate <= 0
        ? 0
        : counting(cameThen, rate) * atMostAll(usual.get(through).rate(start) / rate);
  }

  /** In the morning staff answers the questions of the night; but nobody is owed more than one. */
  private double atMostAll(double share) {
    return kind == AlertKind.CHAT_UNANSWERED ? Math.min(1, share) : share;
  }

  /**
   * Of visits no more count than are usual. Where fewer come from everywhere it is no finding of
   * one source; but where more come than ever, it is because of one source, and from the others no
   * more are to be expected, nor more carts.
   *
   * <p>Of carts no more than {@value #CROWD} times the usual count: those who come on top of that,
   * sent by a campaign, are others than the baseline knows, and may buy less. So in a crowd the
   * first step is found to fail as soon as fewer reach it than of twice the usual carts.
   */
  private double counting(long cameThen, double usually) {
    double all = (double) cameThen;
    if (came.equals(VISITS)) {
      return Math.min(all, usually);
    }
    return came.equals(CARTS) ? Math.min(all, CROWD * usually) : all;
  }

  /** Whether it is known what is usual at this hour. */
  boolean isKnown(long start, SortedMap<Series, Baseline> usual) {
    return usual.get(through).days(start) >= kind.daysNeeded()
        && usual.get(came).days(start) >= kind.daysNeeded();
  }

  /** What an alert is about. */
  String subject() {
    return kind.subject(label);
  }
}
