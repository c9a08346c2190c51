package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Exit;
import io.lifestage.journey.Instance;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Step;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The interpreter of journeys: one for all of them, whatever they say. */
final class Runs {
  /** What a run always remembers of the event that started it, to know what it is about. */
  private static final List<String> SUBJECTS =
      List.of(Attribute.CART_ID, Attribute.ORDER_ID, Attribute.CONVERSATION_ID, Attribute.SKU);

  private Runs() {}

  /** What the draft's event does to runs: ends them, makes them wait longer, starts them. */
  static void meet(Draft draft, List<Transition> transitions) {
    Event event = draft.event();
    for (Instance run : List.copyOf(draft.running.values())) {
      Journey journey = draft.definitions.journey(run.journey(), run.version());
      if (journey == null) {
        end(draft, run, Outcome.EXITED, Reason.DEFINITION_GONE);
        continue;
      }
      Exit exit = exitFor(draft, journey, run);
      if (exit != null) {
        end(draft, run, Outcome.EXITED, exit.reason());
      } else if (resets(journey, run, event)) {
        waitForSilence(draft, journey, run, event);
      }
    }
    for (Journey journey : draft.definitions.enteredBy(event.type())) {
      if (journey.decidedOnArrival()) {
        remember(draft, journey);
      } else {
        enter(draft, journey, event.id(), event.attributes());
      }
    }
    enterStages(draft, transitions);
  }

  /** Starts the runs that entering a stage starts. */
  static void enterStages(Draft draft, List<Transition> transitions) {
    for (Transition transition : transitions) {
      for (Journey journey : draft.definitions.enteredInto(transition.to())) {
        enter(draft, journey, transition.evidence().get(0), Map.of());
      }
    }
  }

  /** Whether the run has not just ended to make room for another. */
  static boolean isUnderWay(Draft draft, Instance run) {
    return draft.running.containsKey(Customer.run(run.journey(), run.key()));
  }

  /** Goes on with a run whose waiting is over. */
  static void wake(Draft draft, Instance run) {
    Journey journey = draft.definitions.journey(run.journey(), run.version());
    if (journey == null) {
      end(draft, run, Outcome.EXITED, Reason.DEFINITION_GONE);
    } else {
      proceed(draft, journey, run, run.step() + 1);
    }
  }

  /** Starts a run of a journey, if its filter and its rule of re-entry let it. */
  static void enter(Draft draft, Journey journey, String cause, Map<String, String> attributes) {
    draft.speakOfTheEvent();
    String key = journey.key().of(draft.event(), draft.cycle());
    if (key == null || !journey.filter().holds(draft)) {
      return;
    }
    String name = Customer.run(journey.id(), key);
    if (draft.running.containsKey(name)) {
      return;
    }
    if (!mayEnter(draft, journey, name)) {
      refuse(draft, journey, key, cause);
      return;
    }
    draft.entered = Bounds.put(draft.entered, name, draft.now(), Bounds.ENTERED);
    Instance run = begun(draft, journey, key, cause, remembered(journey, attributes));
    decide(draft, run, Outcome.ENTERED, Reason.ENTERED);
    proceed(draft, journey, run, 0);
  }

  /** Notes a run that was decided when its event arrived, or that it was not let in again. */
  private static void remember(Draft draft, Journey journey) {
    String key = journey.key().of(draft.event(), draft.cycle());
    if (key == null || !journey.filter().holds(draft)) {
      return;
    }
    String name = Customer.run(journey.id(), key);
    if (mayEnter(draft, journey, name)) {
      draft.entered = Bounds.put(draft.entered, name, draft.now(), Bounds.ENTERED);
    } else {
      refuse(draft, journey, key, draft.event().id());
    }
  }

  private static void refuse(Draft draft, Journey journey, String key, String cause) {
    Instance refused = begun(draft, journey, key, cause, Map.of());
    decide(draft, refused, Outcome.SUPPRESSED, Reason.ALREADY_ENTERED);
  }

  private static boolean mayEnter(Draft draft, Journey journey, String name) {
    Long last = draft.entered.get(name);
    if (last == null || journey.reEntry() instanceof ReEntry.AfterExit) {
      return true;
    }
    return journey.reEntry() instanceof ReEntry.AfterRest after
        && draft.now() - last >= after.rest().toMillis();
  }

