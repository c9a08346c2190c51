package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Guards;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Status;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.TriggerId;
import io.lifestage.journey.Verdict;
import io.lifestage.journey.Wanted;
import io.lifestage.metric.Lift;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides on one trigger: asks every guard, then sends it, holds it, or says why not. */
final class Emission {
  /** Those who got what the journey sends. */
  private static final String TREATED = Lift.TREATED;

  /** Those who were chosen to get nothing, to be compared with. */
  private static final String HELD_OUT = Lift.HELD_OUT;

  /** Whether there are products to go with it. */
  static final String ITEMS = "items";

  /** What an earlier late event has settled for good. */
  static final String LATE = "late-event";

  private final Draft draft;
  private final Journey journey;
  private final Instance run;
  private final Step.Emit emit;
  private final String id;
  private final List<Verdict> verdicts;
  private String refusal;
  private boolean refusedAnyway;
  private long heldUntil;
  private Wanted wanted;

  private Emission(Draft draft, Journey journey, Instance run, Step.Emit emit) {
    this.draft = draft;
    this.journey = journey;
    this.run = run;
    this.emit = emit;
    this.verdicts = new ArrayList<>(Ways.of(run));
    this.id = TriggerId.of(countsFrom(), journey.id(), run.key(), emit.id(), 0);
  }

  /**
   * What was decided.
   *
   * @param fired whether it was sent
   * @param heldUntil when to ask again, epoch milliseconds; 0 where it is decided
   * @param group by which the goal is compared, or null where the customer is in none
   */
  record Verdicts(boolean fired, long heldUntil, String group) {}

  /**
   * Decides on a trigger.
   *
   * @param run waits in the step since the trigger was first due
   * @param winner the journey that was chosen before this one, or null
   */
  static Verdicts decide(
      Draft draft, Journey journey, Instance run, Step.Emit emit, Journey winner) {
    return new Emission(draft, journey, run, emit).decide(winner);
  }

  private Verdicts decide(Journey winner) {
    List<Trigger.Item> items = Selection.of(draft, emit);
    wanted = Selection.wanted(draft, emit);
    askWhetherItRuns();
    askRequirements();
    if (!journey.service() && emit.address().audience() == Step.Audience.CUSTOMER) {
      askMarketing(winner, items);
    } else {
      askForItems(items);
    }
    if (refusal == null && heldUntil > 0) {
      write(Decision.Outcome.HELD, Reason.QUIET_HOURS, id);
      return new Verdicts(false, heldUntil, null);
    }
    askWhetherItIsWithheldForGood();
    if (refusal == null) {
      Trigger sent = trigger(items).after(draft.aftermath.takenBack(id));
      draft.effects.triggers().add(wanted == null ? sent : sent.waitingFor(wanted));
      spend();
      write(Decision.Outcome.FIRED, Reason.ALL_GUARDS_PASSED, id);
    } else {
      write(Decision.Outcome.SUPPRESSED, refusal, id);
    }
    if (refusal != null || wanted == null) {
      observe(draft.effects, draft.now(), refusal, journey.id(), emit.address().channel());
    }
    return new Verdicts(refusal == null, 0, group());
  }

  /**
   * Whom another guard would have refused is in no group: those who got it passed all of them, and
   * would be compared with others than themselves.
   */
  private String group() {
    if (refusal == null) {
      return TREATED;
    }
    return isHoldout(refusal) && !refusedAnyway ? HELD_OUT : null;
  }

  private static boolean isHoldout(String reason) {
    return Reason.HOLDOUT.equals(reason) || Reason.JOURNEY_HOLDOUT.equals(reason);
  }

  // --- Guards ----------------------------------------------------------------------------------

  private void ask(String guard, boolean passed, String detail, String reason) {
    verdicts.add(new Verdict(guard, passed, detail));
    refusedAnyway |= !passed && !isHoldout(reason);
    if (!passed && refusal == null) {
      refusal = reason;
    }
  }

  /** What went out stands, though a late event brings what would have come before it. */
  private void askUnlessItWentOut(String guard, boolean passed, String detail, String reason) {
    if (!passed && refusal == null && draft.aftermath.wentOut(id, draft.now())) {
      verdicts.add(new Verdict(LATE, true, "went out before: " + detail));
    } else {
      ask(guard, passed, detail, reason);
    }
  }

