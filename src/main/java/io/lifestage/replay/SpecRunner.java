package io.lifestage.replay;

import io.lifestage.decision.Decider;
import io.lifestage.decision.Definitions;
import io.lifestage.decision.OfferDesk;
import io.lifestage.decision.Policy;
import io.lifestage.definition.Moments;
import io.lifestage.definition.Spec;
import io.lifestage.definition.Spec.Aspect;
import io.lifestage.definition.Spec.Expectation;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Learning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Plays the cases of specifications through the engine of the job: in the order of the events, then
 * in every order of arrival that the disorder bound lets be, with one event twice. What is said has
 * to be what is expected, and the same in all orders.
 */
public final class SpecRunner {
  /** How far behind the latest event another may lie and still be in order, as the job has it. */
  private static final long BOUND = Duration.ofSeconds(5).toMillis();

  private static final int MOST_ORDERS = 120;

  private final Definitions definitions;
  private final long seed;

  /**
   * @param seed draws the orders of arrival where there are too many for all
   */
  public SpecRunner(Definitions definitions, long seed) {
    this.definitions = definitions;
    this.seed = seed;
  }

  /** Plays a case. */
  public CaseResult run(Spec spec, Spec.Case tested) {
    Catalogue catalogue = catalogue(tested);
    Decider decider = new Decider(definitions, catalogue, Policy.DEFAULT);
    List<Said> plain =
        Playback.of(
            decider,
            desk(tested, catalogue),
            tested.customer(),
            tested.start(),
            tested.events(),
            0,
            tested.until());
    List<Difference> differences = differences(tested, plain);
    List<List<Event>> orders =
        new Arrivals(tested.events(), BOUND, MOST_ORDERS).orders(new Random(seed));
    String failedOrder = "";
    for (int i = 0; i < orders.size() && differences.isEmpty(); i++) {
      List<Event> order = orders.get(i);
      List<Said> said =
          Playback.of(
              decider,
              desk(tested, catalogue),
              tested.customer(),
              tested.start(),
              order,
              BOUND,
              tested.until());
      Difference difference = Difference.between("order of arrival", plain, said);
      if (!difference.isNone()) {
        differences.add(difference);
        failedOrder = Arrivals.told(order);
      }
    }
    List<String> story = story(tested, plain);
    return new CaseResult(
        spec, tested, orders.size() + 1, List.copyOf(differences), failedOrder, story);
  }

  /** Nobody but the customer, and those who have bought before. */
  private static OfferDesk desk(Spec.Case tested, Catalogue catalogue) {
    OfferDesk desk = new OfferDesk(Learning.OFFERED, catalogue);
    tested.sold().forEach(desk::learn);
    return desk;
  }

  private static Catalogue catalogue(Spec.Case tested) {
    return (sku, at) -> {
      Product found = null;
      for (Product product : tested.products()) {
        found = product.sku().equals(sku) && product.effectiveAt() <= at ? product : found;
      }
      return found;
    };
  }

  private static List<Difference> differences(Spec.Case tested, List<Said> said) {
    List<Difference> differences = new ArrayList<>();
    for (Expectation expectation : tested.expectations()) {
      List<Said> concerned =
          said.stream().filter(one -> concerns(tested, expectation, one)).toList();
      Difference difference = Difference.between(expectation, concerned);
      if (!difference.isNone()) {
        differences.add(difference);
      }
    }
    return differences;
  }

  private static boolean concerns(Spec.Case tested, Expectation expectation, Said said) {
    if (said.at() < tested.start()
        || !expectation.of().contains(said.aspect())
        || !said.has(expectation.among())) {
      return false;
    }
    String journey = said.texts().get("journey");
    if (journey == null || expectation.among().containsKey("journey")) {
      return true;
    }
    return tested.journeys().isEmpty()
        || tested.journeys().contains(journey)
        || expectation.entries().stream().anyMatch(e -> journey.equals(e.get("journey")));
  }

  // --- The story, for people -------------------------------------------------------------------

  private static List<String> story(Spec.Case tested, List<Said> said) {
    List<String> story = new ArrayList<>();
    int next = 0;
    for (Said one : said) {
      while (next < tested.events().size() && tested.events().get(next).at() <= one.at()) {
        story.add(told(tested.events().get(next++), tested.start()));
      }
      story.add(line(Moments.offset(one.at(), tested.start()), word(one), texts(one)));
    }
    return List.copyOf(story);
  }

  private static String told(Event event, long start) {
    List<String> texts = new ArrayList<>();
    texts.add(event.type());
    event
        .attributes()
        .forEach(
            (name, value) -> {
              if (!name.equals(Attribute.CUSTOMER_ID)) {
                texts.add(name + "=" + value);
              }
            });
    event.lines().forEach(line -> texts.add(line.quantity() + " x " + line.sku()));
    if (!event.value().equals(Money.NONE)) {
      texts.add(event.value().toString());
    }
    texts.add("(" + event.id() + ")");
    return line(Moments.offset(event.at(), start), "event", String.join(" ", texts));
  }

  private static String word(Said said) {
    return said.aspect() == Aspect.DECISION
        ? said.texts().get("outcome")
        : said.aspect().name().toLowerCase(Locale.ROOT);
  }

  private static String texts(Said said) {
    Map<String, String> texts = said.texts();
    return switch (said.aspect()) {
      case TRANSITION ->
          "%s > %s: %s".formatted(texts.get("from"), texts.get("to"), texts.get("cause"));
      case TRIGGER ->
          "%s: %s %s".formatted(texts.get("journey"), texts.get("kind"), items(texts)).strip();
      case DECISION ->
          "%s %s: %s".formatted(texts.get("journey"), texts.get("instance"), texts.get("reason"));
      case CUSTOMER -> "in %s, cycle %s".formatted(texts.get("stage"), texts.get("cycle"));
    };
  }

  private static String items(Map<String, String> texts) {
    return texts.get("items").isEmpty() ? "" : "[" + texts.get("items") + "]";
  }

  private static String line(String at, String what, String text) {
    return "%-12s  %-10s  %s".formatted(at, what, text);
  }
}
