package io.lifestage.explain;

import io.lifestage.lifecycle.Cause;
import io.lifestage.wire.PrintedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells one run: each decision in the light of those before it. */
final class Narrator {
  private final Evidence evidence;
  private final Question question;
  private final List<PrintedRecord> decisions;

  private final List<Chapter> chapters = new ArrayList<>();

  /** Those that hold: not taken back, and more than that another is. */
  private final List<Integer> holding = new ArrayList<>();

  private final Set<Cause> known = new LinkedHashSet<>();
  private final Set<String> decided = new LinkedHashSet<>();
  private Instant latest;

  private PrintedRecord decision;
  private Instant at;
  private List<String> sentences;
  private List<GuardSaid> guards;

  private Narrator(Evidence evidence, Question question, List<PrintedRecord> decisions) {
    this.evidence = evidence;
    this.question = question;
    this.decisions = decisions;
  }

  /**
   * Tells a run.
   *
   * @param decisions those of the run, in the order in which they were written; never empty
   */
  static Run tell(Evidence evidence, Question question, List<PrintedRecord> decisions) {
    return new Narrator(evidence, question, decisions).run();
  }

  private Run run() {
    decisions.forEach(this::chapter);
    PrintedRecord first = decisions.get(0);
    boolean begun = first.text("outcome").equals("ENTERED");
    List<Cause> causes = evidence.causes(first);
    Run.State state = state();
    return new Run(
        first.text("journey"),
        first.text("instance_key"),
        chapters.stream().map(Chapter::version).distinct().toList(),
        begun ? first.time("at") : null,
        begun || causes.isEmpty() ? causes : causes.subList(0, 1),
        state,
        standing(state),
        List.copyOf(chapters));
  }

  private void chapter(PrintedRecord next) {
    decision = next;
    at = next.time("at");
    sentences = new ArrayList<>();
    String reason = next.text("reason");
    guards = next.records("verdicts").stream().map(said -> GuardSaid.of(said, at, reason)).toList();
    boolean undoes = TakenBack.isAll(next);
    boolean again = !undoes && isDecidedAgain();
    if (again) {
      sentences.add("Decided again, after a late event; this replaces what is told of it above.");
    }
    if (undoes) {
      sentences.add(TakenBack.by(next).told());
      nameTheLateEvent();
    } else {
      whatHappened();
      whatPassed(again);
    }
    chapters.add(
        new Chapter(
            at,
            next.text("outcome"),
            reason,
            next.number("journey_version"),
            next.text("step"),
            next.text("trigger_id"),
            decidedBy(),
            next.time("until"),
            again,
            List.copyOf(sentences),
            guards,
            evidence.causes(next)));
    hold(next, undoes);
    known.addAll(evidence.causes(next));
    latest = latest == null || at.isAfter(latest) ? at : latest;
  }

  private void hold(PrintedRecord next, boolean undoes) {
    TakenBack gone = TakenBack.by(next);
    for (int i = holding.size() - 1; gone != null && i >= 0; i--) {
      if (gone.is(decisions.get(holding.get(i)))) {
        holding.remove(i);
        break;
      }
    }
    if (!undoes) {
      holding.add(chapters.size() - 1);
    }
  }

  /** The last chapter that holds, or null where a late event has undone all of them. */
  private Chapter last() {
    return holding.isEmpty() ? null : chapters.get(holding.get(holding.size() - 1));
  }

  /** Within a run time goes on, and a trigger is decided once, unless a late event comes. */
  private boolean isDecidedAgain() {
    String outcome = decision.text("outcome");
    boolean ends = outcome.equals("FIRED") || outcome.equals("SUPPRESSED");
    String what = ends ? decision.text("trigger_id") : outcome + " " + decision.text("step") + at;
    return !decided.add(String.valueOf(what)) || (latest != null && at.isBefore(latest));
  }

  // --- What happened ---------------------------------------------------------------------------

  private void whatHappened() {
    String reason = decision.text("reason");
    switch (decision.text("outcome")) {
      case "ENTERED" -> began();
      case "FIRED" -> sent();
      case "SUPPRESSED" -> withheld(reason);
      case "HELD" -> held();
      case "EXITED" -> {
        sentences.add(
            reason.equals("goal_missed")
                ? sentence(Meaning.of(reason, ""))
                : "The run was ended: " + Meaning.of(reason, "the journey's own exit") + ".");
        left();
        moved();
      }
      case "CONVERTED" -> converted(reason);
      case "MIGRATED" ->
          sentences.add(
              "The run went on in version %d of the journey, from the step '%s'%s."
                  .formatted(
                      decision.number("journey_version"),
                      reason,
                      decision.text("step") == null
                          ? ""
                          : " in the step '%s'".formatted(decision.text("step"))));
      case "CANCELLED" -> takenBack(" before it was due", reason);
      case "RETRACTED" -> takenBack(", and may have gone out", reason);
      default ->
          sentences.add(
              "A later release decided what this one does not know (%s)."
                  .formatted(String.join(", ", decision.text("outcome"), reason)));
    }
  }

