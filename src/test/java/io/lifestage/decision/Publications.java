package io.lifestage.decision;

import io.lifestage.definition.Library;
import io.lifestage.definition.Source;
import io.lifestage.definition.Written;
import io.lifestage.lifecycle.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A shop that publishes other definitions while a history goes on, the same for the same random
 * numbers: of some journeys alone, or of stages, traits and segments.
 */
final class Publications {
  /** Journeys as they are written, less their version, status, and what becomes of runs. */
  private static final Map<String, String> JOURNEYS =
      Map.of(
          "silence",
          """
          entry: {absence: {of: product_viewed, for: SPAN}}
          re-entry: after-exit
          steps:
            - {name: STEP, delay: SPAN}
            - emit: {name: missed, kind: missed, template: t, to: staff}
          """,
          "waits",
          """
          entry: {on: page_viewed}
          re-entry: every-time
          steps:
            - {name: STEP, delay: SPAN}
            - emit: {name: then, kind: then, template: t, to: staff}
          """,
          "patience",
          """
          entry: {on: product_added}
          per: cart
          re-entry: after-exit
          steps:
            - hold:
                for: SPAN
                reset: product_viewed
                at-most: 30d
                until:
                  - {on: order_placed, same: true}
            - emit: {name: idle, kind: idle, template: t, to: staff}
          exit: [{on: order_paid, reason: paid}]
          """,
          "goal",
          """
          entry: {on: content_viewed}
          re-entry: {after: SPAN}
          steps:
            - {name: STEP, delay: SPAN}
            - emit: {name: ask, kind: ask, template: t, valid-for: 1d}
          goal: {on: order_paid, within: SPAN}
          """,
          "thanks",
          """
          entry: {on: order_placed}
          per: order
          service: true
          steps:
            - emit: {name: STEP, kind: thanks, template: t, channel: email}
          """,
          "in",
          """
          entry: {enters: SEGMENT}
          re-entry: after-exit
          steps:
            - {name: STEP, delay: SPAN}
            - emit: {name: hot, kind: hot, template: t, to: staff}
          """,
          "out",
          """
          entry: {leaves: SEGMENT}
          re-entry: every-time
          steps:
            - emit: {name: cold, kind: cold, template: t, to: staff}
          """,
          "paying",
          """
          entry: {stage: there}
          re-entry: after-exit
          steps:
            - {name: STEP, delay: SPAN}
            - emit: {name: paying, kind: paying, template: t, to: staff}
          """,
          "date",
          """
          entry: {date: {of: attributes.contract_ends, offset: -SPAN}}
          re-entry: after-exit
          steps:
            - emit: {name: renew, kind: renew, template: t, to: staff}
          """);

  private static final String TRAITS =
      """
      traits: t
      attributes: {contract_ends: date}
      define:
        looks: {count: product_viewed, window: SPAN}
      segments:
        SEGMENT: {when: traits.looks >= 2}
        payers: {when: customer.paid_orders > 0}
      """;

  private static final List<String> SPANS =
      List.of("40s", "3m", "9m", "20m", "1h", "2h", "5h", "24h", "7d");

  private final Random random;
  private final Map<String, String> written = new LinkedHashMap<>();
  private final Map<String, Integer> versions = new TreeMap<>();
  private String segment = "keen";

  private Publications(Random random) {
    this.random = random;
  }

  /** From none to three, at any moment of the history, often at that of an event. */
  static Timeline during(List<Event> history, Random random) {
    return new Publications(random).timeline(history, random.nextInt(4));
  }

  private Timeline timeline(List<Event> history, int changes) {
    write("stages", Written.STAGES);
    write("traits", spanned(TRAITS));
    for (String journey : JOURNEYS.keySet().stream().sorted().toList()) {
      // Some are not there from the beginning.
      if (random.nextInt(6) > 0) {
        publish(journey);
      }
    }
    Timeline timeline = Timeline.always(definitions());
    for (long moment : moments(history, changes)) {
      if (random.nextInt(3) == 0) {
        changeWhatEverybodyIsIn();
        timeline = timeline.from(moment, definitions());
      } else {
        Set<String> journeys = changeSome();
        timeline = timeline.from(moment, definitions(), journeys);
      }
    }
    return timeline;
  }

  private List<Long> moments(List<Event> history, int changes) {
    List<Long> moments = new ArrayList<>();
    long first = history.get(0).at();
    long span = history.get(history.size() - 1).at() - first + 1;
    for (int i = 0; i < changes; i++) {
      long beside = history.get(random.nextInt(history.size())).at() + random.nextInt(3) - 1;
      moments.add(random.nextBoolean() ? beside : first + (long) (random.nextDouble() * span));
    }
    moments.sort(null);
    return moments;
  }

  private Set<String> changeSome() {
    List<String> names = JOURNEYS.keySet().stream().sorted().toList();
    Set<String> some = new HashSet<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      some.add(names.get(random.nextInt(names.size())));
    }
    some.stream().sorted().forEach(this::publish);
    return some;
  }

  /** Another silence ends the stage, a window is another, a segment has another name. */
  private void changeWhatEverybodyIsIn() {
    switch (random.nextInt(3)) {
      case 0 ->
          write("stages", Written.STAGES.replace("after-silence: 90d", "after-silence: " + span()));
      case 1 -> write("traits", spanned(TRAITS));
      default -> {
        String old = segment;
        segment = segment.equals("keen") ? "eager" : "keen";
        written.computeIfPresent("traits", (name, text) -> text.replace(old, segment));
        // A segment that is gone is no entry: who is in the old version goes on.
        written.replaceAll((name, text) -> text.replace(" " + old + "}", " " + segment + "}"));
        publish("in");
        publish("out");
      }
    }
    if (random.nextBoolean()) {
      changeSome();
    }
  }

  /** The next version of a journey. */
  private void publish(String journey) {
    int version = versions.merge(journey, 1, Integer::sum);
    String step = one("pause", "rest");
    String text = JOURNEYS.get(journey).replace("STEP", step);
    String other = step.equals("pause") ? "rest" : "pause";
    String mapped = "{migrate: {%s: %s}}".formatted(other, step);
    String terms =
        """
        journey: %s
        version: %d
        status: %s
        in-flight: %s
        """
            .formatted(
                journey,
                version,
                version == 1 ? "active" : one("active", "active", "active", "paused", "archived"),
                one(
                    "stay",
                    "drain",
                    "migrate",
                    text.contains("name: " + step) ? mapped : "migrate"));
    write(journey + "@" + version, terms + spanned(text));
  }

  private void write(String name, String text) {
    written.put(name, text);
  }

  private String spanned(String text) {
    String filled = text.replace("SEGMENT", segment);
    while (filled.contains("SPAN")) {
      filled = filled.replaceFirst("SPAN", span());
    }
    return filled;
  }

  private String span() {
    return SPANS.get(random.nextInt(SPANS.size()));
  }

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }

  private Definitions definitions() {
    List<Source> sources = new ArrayList<>();
    written.forEach((name, text) -> sources.add(new Source(name + ".yaml", text)));
    return Library.compile(sources);
  }
}
