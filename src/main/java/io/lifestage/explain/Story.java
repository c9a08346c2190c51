package io.lifestage.explain;

import io.lifestage.journey.Reason;
import io.lifestage.lifecycle.Cause;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was decided of a customer, and why, run by run. Folded from the records of {@link #TOPICS},
 * each topic in its own order.
 *
 * <p>A run is known by its journey, what it is about, and the event that it counts from; where that
 * is the same for two, as from one birthday to the next, by when it began.
 *
 * <p>The limit in time is one of event time: what was decided of a moment before it because of an
 * event that came in later was not known then, and is not told, see {@link Evidence#asOf}. Whether
 * a run waits just now is only in the profile, which knows no moment but now.
 */
public final class Story {

  /** The topics that it is told from, the profile first. */
  public static final List<Topic> TOPICS =
      List.of(Topic.PROFILES, Topic.TRANSITIONS, Topic.TRIGGERS, Topic.DECISIONS);

  /** The reason that a trigger is given whose decision is no longer there. */
  static final String UNDECIDED = "";

  private final Question question;
  private final Evidence all = new Evidence();

  /** What of all was known at the moment that is asked for; null until it is asked. */
  private Evidence known;

  private Attempts attempts;
  private boolean erased;

  public Story(Question question) {
    this.question = question;
  }

  /**
   * Folds in the next record of a topic.
   *
   * @param record what it says of this customer; null where it deletes
   */
  public void take(Topic topic, PrintedRecord record) {
    known = null;
    if (topic == Topic.PROFILES) {
      all.profile = record;
      erased = record == null;
    } else if (record != null) {
      all.take(topic, record);
    }
  }

  /** Adds what could have begun a run of the journey that is asked for. */
  public void add(Attempts tried) {
    attempts = tried;
  }

  /** What could have begun a run; null where nobody looked. */
  Attempts attempts() {
    return attempts;
  }

  private Evidence evidence() {
    if (known == null) {
      known = question.at() == null ? all : all.asOf(question.at());
    }
    return known;
  }

  public Question question() {
    return question;
  }

  /** Whether the engine has written anything of the customer. */
  public boolean isKnown() {
    return all.profile != null
        || !all.transitions.isEmpty()
        || !all.triggers.isEmpty()
        || !all.decisions.isEmpty();
  }

  /** Whether the last word is an erasure; what was written before is not to be shown. */
  public boolean isErased() {
    return erased;
  }

  /** Up to when the customer is decided; null where no profile says it. */
  public Instant decidedTo() {
    return all.profile == null ? null : all.profile.time("at");
  }

  /** Whether nothing was decided of what is asked. */
  public boolean isEmpty() {
    return asked().isEmpty();
  }

  /** The runs; the first begun first, or what is nearest to the moment that is asked for. */
  List<Run> runs() {
    return assembled().stream()
        .map(decisions -> Narrator.tell(evidence(), question, decisions))
        .sorted(
            question.at() == null
                ? Comparator.comparing(Run::firstAt)
                : Comparator.comparing(Run::lastAt).reversed())
        .toList();
  }

  /** How often a journey has not let somebody in whom its entry had met. */
  List<Refusals> refusals() {
    Map<List<String>, Refusals> refusals = new LinkedHashMap<>();
    for (PrintedRecord decision : asked()) {
      if (isRefusal(decision)) {
        Refusals one =
            new Refusals(
                decision.text("journey"),
                decision.text("instance_key"),
                decision.text("reason"),
                1,
                decision.time("at"),
                evidence().causes(decision),
                lastBegun(decision),
                decision.time("until"));
        refusals.merge(List.of(one.journey(), one.key(), one.reason()), one, Refusals::and);
      }
    }
    return List.copyOf(refusals.values());
  }

  private static Instant lastBegun(PrintedRecord refusal) {
    return refusal.records("verdicts").stream()
        .map(verdict -> GuardSaid.of(verdict, refusal.time("at"), refusal.text("reason")))
        .map(said -> said.seen().get("last_begun_at"))
        .filter(Objects::nonNull)
        .map(begun -> Instant.parse(begun.toString()))
        .findFirst()
        .orElse(null);
  }

  /**
   * Events that a journey did not let in.
   *
   * @param times how many
   * @param lastAt when the last came
   * @param lastCauses the last
   * @param begunAt when the run that stood against the last began, or null where nobody said
   * @param again from when on it may begin again, or null for never, or where nobody said
   */
  record Refusals(
      String journey,
      String key,
      String reason,
      int times,
      Instant lastAt,
      List<Cause> lastCauses,
      Instant begunAt,
      Instant again) {

    Refusals and(Refusals next) {
      return new Refusals(
          journey,
          key,
          reason,
          times + next.times,
          next.lastAt,
          next.lastCauses,
          next.begunAt,
          next.again);
    }

    String told() {
      return "%s [%s]: %s its entry was met, and it did not begin: %s. The last was at %s, because of %s."
              .formatted(
                  journey,
                  key,
                  times == 1 ? "once" : times + " times",
                  Meaning.of(reason, "the reason"),
                  lastAt,
                  lastCauses.isEmpty() ? "nothing that is written" : Places.told(lastCauses.get(0)))
          + since();
    }

    private String since() {
      if (begunAt == null) {
        return "";
      }
      String begun = " The run before had begun at " + begunAt;
      if (!reason.equals(Reason.ALREADY_ENTERED)) {
        return begun + ".";
      }
      return begun
          + (again == null
              ? "; the journey lets nobody in twice."
              : "; the journey lets it in again from " + again + " on.");
    }

    Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("journey", journey);
      map.put("instance_key", key);
      map.put("reason", reason);
      map.put("times", times);
      map.put("last_at", lastAt.toString());
      map.put("last_causes", lastCauses.stream().map(Places::asMap).toList());
      map.put("run_before_begun_at", begunAt == null ? null : begunAt.toString());
      map.put("again_from", again == null ? null : again.toString());
      map.put("sentence", told());
      return map;
    }
  }

  /** The moves between stages; empty where one journey is asked for. */
  List<String> stages() {
    if (question.journey() != null) {
      return List.of();
    }
    Comparator<PrintedRecord> byTime = Comparator.comparing(move -> move.time("at"));
    return evidence().standing().stream()
        .sorted(question.at() == null ? byTime : byTime.reversed())
        .map(
            move ->
                "%s  The customer %s.".formatted(move.time("at"), Stages.told(move, evidence())))
        .toList();
  }

  /** Why there may be nothing to tell. */
  List<String> whyNothing() {
    List<String> why = new ArrayList<>();
    String of = question.journey() == null ? "any journey" : question.journey();
    String until = question.at() == null ? "" : " up to " + question.at();
    why.add(
        "Neither a decision nor a trigger of %s is written of customer %s%s."
            .formatted(of, question.customer(), until));
    all.decisions.stream()
        .filter(decision -> question.isOf(decision.text("journey")))
        .map(decision -> decision.time("at"))
        .min(Comparator.naturalOrder())
        .ifPresent(first -> why.add("The first is of " + first + "."));
    if (attempts == null) {
      why.add(
          "Most likely no event has met its entry: none of those that it names has come, its"
              + " condition did not hold, or the time that it waits for is not over.");
      why.add(
          "A journey that is paused or archived begins no runs either, and what the topics'"
              + " retention has removed is not known.");
    } else if (attempts.led()) {
      why.add(
          "Decided again, its events begin a run. The job may run with other definitions, may"
              + " not have come so far, or what it wrote is no longer in the topics.");
    }
    Set<String> others = new TreeSet<>();
    all.decisions.forEach(decision -> others.add(decision.text("journey")));
    all.triggers.values().forEach(trigger -> others.add(trigger.text("journey")));
    if (question.journey() != null && !others.contains(question.journey())) {
      why.add(
          others.isEmpty()
              ? "There is nothing of any other journey either."
              : "There are decisions of " + String.join(", ", others) + ".");
    }
    return why;
  }

  /** All of it by name, sentences included. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("customer", question.customer());
    map.put("journey", question.journey());
    map.put("at", question.at() == null ? null : question.at().toString());
    map.put("runs", runs().stream().map(Run::asMap).toList());
    map.put("not_let_in", refusals().stream().map(Refusals::asMap).toList());
    map.put("stages", stages());
    map.put("why_nothing", isEmpty() ? whyNothing() : List.of());
    map.put("attempts", attempts == null ? null : attempts.asMap());
    return map;
  }

  // --- Which decision is of which run ----------------------------------------------------------

  private List<List<PrintedRecord>> assembled() {
    Map<List<String>, List<List<PrintedRecord>>> byIdentity = new LinkedHashMap<>();
    Map<String, List<PrintedRecord>> byTrigger = new HashMap<>();
    for (PrintedRecord decision : asked()) {
      if (isRefusal(decision)) {
        continue;
      }
      String trigger = decision.text("trigger_id");
      List<PrintedRecord> run = trigger == null ? null : byTrigger.get(trigger);
      if (run == null) {
        List<String> identity =
            List.of(decision.text("journey"), decision.text("instance_key"), firstCause(decision));
        run = runOf(decision, byIdentity.computeIfAbsent(identity, any -> new ArrayList<>()));
      }
      run.add(decision);
      if (trigger != null) {
        byTrigger.put(trigger, run);
      }
    }
    return byIdentity.values().stream().flatMap(List::stream).toList();
  }

  /** The run among those of one identity, which is begun where there is none yet. */
  private static List<PrintedRecord> runOf(PrintedRecord decision, List<List<PrintedRecord>> runs) {
    TakenBack gone = TakenBack.by(decision);
    for (List<PrintedRecord> run : runs) {
      if (gone != null && run.stream().anyMatch(gone::is)) {
        return run;
      }
    }
    Instant at = decision.time("at");
    boolean begins = decision.text("outcome").equals("ENTERED");
    List<PrintedRecord> found = null;
    for (List<PrintedRecord> run : runs) {
      PrintedRecord first = run.get(0);
      boolean isIt =
          begins
              ? first.text("outcome").equals("ENTERED") && first.time("at").equals(at)
              : !first.text("outcome").equals("ENTERED") || !first.time("at").isAfter(at);
      if (isIt) {
        found = run;
      }
    }
    if (found == null) {
      found = new ArrayList<>();
      runs.add(found);
    }
    return found;
  }

  /** Whether the run was not let in: what an emission withholds always has its step. */
  private static boolean isRefusal(PrintedRecord decision) {
    return decision.text("outcome").equals("SUPPRESSED")
        && decision.text("step") == null
        && decision.text("trigger_id") == null;
  }

  static String firstCause(PrintedRecord record) {
    List<String> causes = record.texts("causes");
    return causes.isEmpty() ? "" : causes.get(0);
  }

  /** The decisions that are asked for, and in the place of those that are gone their triggers. */
  private List<PrintedRecord> asked() {
    List<PrintedRecord> asked = new ArrayList<>();
    Set<String> decided = new TreeSet<>();
    evidence().decisions.stream()
        .filter(decision -> decision.text("trigger_id") != null)
        .forEach(decision -> decided.add(decision.text("trigger_id")));
    evidence().triggers.values().stream()
        .filter(trigger -> !decided.contains(trigger.text("trigger_id")))
        .map(Story::undecided)
        .forEach(asked::add);
    evidence().decisions.forEach(decision -> add(decision, asked));
    asked.removeIf(decision -> !question.isOf(decision.text("journey")));
    return asked;
  }

  /** A run that was not let in, and then had not even asked, is as if it had never been said. */
  private static void add(PrintedRecord decision, List<PrintedRecord> asked) {
    TakenBack gone = TakenBack.isAll(decision) ? TakenBack.by(decision) : null;
    for (int i = asked.size() - 1; gone != null && i >= 0; i--) {
      if (isRefusal(asked.get(i)) && gone.is(asked.get(i))) {
        asked.remove(i);
        return;
      }
    }
    asked.add(decision);
  }

  private static PrintedRecord undecided(PrintedRecord trigger) {
    Map<String, Object> fields = new LinkedHashMap<>(trigger.fields());
    String status = String.valueOf(trigger.text("status"));
    fields.put("outcome", status.equals("ACTIVE") ? "FIRED" : status);
    fields.put("reason", UNDECIDED);
    return new PrintedRecord(fields);
  }
}
