package io.lifestage.decision;

import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.InFlight;
import io.lifestage.journey.Instance;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Verdict;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who comes into a journey: by its filter, its key and its rule of re-entry. */
final class Entrance {
  /** What a run always remembers of the event that started it, to know what it is about. */
  private static final List<String> SUBJECTS =
      List.of(Attribute.CART_ID, Attribute.ORDER_ID, Attribute.CONVERSATION_ID, Attribute.SKU);

  private Entrance() {}

  /**
   * Starts a run of a journey, if its filter and its rule of re-entry let it.
   *
   * @param entry what met the entry, beside the event
   */
  static void enter(
      Draft draft, Journey journey, Cause cause, Map<String, String> attributes, Verdict... entry) {
    draft.speakOfTheEvent();
    String key = journey.key().of(draft.event(), draft.cycle());
    if (key != null && journey.filter().holds(draft)) {
      enter(draft, journey, key, cause, remembered(journey, attributes), List.of(entry));
    }
  }

  static void enter(
      Draft draft,
      Journey journey,
      String key,
      Cause cause,
      Map<String, String> context,
      List<Verdict> entry) {
    String about = Customer.run(journey.id(), key);
    boolean everyTime = journey.reEntry() instanceof ReEntry.EveryTime;
    if (!everyTime && draft.running.containsKey(about)) {
      return;
    }
    String refusal = refusal(draft, journey, about);
    if (refusal != null) {
      refuse(draft, journey, key, cause, refusal);
      return;
    }
    List<Verdict> verdicts = new ArrayList<>(entry);
    String told = journey.filter().told(draft);
    if (!told.isEmpty()) {
      verdicts.add(new Verdict("filter", true, told));
    }
    draft.entered = Bounds.put(draft.entered, about, draft.now(), Bounds.ENTERED);
    Instance begun = begun(draft, journey, key, cause, context);
    Instance run = everyTime ? begun.remembering(Register.BESIDE, "true") : begun;
    Register.decide(draft, run, Outcome.ENTERED, Reason.ENTERED, verdicts);
    Walk.proceed(draft, journey, run, 0);
  }

  /**
   * Notes a run that was decided when its event arrived, or that it was not let in again: by the
   * version that decided it, though another may have become known since.
   */
  static void remember(Draft draft, Journey journey) {
    draft.speakOfTheEvent();
    String key = journey.key().of(draft.event(), draft.cycle());
    if (key == null || !journey.filter().holds(draft)) {
      return;
    }
    String about = Customer.run(journey.id(), key);
    String refusal = refusal(draft, journey, about);
    if (refusal == null) {
      draft.entered = Bounds.put(draft.entered, about, draft.now(), Bounds.ENTERED);
    } else {
      refuse(draft, journey, key, draft.event().cause(), refusal);
    }
  }

  private static void refuse(Draft draft, Journey journey, String key, Cause cause, String reason) {
    Instance refused = begun(draft, journey, key, cause, Map.of());
    Long last = draft.entered.get(Customer.run(journey.id(), key));
    if (last == null) {
      Register.decide(draft, refused, Outcome.SUPPRESSED, reason, List.of());
      return;
    }
    long again =
        reason.equals(Reason.ALREADY_ENTERED) && journey.reEntry() instanceof ReEntry.AfterRest rest
            ? Deadlines.after(last, rest.rest())
            : 0;
    String begun = "the last run began at " + Instant.ofEpochMilli(last);
    List<Verdict> verdicts = List.of(new Verdict("re-entry", false, begun));
    Register.decide(draft, refused, Outcome.SUPPRESSED, reason, null, again, verdicts);
  }

  /** Why a key may not have a run now, or null where it may. */
  private static String refusal(Draft draft, Journey journey, String about) {
    if (journey.terms().inFlight() instanceof InFlight.Drain && isInOlder(draft, journey)) {
      return Reason.DRAINING;
    }
    Long last = draft.entered.get(about);
    ReEntry rule = journey.reEntry();
    if (last == null || rule instanceof ReEntry.AfterExit || rule instanceof ReEntry.EveryTime) {
      return null;
    }
    boolean rested =
        rule instanceof ReEntry.AfterRest after && draft.now() - last >= after.rest().toMillis();
    return rested ? null : Reason.ALREADY_ENTERED;
  }

  private static boolean isInOlder(Draft draft, Journey journey) {
    return draft.running.values().stream()
        .anyMatch(
            run ->
                run.journey().equals(journey.id())
                    && run.version() < journey.version()
                    && run.step() >= 0);
  }

  static Instance begun(
      Draft draft, Journey journey, String key, Cause cause, Map<String, String> context) {
    return new Instance(
        journey.id(),
        journey.version(),
        key,
        draft.now(),
        0,
        draft.now(),
        draft.now(),
        context,
        List.of(cause));
  }

  static Map<String, String> remembered(Journey journey, Map<String, String> attributes) {
    Set<String> names = new LinkedHashSet<>(SUBJECTS);
    if (journey.key() instanceof InstanceKey.ByAttribute by) {
      names.add(by.attribute());
    }
    names.addAll(journey.remembers());
    Map<String, String> context = new LinkedHashMap<>();
    for (String name : names) {
      if (attributes.get(name) != null) {
        context.put(name, attributes.get(name));
      }
    }
    return context;
  }
}