  private void askWhetherItRuns() {
    if (draft.policy.triggersFrom() > 0) {
      boolean live = draft.now() >= draft.policy.triggersFrom();
      String from = "triggers are sent from " + Instant.ofEpochMilli(draft.policy.triggersFrom());
      ask("history", live, from, Reason.HISTORY);
    }
    Journey newest = draft.definitions.journey(journey.id());
    if (newest != null && newest.terms().status() != Status.ACTIVE) {
      boolean paused = newest.terms().status() == Status.PAUSED;
      String detail = newest.versioned() + (paused ? " is paused" : " is archived");
      ask("status", false, detail, paused ? Reason.PAUSED : Reason.ARCHIVED);
    }
  }

  private void askRequirements() {
    for (Step.Requirement requirement : emit.requirements()) {
      boolean holds = requirement.condition().holds(draft);
      String detail = Ways.detail(requirement.reason(), requirement.condition().told(draft));
      ask("requirement", holds, detail, requirement.reason());
    }
  }

  private void askForItems(List<Trigger.Item> items) {
    if (wanted != null) {
      ask(ITEMS, true, "asked of what goes with " + String.join(", ", wanted.goesWith()), null);
    } else if (emit.content().items() != Step.Items.NONE) {
      String found = items.size() + " of " + emit.content().items();
      ask(ITEMS, !items.isEmpty(), found, Reason.NOTHING_TO_OFFER);
    }
  }

  private void askMarketing(Journey winner, List<Trigger.Item> items) {
    Guards guards = draft.definitions.guards();
    String asksFor = emit.address().channel() + ":" + journey.terms().purpose();
    Boolean consent = draft.consents.get(asksFor);
    ask(
        "consent",
        Boolean.TRUE.equals(consent),
        asksFor,
        consent == null ? Reason.NO_CONSENT : Reason.CONSENT_WITHDRAWN);
    askHoldouts(guards);
    for (Guards.Pause pause : guards.pauses()) {
      boolean holds = pause.condition().holds(draft);
      String detail = Ways.detail(pause.reason(), pause.condition().told(draft));
      ask("pause", !holds, detail, pause.reason());
    }
    askForItems(items);
    for (Guards.Cap cap : guards.caps()) {
      if (cap.counts(emit.address().channel(), journey.terms().tags())) {
        int spent = spent(cap);
        String detail = "%d of %d in %s".formatted(spent, cap.atMost(), cap.name());
        askUnlessItWentOut("cap", spent < cap.atMost(), detail, Reason.CAP);
      }
    }
    askForQuiet(guards);
    String chosen = winner == null ? chosenBefore(guards) : winner.versioned();
    boolean better = chosen != null && refusal == null && heldUntil == 0;
    if (better) {
      askUnlessItWentOut("arbitration", false, chosen + " was chosen", Reason.OUTRANKED);
    }
    refusedAnyway |= chosen != null && heldUntil == 0;
    long expiresAt = expiresAt();
    long sentAt = Math.max(draft.now(), heldUntil);
    ask(
        "expiry",
        sentAt < expiresAt,
        "valid until " + Instant.ofEpochMilli(expiresAt),
        Reason.EXPIRED);
  }

  /** What is withheld once by a cap or a choice does not go out later for a late event. */
  private void askWhetherItIsWithheldForGood() {
    String before = draft.aftermath.withheld(id);
    if (refusal == null && before != null) {
      ask(LATE, false, "withheld before: " + before, before);
    }
  }

  private void askHoldouts(Guards guards) {
    Guards.Holdout everywhere = guards.holdout();
    if (everywhere.share() > 0) {
      int lot = Lot.of(draft.key, "holdout", everywhere.salt());
      String detail = "lot %d, held out below %d".formatted(lot, everywhere.share());
      ask("holdout", lot >= everywhere.share(), detail, Reason.HOLDOUT);
    }
    int share = journey.terms().holdout();
    if (share > 0) {
      int lot = Lot.of(draft.key, "holdout of", journey.id());
      String detail = "lot %d, held out below %d".formatted(lot, share);
      ask("journey-holdout", lot >= share, detail, Reason.JOURNEY_HOLDOUT);
    }
  }

  private void askForQuiet(Guards guards) {
    LocalTimes times = draft.times();
    for (Guards.QuietHours quiet : guards.quietHours()) {
      boolean concerned =
          quiet.channels().isEmpty() || quiet.channels().contains(emit.address().channel());
      if (concerned && times.isWithin(quiet, draft.now())) {
        String detail = "%s to %s in %s".formatted(quiet.from(), quiet.to(), times.zone());
        if (quiet.hold()) {
          long end = times.endOf(quiet, draft.now());
          String held = detail + ", held until " + Instant.ofEpochMilli(end);
          verdicts.add(new Verdict("quiet-hours", false, held));
          heldUntil = Math.max(heldUntil, end);
        } else {
          ask("quiet-hours", false, detail, Reason.QUIET_HOURS);
        }
      }
    }
  }

