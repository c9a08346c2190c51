package io.lifestage.explain;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Definitions;
import io.lifestage.decision.Effects;
import io.lifestage.decision.OfferDesk;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Profile;
import io.lifestage.decision.Signal;
import io.lifestage.decision.Timeline;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Place;
import io.lifestage.offer.Learning;
import io.lifestage.wire.InMemoryRegistry;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engine itself for one customer, and what it writes as any reader sees it: a story is told
 * from what is written, so what is told has to be understood from that alone.
 */
final class Engine {
  static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");

  private final Timeline definitions;
  private final Policy policy;
  private final List<Line> written = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final OutputEncoder output;
  private final OfferDesk offers = new OfferDesk(Learning.OFFERED, Catalogue.EMPTY);
  private CustomerRecord customer = CustomerRecord.unknown("ada");
  private long clock = Long.MIN_VALUE;
  private long offset;
  private boolean offersAreOvertaken;

  private record Line(Topic topic, PrintedRecord said) {}

  Engine(Definitions definitions) {
    this(Timeline.always(definitions), Policy.DEFAULT);
  }

  Engine(Timeline definitions, Policy policy) {
    this.definitions = definitions;
    this.policy = policy;
    try {
      output = new OutputEncoder("", new Schemas(registry, "").register(), "/lifestage");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A moment so long after the beginning. */
  static Instant after(String span) {
    return BEGINNING.plus(Duration.parse(span.endsWith("D") ? "P" + span : "PT" + span));
  }

  /** Decisions that wait for products are written behind all others. */
  Engine overtakingOffers() {
    offersAreOvertaken = true;
    return this;
  }

  /** An event comes in: at its time, or late, where the clock has gone past it. */
  Engine meets(String id, String after, String type, String... attributes) {
    Map<String, String> said = new TreeMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      said.put(attributes[i], attributes[i + 1]);
    }
    return meets(id, after, type, said, Money.NONE);
  }

  /** An event of an order, with what it costs in cents. */
  Engine meetsOrder(String id, String after, String type, String order, long total) {
    return meets(id, after, type, Map.of("order_id", order), new Money(total, "EUR"));
  }

  private Engine meets(
      String id, String after, String type, Map<String, String> said, Money value) {
    long at = after(after).toEpochMilli();
    Event event =
        new Event(id, at, type, "ada", said, List.of(), value)
            .readAt(new Place("clickstream", 3, offset++));
    events.add(event);
    if (at > clock) {
      passTo(at - 1);
    }
    take(new Signal.Arrived(event), clock);
    return this;
  }

  Engine until(String after) {
    passTo(after(after).toEpochMilli());
    return this;
  }

  /** The story from all that was written, the profile as it is now included. */
  Story story(String journey, Instant at) {
    write(offers.completeTo(clock));
    Story story = new Story(new Question("ada", journey, at));
    written.forEach(record -> story.take(record.topic, record.said));
    story.take(Topic.PROFILES, read(output.profile(Profile.of(customer, definitions.latest()))));
    return story;
  }

  /** The story with what could have begun it, from the events as they came in. */
  Story storyWithAttempts(String journey) {
    Story story = story(journey);
    Instant now = Instant.ofEpochMilli(clock);
    story.add(Attempts.of(story.question(), definitions, events, now));
    return story;
  }

  Story story(String journey) {
    return story(journey, null);
  }

  private void passTo(long to) {
    Decider decider = new Decider(definitions, Catalogue.EMPTY, policy);
    for (long next = decider.nextDeadline(customer); next < to; ) {
      take(Signal.TimePassed.TICK, next);
      next = decider.nextDeadline(customer);
    }
    take(Signal.TimePassed.TICK, to);
    clock = to;
  }

  private void take(Signal signal, long now) {
    Outcome outcome =
        new Decider(definitions, Catalogue.EMPTY, policy).decide(customer, signal, now);
    customer = outcome.customer();
    offers.take(outcome.effects());
    write(outcome.effects().settled());
    if (!offersAreOvertaken) {
      write(offers.completeTo(now));
    }
  }

  private void write(Effects effects) {
    effects.transitions().forEach(t -> keep(Topic.TRANSITIONS, output.transition(t)));
    effects.triggers().forEach(t -> keep(Topic.TRIGGERS, output.trigger(t)));
    effects.decisions().forEach(d -> keep(Topic.DECISIONS, output.decision(d)));
  }

  private void keep(Topic topic, OutboundRecord record) {
    written.add(new Line(topic, read(record)));
  }

  private PrintedRecord read(OutboundRecord record) {
    try {
      return new PrintedRecord(new RecordPrinter(registry).read(record.value()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
