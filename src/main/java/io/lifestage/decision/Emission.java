package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.TriggerId;
import io.lifestage.journey.Verdict;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides on one trigger: asks every guard, then sends it or says why not. */
final class Emission {
  private static final String MARKETING = "marketing";

  private Emission() {}

  static void decide(Draft draft, Journey journey, Instance run, Step.Emit emit) {
    List<Trigger.Item> items = Selection.of(draft, emit);
    List<Verdict> verdicts = new ArrayList<>();
    String refusal = null;
    for (Ask ask : guards(draft, journey, emit, items)) {
      verdicts.add(ask.verdict());
      if (!ask.verdict().passed() && refusal == null) {
        refusal = ask.reason();
      }
    }
    String id = TriggerId.of(run.cause(), journey.id(), run.key(), emit.id(), 0);
    if (refusal == null) {
      draft.effects.triggers().add(trigger(draft, journey, run, emit, id, items));
    }
    draft.effects.decisions().add(decision(draft, run, emit, id, verdicts, refusal));
    observe(draft, journey, refusal);
  }

  /** A guard's answer, and the reason to give where it is no. */
  private record Ask(Verdict verdict, String reason) {}

  private static List<Ask> guards(
      Draft draft, Journey journey, Step.Emit emit, List<Trigger.Item> items) {
    List<Ask> asked = new ArrayList<>();
    if (draft.policy.triggersFrom() > 0) {
      boolean live = draft.now() >= draft.policy.triggersFrom();
      String from = "triggers are sent from " + Instant.ofEpochMilli(draft.policy.triggersFrom());
      asked.add(new Ask(new Verdict("history", live, from), Reason.HISTORY));
    }
    for (Step.Requirement requirement : emit.requirements()) {
      boolean holds = requirement.condition().holds(draft);
      asked.add(
          new Ask(new Verdict("requirement", holds, requirement.reason()), requirement.reason()));
    }
    if (!journey.service() && emit.audience() == Step.Audience.CUSTOMER) {
      String asksFor = emit.channel() + ":" + MARKETING;
      Boolean consent = draft.consents.get(asksFor);
      String reason = consent == null ? Reason.NO_CONSENT : Reason.CONSENT_WITHDRAWN;
      asked.add(new Ask(new Verdict("consent", Boolean.TRUE.equals(consent), asksFor), reason));
    }
    if (emit.items() != Step.Items.NONE) {
      String found = items.size() + " of " + emit.items();
      asked.add(new Ask(new Verdict("items", !items.isEmpty(), found), Reason.NOTHING_TO_OFFER));
    }
    return asked;
  }

  private static Trigger trigger(
      Draft draft,
      Journey journey,
      Instance run,
      Step.Emit emit,
      String id,
      List<Trigger.Item> items) {
    Map<String, String> data = new LinkedHashMap<>(emit.constants());
    for (String name : emit.attributes()) {
      if (run.context().get(name) != null) {
        data.put(name, run.context().get(name));
      }
    }
    return new Trigger(
        id,
        Trigger.Status.ACTIVE,
        emit.kind(),
        journey.id(),
        journey.version(),
        run.key(),
        draft.key,
        emit.audience(),
        emit.channel(),
        emit.template(),
        data,
        items,
        emit.priority(),
        emit.offerValue(),
        draft.now(),
        draft.now(),
        draft.now() + emit.validFor().toMillis(),
        draft.stage,
        draft.cycle,
        run.causes());
  }

  private static Decision decision(
      Draft draft,
      Instance run,
      Step.Emit emit,
      String triggerId,
      List<Verdict> verdicts,
      String refusal) {
    return new Decision(
        run.journey(),
        run.version(),
        draft.key,
        run.key(),
        refusal == null ? Decision.Outcome.FIRED : Decision.Outcome.SUPPRESSED,
        refusal == null ? Reason.ALL_GUARDS_PASSED : refusal,
        draft.now(),
        draft.stage,
        emit.id(),
        triggerId,
        List.copyOf(verdicts),
        run.causes());
  }

  private static void observe(Draft draft, Journey journey, String refusal) {
    List<Observation> observations = draft.effects.observations();
    if (refusal == null) {
      observations.add(
          Observation.one(Metrics.TRIGGERS_FIRED, "journey", journey.id(), draft.now()));
    } else {
      observations.add(
          Observation.one(Metrics.TRIGGERS_SUPPRESSED, "journey", journey.id(), draft.now()));
      observations.add(
          Observation.one(Metrics.TRIGGERS_SUPPRESSED, "reason", refusal, draft.now()));
    }
  }
}
