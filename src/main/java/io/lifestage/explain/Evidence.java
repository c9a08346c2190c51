package io.lifestage.explain;

import static java.util.stream.Collectors.toCollection;

import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Place;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All records of one customer, each topic in its own order, and what they say of each other. */
final class Evidence {
  final List<PrintedRecord> transitions = new ArrayList<>();
  final List<PrintedRecord> decisions = new ArrayList<>();

  /** By id, as each was first written: what takes one back says nothing new of it. */
  final Map<String, PrintedRecord> triggers = new LinkedHashMap<>();

  /** The profile as it stands, or null. */
  PrintedRecord profile;

  private final Map<String, Place> places = new HashMap<>();

  /**
   * What was known at a moment of event time. A record behind one of a later moment was written
   * because of an event that came in late, when the moment had passed; only what is decided as an
   * event arrives may stand before its time. Moves and triggers do not say when they were written:
   * what the decisions show to have come later is not known then, either.
   */
  Evidence asOf(Instant moment) {
    Evidence then = new Evidence();
    then.places.putAll(places);
    List<PrintedRecord> decided = upTo(moment, decisions);
    Hindsight later = Hindsight.of(decisions, decided);
    decided.removeIf(later::hasDecided);
    then.decisions.addAll(decided);
    then.transitions.addAll(later.without(upTo(moment, transitions)));
    Set<String> sentLater = sentBy(decisions);
    sentLater.removeAll(sentBy(decided));
    triggers.forEach(
        (id, trigger) -> {
          if (!trigger.time("at").isAfter(moment) && !sentLater.contains(id)) {
            then.triggers.put(id, trigger);
          }
        });
    return then;
  }

  private static Set<String> sentBy(List<PrintedRecord> decisions) {
    return decisions.stream()
        .filter(decision -> decision.text("outcome").equals("FIRED"))
        .map(decision -> decision.text("trigger_id"))
        .collect(toCollection(HashSet::new));
  }

  private static List<PrintedRecord> upTo(Instant moment, List<PrintedRecord> records) {
    List<PrintedRecord> known = new ArrayList<>();
    for (PrintedRecord record : records) {
      if (!record.time("at").isAfter(moment)) {
        known.add(record);
      } else if (!isOnArrival(record)) {
        break;
      }
    }
    return known;
  }

  /** A decision without a stage is made before the customer's other events are in order. */
  private static boolean isOnArrival(PrintedRecord record) {
    String outcome = String.valueOf(record.text("outcome"));
    return record.fields().containsKey("stage")
        && record.text("stage") == null
        && !outcome.equals("RETRACTED")
        && !outcome.equals("CANCELLED");
  }

  void take(Topic topic, PrintedRecord record) {
    switch (topic) {
      case TRANSITIONS -> transitions.add(record);
      case DECISIONS -> decisions.add(placeOf(record), record);
      case TRIGGERS -> triggers.putIfAbsent(record.text("trigger_id"), record);
      default -> throw new IllegalArgumentException(topic + " is no part of a story");
    }
    record
        .entries("cause_places")
        .forEach(
            (event, place) ->
                Places.read(place.toString()).ifPresent(known -> places.put(event, known)));
  }

  /**
   * Where a decision belongs: behind all that were written, but for the first one of a trigger that
   * waited for products. It is written by another part of the job, which others may have overtaken.
   */
  private int placeOf(PrintedRecord decision) {
    int place = decisions.size();
    String trigger = decision.text("trigger_id");
    if (GuardSaid.waitedForProducts(decision)
        && decisions.stream().noneMatch(one -> trigger.equals(one.text("trigger_id")))) {
      while (place > 0 && decisions.get(place - 1).time("at").isAfter(decision.time("at"))) {
        place--;
      }
    }
    return place;
  }

  /** The events that a record rests on, each with its place where any record has it. */
  List<Cause> causes(PrintedRecord record) {
    return record.texts("causes").stream().map(this::cause).toList();
  }

  Cause cause(String event) {
    return new Cause(event, places.get(event));
  }

  /** The decisions by which triggers of others were withheld in favour of a journey's. */
  List<PrintedRecord> outrankedBy(String versioned, Instant at) {
    return decisions.stream()
        .filter(decision -> decision.time("at").equals(at))
        .filter(
            decision ->
                decision.records("verdicts").stream()
                    .anyMatch(
                        verdict ->
                            verdict.text("guard").equals("arbitration")
                                && verdict.text("detail").equals(versioned + " was chosen")))
        .toList();
  }

  /** The moves between stages at a moment that no late event has taken back. */
  List<PrintedRecord> movesAt(Instant at) {
    return standing().stream().filter(move -> move.time("at").equals(at)).toList();
  }

  /** The moves between stages that no late event has taken back. */
  List<PrintedRecord> standing() {
    List<PrintedRecord> standing = new ArrayList<>();
    for (PrintedRecord move : transitions) {
      if (move.flag("withdrawn")) {
        standing.removeIf(earlier -> isSame(earlier, move));
      } else {
        standing.add(move);
      }
    }
    return standing;
  }

  private static boolean isSame(PrintedRecord one, PrintedRecord other) {
    return one.time("at").equals(other.time("at"))
        && one.text("to").equals(other.text("to"))
        && String.valueOf(one.text("from")).equals(String.valueOf(other.text("from")));
  }
}