  private void began() {
    List<Cause> causes = evidence.causes(decision);
    sentences.add("The run began because of %s.".formatted(told(causes)));
    moved();
  }

  /** Which exit it was, and which event. */
  private void left() {
    String by = decidedBy() == null ? "" : ", because of " + Places.told(decidedBy());
    guards.stream()
        .filter(said -> said.guard().equals("exit"))
        .findFirst()
        .ifPresent(said -> sentences.add("It was " + said.sentence() + by + "."));
  }

  private void takenBack(String how, String reason) {
    sentences.add(
        "%s was taken back%s: %s.".formatted(theTrigger(), how, Meaning.of(reason, "the reason")));
    nameTheLateEvent();
  }

  private void nameTheLateEvent() {
    if (decidedBy() != null) {
      sentences.add("The late event is %s.".formatted(Places.told(decidedBy())));
    }
  }

  private Cause decidedBy() {
    String event = decision.text("decided_by");
    return event == null ? null : evidence.cause(event);
  }

  private void moved() {
    for (PrintedRecord move : evidence.movesAt(at)) {
      sentences.add("At that moment the customer " + Stages.told(move, evidence) + ".");
    }
  }

  private void sent() {
    PrintedRecord trigger = evidence.triggers.get(decision.text("trigger_id"));
    if (trigger == null) {
      sentences.add(
          "Step '%s' sent trigger %s, which is no longer in the topic triggers."
              .formatted(decision.text("step"), decision.text("trigger_id")));
    } else {
      sentences.add(
          "%s sent '%s' to %s by %s."
              .formatted(
                  theStep(),
                  trigger.text("template"),
                  "STAFF".equals(trigger.text("audience")) ? "staff" : "the customer",
                  trigger.text("channel")));
      sentences.add(
          "It is valid until %s, a '%s' of priority %d, trigger %s."
              .formatted(
                  trigger.text("expires_at"),
                  trigger.text("kind"),
                  trigger.number("priority"),
                  trigger.text("trigger_id")));
    }
    if (decision.text("reason").equals(Story.UNDECIDED)) {
      sentences.add("The decision on it is no longer in the topic decisions.");
    } else if (guards.stream().allMatch(GuardSaid::isWay)) {
      sentences.add("No guard had to be asked.");
    } else {
      sentences.add("Every guard let it through.");
    }
    String versioned = decision.text("journey") + "@" + decision.number("journey_version");
    List<PrintedRecord> others = evidence.outrankedBy(versioned, at);
    if (!others.isEmpty()) {
      sentences.add(
          "It was chosen before %s."
              .formatted(
                  others.stream()
                      .map(o -> "%s [%s]".formatted(o.text("journey"), o.text("instance_key")))
                      .collect(Collectors.joining(", "))));
    }
  }

  private void withheld(String reason) {
    String own =
        guards.stream()
                .filter(said -> said.guard().equals("pause") && !said.passed())
                .anyMatch(said -> reason.equals(said.seen().get("reason")))
            ? "the pause"
            : "the journey's own requirement";
    sentences.add("%s withheld its trigger: %s.".formatted(theStep(), Meaning.of(reason, own)));
    guards.stream()
        .filter(said -> !said.passed() && !said.isHeld())
        .findFirst()
        .ifPresent(
            said -> sentences.add("%s said no: %s.".formatted(said.guard(), said.sentence())));
  }

  private void held() {
    sentences.add(
        "%s lets its trigger wait until %s, the end of quiet hours; it is trigger %s."
            .formatted(theStep(), decision.time("until"), decision.text("trigger_id")));
  }

  private void converted(String reason) {
    String by = decidedBy() == null ? "" : " by " + Places.told(decidedBy());
    String group =
        switch (reason) {
          case "treated" -> "the customer had got what the journey sends";
          case "held_out" -> "the customer had been held out, and had got nothing";
          default -> "the group is '" + reason + "'";
        };
    sentences.add("The goal was reached%s; %s.".formatted(by, group));
  }

  private String theStep() {
    return decision.text("step") == null ? "It" : "Step '" + decision.text("step") + "'";
  }