  private int spent(Guards.Cap cap) {
    long since;
    if (cap.period() instanceof Guards.Period.Rolling rolling) {
      since = draft.now() - rolling.length().toMillis() + 1;
    } else {
      since =
          draft.times().beginningOf(((Guards.Period.Calendar) cap.period()).unit(), draft.now());
    }
    Set<String> spent = new HashSet<>();
    draft.sent.stream()
        .filter(sent -> counts(cap, sent, since))
        .forEach(s -> spent.add(s.trigger()));
    for (Aftermath.Spent gone : draft.aftermath.spent()) {
      if (gone.countsAfter() < draft.now() && counts(cap, gone.sent(), since)) {
        spent.add(gone.sent().trigger());
      }
    }
    // Whoever got it already does not get it again.
    spent.remove(id);
    return spent.size();
  }

  /** What was chosen so shortly before that this was due with it, though it is taken back since. */
  private String chosenBefore(Guards guards) {
    long length = guards.arbitration().toMillis();
    for (Aftermath.Spent gone : draft.aftermath.spent()) {
      Sent sent = gone.sent();
      if (length > 0
          && gone.countsAfter() < draft.now()
          && draft.now() - sent.at() <= length
          && !sent.trigger().equals(id)) {
        return sent.trigger();
      }
    }
    return null;
  }

  private static boolean counts(Guards.Cap cap, Sent sent, long since) {
    return sent.at() >= since && cap.counts(sent.channel(), sent.tags());
  }

  /** Caps count it. */
  private void spend() {
    Guards guards = draft.definitions.guards();
    boolean counts = !journey.service() && emit.address().audience() == Step.Audience.CUSTOMER;
    if (counts && !guards.memory().isZero()) {
      Sent spent = new Sent(id, draft.now(), emit.address().channel(), journey.terms().tags());
      draft.sent = Spendings.and(draft.sent, spent, guards, draft.policy.lateness());
    }
  }

  // --- What is written -------------------------------------------------------------------------

  /** What the trigger's id is made of: the event that the run counts from, or the date. */
  private String countsFrom() {
    return run.context().getOrDefault(Unbegun.DATE, run.cause().event());
  }

  private long expiresAt() {
    return Deadlines.after(run.stepSince(), emit.worth().validFor());
  }

  private Trigger trigger(List<Trigger.Item> items) {
    Step.Content content = emit.content();
    Map<String, String> data = new LinkedHashMap<>(content.constants());
    for (String name : content.attributes()) {
      if (run.context().get(name) != null) {
        data.put(name, run.context().get(name));
      }
    }
    content
        .values()
        .forEach(
            (name, value) -> {
              String text = value.text(draft);
              if (text != null) {
                data.put(name, text);
              }
            });
    return new Trigger(
        id,
        Trigger.Status.ACTIVE,
        emit.kind(),
        journey.id(),
        journey.version(),
        run.key(),
        draft.key,
        emit.address().audience(),
        emit.address().channel(),
        emit.address().template(),
        data,
        items,
        emit.worth().priority(),
        emit.worth().offerValue(),
        draft.now(),
        draft.now(),
        expiresAt(),
        draft.stage,
        draft.cycle,
        run.causes());
  }

  private void write(Decision.Outcome outcome, String reason, String triggerId) {
    boolean held = outcome == Decision.Outcome.HELD;
    Decision decision =
        new Decision(
            run.journey(),
            run.version(),
            draft.key,
            run.key(),
            outcome,
            reason,
            draft.now(),
            draft.stage,
            emit.id(),
            triggerId,
            draft.decidedBy(),
            held ? heldUntil : 0,
            List.copyOf(verdicts),
            run.causes());
    boolean onCondition = outcome == Decision.Outcome.FIRED && wanted != null;
    draft.effects.decisions().add(onCondition ? decision.onCondition() : decision);
  }

  /**
   * Tells the metrics what was decided.
   *
   * @param refusal why nothing is sent, or null where something is
   * @param channel null is none
   */
  static void observe(Effects effects, long at, String refusal, String journey, String channel) {
    List<Observation> observations = effects.observations();
    if (refusal == null) {
      observations.add(Observation.one(Metrics.TRIGGERS_FIRED, "journey", journey, at));
      String label = channel == null ? "" : channel;
      observations.add(Observation.one(Metrics.TRIGGERS_FIRED, "channel", label, at));
    } else {
      observations.add(Observation.one(Metrics.TRIGGERS_SUPPRESSED, "journey", journey, at));
      observations.add(Observation.one(Metrics.TRIGGERS_SUPPRESSED, "reason", refusal, at));
    }
  }
}