  private static Instance begun(
      Draft draft, Journey journey, String key, String cause, Map<String, String> context) {
    return new Instance(
        journey.id(),
        journey.version(),
        key,
        draft.now(),
        cause,
        0,
        draft.now(),
        draft.now(),
        context,
        List.of(cause));
  }

  private static Map<String, String> remembered(Journey journey, Map<String, String> attributes) {
    Set<String> names = new LinkedHashSet<>(SUBJECTS);
    if (journey.key() instanceof InstanceKey.ByAttribute by) {
      names.add(by.attribute());
    }
    for (Step step : journey.steps()) {
      if (step instanceof Step.Emit emit) {
        names.addAll(emit.attributes());
      }
    }
    Map<String, String> context = new LinkedHashMap<>();
    for (String name : names) {
      if (attributes.get(name) != null) {
        context.put(name, attributes.get(name));
      }
    }
    return context;
  }

  /** Does the steps from this one on, until one waits or there is none left. */
  private static void proceed(Draft draft, Journey journey, Instance run, int from) {
    draft.speakOf(run.context());
    for (int step = from; step < journey.steps().size(); step++) {
      if (journey.steps().get(step) instanceof Step.Emit emit) {
        Emission.decide(draft, journey, run, emit);
      } else {
        keep(
            draft,
            run.waiting(
                step, draft.now(), Deadlines.after(draft.now(), waitingTime(journey, step))));
        return;
      }
    }
    draft.running = Bounds.remove(draft.running, Customer.run(run.journey(), run.key()));
  }

  private static Duration waitingTime(Journey journey, int step) {
    return journey.steps().get(step) instanceof Step.Delay delay
        ? delay.duration()
        : ((Step.Silence) journey.steps().get(step)).silence();
  }

  private static void keep(Draft draft, Instance run) {
    String name = Customer.run(run.journey(), run.key());
    if (!draft.running.containsKey(name) && draft.running.size() >= Bounds.RUNNING) {
      end(draft, draft.running.values().iterator().next(), Outcome.EXITED, Reason.TOO_MANY_RUNS);
    }
    draft.running = Bounds.put(draft.running, name, run, Bounds.RUNNING);
  }

  private static Exit exitFor(Draft draft, Journey journey, Instance run) {
    draft.speakOf(run.context());
    for (Exit exit : journey.exits()) {
      if (exit.types().contains(draft.event().type())
          && (!exit.sameKey() || isAbout(journey, run, draft.event()))
          && exit.condition().holds(draft)) {
        return exit;
      }
    }
    return null;
  }

  private static boolean resets(Journey journey, Instance run, Event event) {
    return journey.steps().get(run.step()) instanceof Step.Silence silence
        && silence.types().contains(event.type())
        && isAbout(journey, run, event);
  }

  private static void waitForSilence(Draft draft, Journey journey, Instance run, Event event) {
    Step.Silence silence = (Step.Silence) journey.steps().get(run.step());
    long latest = Deadlines.after(run.stepSince(), silence.atMost());
    long wakeAt = Math.min(latest, Deadlines.after(event.at(), silence.silence()));
    List<String> causes = new ArrayList<>(run.causes());
    if (causes.size() == Bounds.CAUSES) {
      causes.remove(1);
    }
    causes.add(event.id());
    keep(
        draft,
        new Instance(
            run.journey(),
            run.version(),
            run.key(),
            run.enteredAt(),
            run.cause(),
            run.step(),
            run.stepSince(),
            wakeAt,
            run.context(),
            List.copyOf(causes)));
  }

  /**
   * Whether an event speaks of what the run is about; every event of the customer does, if no key.
   */
  private static boolean isAbout(Journey journey, Instance run, Event event) {
    return !(journey.key() instanceof InstanceKey.ByAttribute by)
        || run.key().equals(event.get(by.attribute()));
  }

  private static void end(Draft draft, Instance run, Outcome outcome, String reason) {
    draft.running = Bounds.remove(draft.running, Customer.run(run.journey(), run.key()));
    decide(draft, run, outcome, reason);
  }

  private static void decide(Draft draft, Instance run, Outcome outcome, String reason) {
    List<String> causes = new ArrayList<>(run.causes());
    if (draft.event() != null && !causes.contains(draft.event().id())) {
      causes.add(draft.event().id());
    }
    draft
        .effects
        .decisions()
        .add(
            new Decision(
                run.journey(),
                run.version(),
                draft.key,
                run.key(),
                outcome,
                reason,
                draft.now(),
                draft.stage,
                null,
                null,
                List.of(),
                List.copyOf(causes)));
  }
}
