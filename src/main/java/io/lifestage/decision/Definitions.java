package io.lifestage.decision;

import io.lifestage.journey.Entry;
import io.lifestage.journey.Journey;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.trait.Trait;
import io.lifestage.trait.Traits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stage model, traits and journeys that belong together, indexed by what concerns an event. Of a
 * journey's versions the greatest is entered; the others are there for those who are in them.
 */
public final class Definitions {
  private final StageModel stages;
  private final Traits traits;
  private final Map<String, Journey> byVersion = new HashMap<>();
  private final Map<String, List<Journey>> byEventType = new HashMap<>();
  private final Map<String, List<Journey>> byStage = new HashMap<>();
  private final List<Journey> onArrival;

  /**
   * @throws IllegalArgumentException where two journeys of one version, or two traits, have one
   *     name, or a journey waits for a stage that the model does not have
   */
  public Definitions(StageModel stages, List<Trait> traits, List<Journey> journeys) {
    this.stages = stages;
    this.traits = new Traits(traits);
    Map<String, Journey> greatest = new LinkedHashMap<>();
    for (Journey journey : journeys) {
      if (byVersion.put(journey.versioned(), journey) != null) {
        throw new IllegalArgumentException("two journeys are " + journey.versioned());
      }
      greatest.merge(journey.id(), journey, (a, b) -> a.version() > b.version() ? a : b);
    }
    for (Journey journey : greatest.values()) {
      if (journey.entry() instanceof Entry.OnEvent on) {
        on.types().forEach(type -> index(byEventType, type, journey));
      } else if (journey.entry() instanceof Entry.OnStage on) {
        on.stages().forEach(stage -> index(byStage, known(stage, journey), journey));
      }
    }
    this.onArrival = greatest.values().stream().filter(Journey::decidedOnArrival).toList();
  }

  public StageModel stages() {
    return stages;
  }

  public Traits traits() {
    return traits;
  }

  /** The version of a journey that a run entered, or null where it is gone. */
  Journey journey(String id, int version) {
    return byVersion.get(id + "@" + version);
  }

  /** The journeys that an event of this type may start, in their order. */
  List<Journey> enteredBy(String eventType) {
    return byEventType.getOrDefault(eventType, List.of());
  }

  /** The journeys that entering this stage may start, in their order. */
  List<Journey> enteredInto(String stage) {
    return byStage.getOrDefault(stage, List.of());
  }

  /** The journeys whose answer is given when the event arrives. */
  List<Journey> onArrival() {
    return onArrival;
  }

  /**
   * How long silence may last in a stage before it moves the customer, or null where it never does.
   */
  Move movedBySilence(String stage) {
    return firstMove(stage, Move.AfterSilence.class);
  }

  /** The move that a long stay in the stage makes, or null. */
  Move movedByStay(String stage) {
    return firstMove(stage, Move.AfterStay.class);
  }

  private Move firstMove(String stage, Class<? extends Move.When> kind) {
    for (Move move : stages.moves()) {
      if (kind.isInstance(move.when()) && move.leaves(stage)) {
        return move;
      }
    }
    return null;
  }

  private String known(String stage, Journey journey) {
    if (!stages.stages().contains(stage)) {
      throw new IllegalArgumentException(
          "journey " + journey.id() + " waits for the stage " + stage + ", which is not there");
    }
    return stage;
  }

  private static void index(Map<String, List<Journey>> index, String key, Journey journey) {
    index.computeIfAbsent(key, k -> new ArrayList<>()).add(journey);
  }
}
