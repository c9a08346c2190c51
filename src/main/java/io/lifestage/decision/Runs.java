package io.lifestage.decision;

import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.EventMatch;
import io.lifestage.journey.Exit;
import io.lifestage.journey.Instance;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Step;
import io.lifestage.journey.Verdict;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Transition;
import java.util.List;
import java.util.Map;

/** The interpreter of journeys: one for all of them, whatever they say. */
final class Runs {
  /** Whether what a step waited for came: {@code run.met}. */
  private static final String MET = "met";

  private Runs() {}

  /** What the draft's event does to runs: ends them, makes them wait longer, starts them. */
  static void meet(Draft draft, Arrival arrival) {
    Event event = arrival.event();
    for (Instance run : List.copyOf(draft.running.values())) {
      Journey journey = draft.definitions.journey(run);
      if (journey == null) {
        Register.end(draft, run, Outcome.EXITED, Reason.DEFINITION_GONE);
      } else if (run.step() == Instance.BEHIND) {
        Goals.pursue(draft, journey, run);
      } else if (run.step() >= 0) {
        hear(draft, journey, run);
      }
    }
    for (Journey journey : draft.definitions.missing(event.type())) {
      Unbegun.countAbsence(draft, journey);
    }
    for (Journey journey : draft.definitions.datedBy(event.type())) {
      Unbegun.setDate(draft, journey, event.cause());
    }
    for (String answered : arrival.answered()) {
      Journey journey = draft.definitions.answering(answered);
      if (journey != null) {
        Entrance.remember(draft, journey);
      }
    }
    for (Journey journey : draft.definitions.enteredBy(event.type())) {
      if (!arrival.isAnsweredBy(journey.id())) {
        Entrance.enter(draft, journey, event.cause(), event.attributes());
      }
    }
  }

  /** Ends and starts the runs that the stages entered end and start. */
  static void followStages(Draft draft, List<Transition> transitions, Cause cause) {
    for (Transition transition : transitions) {
      for (Instance run : List.copyOf(draft.running.values())) {
        Journey journey = draft.definitions.journey(run);
        if (journey != null && run.step() >= 0) {
          journey.exits().stream()
              .filter(exit -> exit.stages().contains(transition.to()))
              .findFirst()
              .ifPresent(exit -> leave(draft, journey, run, exit, "stage " + transition.to(), ""));
        }
      }
      for (Journey journey : draft.definitions.enteredInto(transition.to())) {
        Entrance.enter(
            draft, journey, cause, Map.of(), new Verdict("stage", true, transition.to()));
      }
    }
  }

  /** Starts the runs that coming into segments, and leaving them, starts. */
  static void followSegments(Draft draft, List<Segments.Change> changes, Cause cause) {
    for (Segments.Change change : changes) {
      for (Journey journey :
          draft.definitions.enteredBySegment(change.segment(), change.entering())) {
        String side = change.entering() ? "into " : "out of ";
        String detail = Ways.detail(side + change.segment(), change.told());
        Entrance.enter(draft, journey, cause, Map.of(), new Verdict("segment", true, detail));
      }
    }
  }

  /** Does what is due at the draft's moment; what waits for the best to be chosen comes last. */
  static void wakeAll(Draft draft) {
    for (Instance run : List.copyOf(draft.running.values())) {
      if (run.wakeAt() <= draft.now()
          && Register.isUnderWay(draft, run)
          && !Arbitration.isContender(draft, run)) {
        wake(draft, run);
      }
    }
    Arbitration.choose(draft);
  }

  private static void wake(Draft draft, Instance run) {
    Journey journey = draft.definitions.journey(run);
    if (journey == null) {
      Register.end(draft, run, Outcome.EXITED, Reason.DEFINITION_GONE);
      return;
    }
    switch (run.step()) {
      case Instance.BEFORE -> Unbegun.begin(draft, run);
      case Instance.BEHIND -> Goals.miss(draft, run);
      default -> {
        Instance on =
            journey.steps().get(run.step()) instanceof Step.Hold hold ? unmet(run, hold) : run;
        Walk.proceed(draft, journey, on, run.step() + 1);
      }
    }
  }

  private static void hear(Draft draft, Journey journey, Instance run) {
    Exit exit = exitFor(draft, journey, run);
    if (exit != null) {
      leave(draft, journey, run, exit, draft.event().type(), told(draft, exit.events()));
    } else if (journey.steps().get(run.step()) instanceof Step.Hold hold) {
      draft.speakOf(run.context());
      EventMatch met = metBy(draft, journey, run, hold);
      if (met != null) {
        Instance on = run.causedAlsoBy(draft.event().cause(), Bounds.CAUSES);
        String detail = Ways.detail(hold.id() + ": " + draft.event().type(), told(draft, met));
        Walk.proceed(draft, journey, Ways.led(met(on, true), "hold", detail), run.step() + 1);
      } else if (hold.resets().contains(draft.event().type())
          && isAbout(journey, run, draft.event())) {
        waitOn(draft, run, hold);
      }
    }
  }

  private static EventMatch metBy(Draft draft, Journey journey, Instance run, Step.Hold hold) {
    for (EventMatch match : hold.until()) {
      if (matches(draft, journey, run, match)) {
        return match;
      }
    }
    return null;
  }

  private static String told(Draft draft, EventMatch match) {
    return match.condition().told(draft);
  }

  private static void leave(
      Draft draft, Journey journey, Instance run, Exit exit, String by, String told) {
    List<Exit> exits = journey.exits();
    String which = "%d of %d: %s".formatted(exits.indexOf(exit) + 1, exits.size(), by);
    Verdict verdict = new Verdict("exit", true, Ways.detail(which, told));
    Register.end(draft, run, Outcome.EXITED, exit.reason(), verdict);
  }

  private static Exit exitFor(Draft draft, Journey journey, Instance run) {
    draft.speakOf(run.context());
    for (Exit exit : journey.exits()) {
      if (matches(draft, journey, run, exit.events())) {
        return exit;
      }
    }
    return null;
  }

  static boolean matches(Draft draft, Journey journey, Instance run, EventMatch match) {
    return match.types().contains(draft.event().type())
        && (!match.sameKey() || isAbout(journey, run, draft.event()))
        && match.condition().holds(draft);
  }

  private static void waitOn(Draft draft, Instance run, Step.Hold hold) {
    long latest = Deadlines.after(run.stepSince(), hold.atMost());
    long wakeAt = Math.min(latest, Deadlines.after(draft.now(), hold.patience()));
    Register.keep(
        draft,
        Register.nameOf(run),
        run.causedAlsoBy(draft.event().cause(), Bounds.CAUSES)
            .waiting(run.step(), run.stepSince(), wakeAt));
  }

  /**
   * Whether an event speaks of what the run is about; every event of the customer does, if no key.
   */
  private static boolean isAbout(Journey journey, Instance run, Event event) {
    return !(journey.key() instanceof InstanceKey.ByAttribute by)
        || run.key().equals(event.get(by.attribute()));
  }

  private static Instance met(Instance run, boolean met) {
    return run.remembering(MET, Boolean.toString(met));
  }

  private static Instance unmet(Instance run, Step.Hold hold) {
    Instance on = met(run, false);
    return hold.until().isEmpty() ? on : Ways.led(on, "hold", hold.id() + ": nothing");
  }
}