  private String theTrigger() {
    PrintedRecord trigger = evidence.triggers.get(decision.text("trigger_id"));
    return trigger == null
        ? "Trigger " + decision.text("trigger_id")
        : "'%s' (trigger %s)".formatted(trigger.text("template"), decision.text("trigger_id"));
  }

  // --- What had passed before ------------------------------------------------------------------

  private void whatPassed(boolean again) {
    if (chapters.isEmpty()) {
      if (!decision.text("outcome").equals("ENTERED")) {
        sentences.add(
            "What came before is no longer in the topic decisions; it goes back to %s."
                .formatted(told(evidence.causes(decision))));
      }
      return;
    }
    if (!again && at.isAfter(latest)) {
      String before = chapters.size() == 1 ? "the run began" : "the decision before";
      sentences.add(
          "%s had passed since %s.".formatted(Spans.told(Duration.between(latest, at)), before));
    }
    List<Cause> heard =
        evidence.causes(decision).stream()
            .filter(cause -> !known.contains(cause) && !isTold(cause))
            .toList();
    if (!heard.isEmpty()) {
      sentences.add("It rests also on %s, which came since.".formatted(told(heard)));
    }
  }

  /** Whether what happened has named the event already. */
  private boolean isTold(Cause cause) {
    boolean named =
        switch (decision.text("outcome")) {
          case "CONVERTED", "CANCELLED", "RETRACTED" -> true;
          case "EXITED" -> guards.stream().anyMatch(said -> said.guard().equals("exit"));
          default -> false;
        };
    return named && cause.equals(decidedBy());
  }

  // --- How it stands ---------------------------------------------------------------------------

  private Run.State state() {
    Chapter last = last();
    if (last == null) {
      return Run.State.TAKEN_BACK;
    }
    if (waiting() != null) {
      return last.outcome().equals("HELD") ? Run.State.HELD : Run.State.UNDER_WAY;
    }
    return switch (last.outcome()) {
      case "CONVERTED" -> Run.State.CONVERTED;
      case "EXITED" ->
          last.reason().equals("goal_missed") ? Run.State.GOAL_MISSED : Run.State.EXITED;
      case "RETRACTED", "CANCELLED" -> Run.State.TAKEN_BACK;
      default ->
          question.at() == null && evidence.profile != null
              ? Run.State.OVER
              : last.outcome().equals("HELD") ? Run.State.HELD : Run.State.OPEN;
    };
  }

  private String standing(Run.State state) {
    Chapter last = last();
    if (last == null) {
      return "A late event has undone it.";
    }
    boolean emitted = last.outcome().equals("FIRED") || last.outcome().equals("SUPPRESSED");
    return switch (state) {
      case UNDER_WAY, HELD -> {
        PrintedRecord waiting = waiting();
        yield waiting == null
            ? "It waits for the end of quiet hours, until " + last.until() + "."
            : "It waits in its step %d since %s, until %s at the latest."
                .formatted(
                    waiting.number("step") + 1,
                    waiting.time("step_since"),
                    waiting.time("wake_at"));
      }
      case CONVERTED -> "It reached its goal.";
      case GOAL_MISSED -> "It did not reach its goal.";
      case EXITED -> "It was ended.";
      case TAKEN_BACK -> "What it sent was taken back.";
      case OVER ->
          emitted
              ? "It has done its steps; a goal may still be looked out for."
              : "It is not under way any more: it came to the end of its steps without a trigger."
                  + " Nothing is written then.";
      case OPEN ->
          question.at() == null
              ? "Nothing more is written of it."
              : "Nothing more was decided of it until " + question.at() + ".";
    };
  }

  /** The run as the profile has it now; null where it has it not, or another moment is asked. */
  private PrintedRecord waiting() {
    if (question.at() != null || evidence.profile == null) {
      return null;
    }
    PrintedRecord first = decisions.get(0);
    return evidence.profile.records("journeys").stream()
        .filter(
            run ->
                first.text("journey").equals(run.text("journey"))
                    && first.text("instance_key").equals(run.text("instance_key"))
                    && Story.firstCause(first).equals(Story.firstCause(run))
                    && (!first.text("outcome").equals("ENTERED")
                        || first.time("at").equals(run.time("entered_at"))))
        .findFirst()
        .orElse(null);
  }

  private static String told(List<Cause> causes) {
    return causes.isEmpty()
        ? "nothing that is written"
        : causes.stream().map(Places::told).collect(Collectors.joining(", "));
  }

  private static String sentence(String clause) {
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }
}
