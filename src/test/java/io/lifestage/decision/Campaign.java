package io.lifestage.decision;

import io.lifestage.definition.Written;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Guards;
import io.lifestage.lifecycle.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The journeys of a shop that writes a lot, as a plain table: what a reference of the guards knows
 * of them, and what they are written from.
 */
final class Campaign {
  /**
   * One trigger.
   *
   * @param journey of which journey
   * @param step the step's name
   * @param on the event that starts the run
   * @param after how long after it the trigger is due, or after the trigger before was decided
   * @param before the step of the trigger before, or null
   */
  record Ad(
      String journey,
      String step,
      String on,
      Duration after,
      String before,
      String channel,
      Set<String> tags,
      int priority,
      long offer,
      Duration validFor,
      String purpose,
      boolean service,
      int holdout) {

    /** Whether a guard has a say in it. */
    boolean marketing() {
      return !service;
    }
  }

  static final Duration GOAL = Duration.ofDays(2);

  private static final Map<String, Ad> ADS = new LinkedHashMap<>();

  static {
    ad("news", "news", "page_viewed", 0, null, "email", "news", 10, 0, 2880, "marketing");
    ad("deal", "deal", "product_viewed", 0, null, "email", "offer", 50, 500, 1440, "marketing");
    ad("text", "text", "product_viewed", 1, null, "sms", "offer", 50, 900, 1440, "marketing");
    ad("nudge", "nudge", "content_viewed", 10, null, "push", "nudge,news", 30, 0, 600, "marketing");
    ad("brief", "brief", "content_viewed", 0, null, "sms", "nudge", 80, 0, 120, "marketing");
    ad("study", "study", "page_viewed", 5, null, "email", "study", 60, 0, 1440, "research");
    ad("row", "row-1", "product_added", 0, null, "email", "row", 50, 500, 2880, "marketing");
    ad("row", "row-2", "product_added", 1440, "row-1", "push", "row", 50, 0, 2880, "marketing");
    ad("paper", "paper", "order_placed", 0, null, "email", "", 90, 0, 1440, "service");
  }

  private static final Definitions MEASURED = Written.with(texts(true));
  private static final Definitions PLAIN = Written.with(texts(false));

  private Campaign() {}

  private static void ad(
      String journey,
      String step,
      String on,
      int minutes,
      String before,
      String channel,
      String tags,
      int priority,
      long offer,
      int validMinutes,
      String purpose) {
    ADS.put(
        step,
        new Ad(
            journey,
            step,
            on,
            Duration.ofMinutes(minutes),
            before,
            channel,
            tags.isEmpty() ? Set.of() : Set.of(tags.split(",")),
            priority,
            offer,
            Duration.ofMinutes(validMinutes),
            purpose.equals("service") ? "marketing" : purpose,
            purpose.equals("service"),
            journey.equals("deal") ? 3_000 : 0));
  }

  /** The trigger that a decision is about, or null where it is about none. */
  static Ad of(Decision decision) {
    return decision.step() == null ? null : ADS.get(decision.step());
  }

  static List<Ad> ads() {
    return List.copyOf(ADS.values());
  }

  /** The journeys under these guards, without goals and holdouts of their own. */
  static Definitions under(Guards guards) {
    return with(PLAIN, guards);
  }

  /** The journeys under these guards, with goals, and some held out. */
  static Definitions measuredUnder(Guards guards) {
    return with(MEASURED, guards);
  }

  private static Definitions with(Definitions journeys, Guards guards) {
    return new Definitions(
        journeys.stages(), List.of(), List.of(), guards, List.copyOf(journeys.journeys().values()));
  }

  private static String[] texts(boolean measured) {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    for (Ad ad : ADS.values()) {
      StringBuilder text =
          texts.computeIfAbsent(
              ad.journey(),
              name ->
                  new StringBuilder(
                      """
                      journey: %s
                      tags: [%s]
                      service: %s
                      purpose: %s
                      entry: {on: %s}
                      re-entry: every-time
                      %s
                      steps:
                      """
                          .formatted(
                              name,
                              String.join(", ", ad.tags()),
                              ad.service(),
                              ad.purpose(),
                              ad.on(),
                              measured ? measures(ad) : "")));
      if (ad.after().toMillis() > 0) {
        text.append("  - delay: %dm\n".formatted(ad.after().toMinutes()));
      }
      text.append(
          """
            - emit: {name: %s, kind: k, template: t, channel: %s, priority: %d,
                offer-value: %d, valid-for: %dm}
          """
              .formatted(
                  ad.step(), ad.channel(), ad.priority(), ad.offer(), ad.validFor().toMinutes()));
    }
    return texts.values().stream().map(StringBuilder::toString).toArray(String[]::new);
  }

  private static String measures(Ad ad) {
    return "holdout: %d%%\ngoal: {on: order_paid, within: %dm}"
        .formatted(ad.holdout() / 100, GOAL.toMinutes());
  }

  // --- What customers do -----------------------------------------------------------------------

  /** Agreed to everything, and lives in the zone. */
  static List<Event> beginning(String customer, String zone, long at) {
    List<Event> events = new ArrayList<>();
    events.add(
        event(
            Happening.of("customer_updated", "customer.time_zone", zone), customer, "00-zone", at));
    int number = 0;
    for (String channel : List.of("email", "sms", "push")) {
      for (String purpose : List.of("marketing", "research")) {
        Happening agrees = Happening.consent(channel, true).with("purpose", purpose);
        events.add(event(agrees, customer, "00-yes-" + number++, at));
      }
    }
    return events;
  }

  /** So many events that start runs, with such pauses, sometimes at one and the same moment. */
  static List<Event> history(
      Random random, String customer, long from, int size, Duration... pauses) {
    List<Event> history = new ArrayList<>();
    long at = from;
    for (int i = 0; i < size; i++) {
      String id = "%04x-%d".formatted(random.nextInt(0x10000), i);
      history.add(event(happening(random), customer, id, at));
      long pause = pauses[random.nextInt(pauses.length)].toMillis();
      at += random.nextBoolean() ? pause : (long) (random.nextDouble() * pause);
    }
    return history;
  }

  private static Happening happening(Random random) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> Happening.pageViewed();
      case 3, 4, 5 -> Happening.productViewed("mug");
      case 6, 7, 8 -> Happening.contentViewed();
      case 9, 10 -> Happening.productAdded("c", "mug", 100);
      default -> Happening.orderPlaced("o" + random.nextInt(1000));
    };
  }

  static Event event(Happening happening, String customer, String id, long at) {
    return happening.id(id).event(customer, 0, at);
  }
}
