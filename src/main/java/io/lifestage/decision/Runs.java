package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Entry;
import io.lifestage.journey.EventMatch;
import io.lifestage.journey.Exit;
import io.lifestage.journey.InFlight;
import io.lifestage.journey.Instance;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Status;
import io.lifestage.journey.Step;
import io.lifestage.journey.Verdict;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The interpreter of journeys: one for all of them, whatever they say. */
final class Runs {
  /** What a run always remembers of the event that started it, to know what it is about. */
  private static final List<String> SUBJECTS =
      List.of(Attribute.CART_ID, Attribute.ORDER_ID, Attribute.CONVERSATION_ID, Attribute.SKU);

  /** Whether what a step waited for came: {@code run.met}. */
  private static final String MET = "met";

  /** Whether the run got its triggers, or was held out: what its goal is compared by. */
  private static final String GROUP = "group";

  /** The date that a run counts from; its triggers' ids are made of it. */
  static final String DATE = "date";

  /** Of a run that may stand beside others of its key. */
  private static final String BESIDE = "beside";

  private static final String GOAL = "|goal";
  private static final String WAITING = "|waiting";

  private Runs() {}

  /** What the draft's event does to runs: ends them, makes them wait longer, starts them. */
  static void meet(Draft draft, Arrival arrival) {
    Event event = arrival.event();
    for (Instance run : List.copyOf(draft.running.values())) {
      Journey journey = draft.definitions.journey(run);
      if (journey == null) {
        end(draft, run, Outcome.EXITED, Reason.DEFINITION_GONE);
      } else if (run.step() == Instance.BEHIND) {
        pursue(draft, journey, run);
      } else if (run.step() >= 0) {
        hear(draft, journey, run);
      }
    }
    for (Journey journey : draft.definitions.missing(event.type())) {
      countAbsence(draft, journey);
    }
    for (Journey journey : draft.definitions.datedBy(event.type())) {
      setDate(draft, journey, event.cause());
    }
    for (String answered : arrival.answered()) {
      Journey journey = draft.definitions.answering(answered);
      if (journey != null) {
        remember(draft, journey);
      }
    }
    for (Journey journey : draft.definitions.enteredBy(event.type())) {
      if (!arrival.isAnsweredBy(journey.id())) {
        enter(draft, journey, event.cause(), event.attributes());
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
        enter(draft, journey, cause, Map.of(), new Verdict("stage", true, transition.to()));
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
        enter(draft, journey, cause, Map.of(), new Verdict("segment", true, detail));
      }
    }
  }

  /** What a new version of the definitions does to runs under way, and to those to come. */
  static void takeOver(Draft draft, Definitions before) {
    for (Instance run : List.copyOf(draft.running.values())) {
      Journey newest = draft.definitions.journey(run.journey());
      if (newest == null || draft.definitions.journey(run) == null) {
        end(draft, run, Outcome.EXITED, Reason.DEFINITION_GONE);
      } else if (newest.terms().status() == Status.ARCHIVED) {
        end(draft, run, Outcome.EXITED, Reason.ARCHIVED);
      } else if (run.step() == Instance.BEFORE) {
        countAnew(draft, newest, run, before);
      } else if (newest.version() > run.version()
          && newest.terms().inFlight() instanceof InFlight.Migrate migrate) {
        migrate(draft, newest, run, before, migrate);
      }
    }
    for (Journey journey : draft.definitions.dated()) {
      String published = Publication.key("journey", journey.id(), journey.version());
      setDate(draft, journey, Cause.of(published));
    }
  }

  /** Does what is due at the draft's moment; what waits for the best to be chosen comes last. */
  static void wakeAll(Draft draft) {
    for (Instance run : List.copyOf(draft.running.values())) {
      if (run.wakeAt() <= draft.now() && isUnderWay(draft, run) && !isContender(draft, run)) {
        wake(draft, run);
      }
    }
    choose(draft);
  }

  private static void wake(Draft draft, Instance run) {
    Journey journey = draft.definitions.journey(run);
    if (journey == null) {
      end(draft, run, Outcome.EXITED, Reason.DEFINITION_GONE);
      return;
    }
    switch (run.step()) {
      case Instance.BEFORE -> begin(draft, run);
      case Instance.BEHIND -> end(draft, run, Outcome.EXITED, Reason.GOAL_MISSED);
      default -> {
        Instance on =
            journey.steps().get(run.step()) instanceof Step.Hold hold ? unmet(run, hold) : run;
        proceed(draft, journey, on, run.step() + 1);
      }
    }
  }

  // --- Entry ---------------------------------------------------------------------------------

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

  private static void enter(
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
    Instance run = everyTime ? begun.remembering(BESIDE, "true") : begun;
    decide(draft, run, Outcome.ENTERED, Reason.ENTERED, verdicts);
    proceed(draft, journey, run, 0);
  }

  /**
   * Notes a run that was decided when its event arrived, or that it was not let in again: by the
   * version that decided it, though another may have become known since.
   */
  private static void remember(Draft draft, Journey journey) {
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
      decide(draft, refused, Outcome.SUPPRESSED, reason, List.of());
      return;
    }
    long again =
        reason.equals(Reason.ALREADY_ENTERED) && journey.reEntry() instanceof ReEntry.AfterRest rest
            ? Deadlines.after(last, rest.rest())
            : 0;
    String begun = "the last run began at " + Instant.ofEpochMilli(last);
    List<Verdict> verdicts = List.of(new Verdict("re-entry", false, begun));
    decide(draft, refused, Outcome.SUPPRESSED, reason, null, again, verdicts);
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

  private static Instance begun(
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

  private static Map<String, String> remembered(Journey journey, Map<String, String> attributes) {
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

  // --- Absence and dates: a run that waits to begin --------------------------------------------

  private static void countAbsence(Draft draft, Journey journey) {
    draft.speakOfTheEvent();
    String key = journey.key().of(draft.event(), draft.cycle());
    if (key == null) {
      return;
    }
    Entry.OnAbsence absence = (Entry.OnAbsence) journey.entry();
    Instance waits =
        begun(
                draft,
                journey,
                key,
                draft.event().cause(),
                remembered(journey, draft.event().attributes()))
            .waiting(Instance.BEFORE, draft.now(), Deadlines.after(draft.now(), absence.silence()));
    keep(draft, Customer.run(journey.id(), key) + WAITING, waits);
  }

  /**
   * What has not begun belongs to no version: it waits as the newest says, and not at all where
   * that counts something else. A silence that is over under it is over now.
   */
  private static void countAnew(Draft draft, Journey newest, Instance waits, Definitions before) {
    Journey old = before.journey(waits);
    boolean countsTheSame = old != null && old.key().equals(newest.key());
    if (countsTheSame && newest.entry() instanceof Entry.OnAbsence absence) {
      long over = Deadlines.after(waits.enteredAt(), absence.silence());
      Instance anew = waits.migrated(newest.version(), Instance.BEFORE);
      keep(
          draft,
          nameOf(waits),
          anew.waiting(Instance.BEFORE, waits.stepSince(), Math.max(over, draft.now())));
    } else if (!countsTheSame || !(newest.entry() instanceof Entry.OnDate)) {
      draft.running = Bounds.remove(draft.running, nameOf(waits));
    }
  }

  private static void setDate(Draft draft, Journey journey, Cause cause) {
    draft.speakOfTheEvent();
    String key = journey.key().of(null, draft.cycle());
    if (key == null) {
      return;
    }
    String name = Customer.run(journey.id(), key) + WAITING;
    Instance waits = draft.running.get(name);
    if (waits != null && waits.wakeAt() <= draft.now()) {
      return;
    }
    Coming coming = coming(draft, (Entry.OnDate) journey.entry());
    if (coming == null) {
      draft.running = Bounds.remove(draft.running, name);
    } else if (waits == null
        || waits.wakeAt() != coming.at
        || waits.version() != journey.version()) {
      Cause since = waits == null || draft.event() != null ? cause : waits.cause();
      Instance begun = begun(draft, journey, key, since, Map.of(DATE, coming.date));
      keep(draft, name, begun.waiting(Instance.BEFORE, draft.now(), coming.at));
    }
  }

  /**
   * When a date comes.
   *
   * @param at epoch milliseconds
   * @param date what it is called, wherever the customer's clock stands
   */
  private record Coming(long at, String date) {}

  /** When the date next comes, after the draft's moment; null where it does not. */
  private static Coming coming(Draft draft, Entry.OnDate entry) {
    Object date = entry.date().of(draft);
    LocalTimes times = draft.times();
    LocalDate day = null;
    Coming coming = null;
    if (date instanceof String text && !text.isEmpty()) {
      try {
        day = LocalDate.parse(text);
      } catch (DateTimeException e) {
        return null;
      }
    } else if (date instanceof Instant moment && moment.toEpochMilli() > 0) {
      coming = new Coming(times.moment(moment, entry.offset(), entry.at()), moment.toString());
      day = entry.yearly() ? moment.atZone(times.zone()).toLocalDate() : null;
    }
    if (day != null && !entry.yearly()) {
      coming = new Coming(times.moment(day, entry.offset(), entry.at()), day.toString());
    } else if (day != null) {
      return comingThisYearOrNext(draft, entry, times, day);
    }
    return coming != null && coming.at > draft.now() ? coming : null;
  }

  /** Of whom nothing was heard for years, no birthday is waited for any more. */
  private static Coming comingThisYearOrNext(
      Draft draft, Entry.OnDate entry, LocalTimes times, LocalDate day) {
    long heard = Math.max(draft.lastActivityAt, Math.max(draft.firstSeenAt, draft.stageSince));
    if (draft.now() - heard > Bounds.YEARLY.toMillis()) {
      return null;
    }
    long at = times.nextYearly(day, entry.offset(), entry.at(), draft.now());
    int year = Instant.ofEpochMilli(at).minus(entry.offset()).atZone(times.zone()).getYear();
    return new Coming(at, year + " " + day.getMonthValue() + "-" + day.getDayOfMonth());
  }

  /** The absence is complete, or the date has come. */
  private static void begin(Draft draft, Instance waits) {
    draft.running =
        Bounds.remove(draft.running, Customer.run(waits.journey(), waits.key()) + WAITING);
    Journey journey = draft.definitions.journey(waits.journey());
    if (journey == null || journey.terms().status() != Status.ACTIVE) {
      return;
    }
    boolean ofAnotherCycle =
        journey.key() instanceof InstanceKey.PerCycle
            && !waits.key().equals(journey.key().of(null, draft.cycle()));
    boolean waitsStill =
        journey.entry() instanceof Entry.OnAbsence || journey.entry() instanceof Entry.OnDate;
    if (ofAnotherCycle || !waitsStill) {
      return;
    }
    draft.speakOf(waits.context());
    if (journey.filter().holds(draft)) {
      enter(draft, journey, waits.key(), waits.cause(), waits.context(), List.of());
    }
    if (journey.entry() instanceof Entry.OnDate date && date.yearly()) {
      setDate(draft, journey, waits.cause());
    }
  }

  // --- What a run hears while it waits ---------------------------------------------------------

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
        proceed(draft, journey, Ways.led(met(on, true), "hold", detail), run.step() + 1);
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
    end(draft, run, Outcome.EXITED, exit.reason(), verdict);
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

  private static boolean matches(Draft draft, Journey journey, Instance run, EventMatch match) {
    return match.types().contains(draft.event().type())
        && (!match.sameKey() || isAbout(journey, run, draft.event()))
        && match.condition().holds(draft);
  }

  private static void waitOn(Draft draft, Instance run, Step.Hold hold) {
    long latest = Deadlines.after(run.stepSince(), hold.atMost());
    long wakeAt = Math.min(latest, Deadlines.after(draft.now(), hold.patience()));
    keep(
        draft,
        nameOf(run),
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

  // --- Steps -----------------------------------------------------------------------------------

  /** Does the steps from this one on, until one waits or there is none left. */
  private static void proceed(Draft draft, Journey journey, Instance run, int from) {
    proceed(draft, journey, run, from, false);
  }

  /** The last trigger's decision is the run's end; a run that ends without one says so. */
  private static void proceed(
      Draft draft, Journey journey, Instance begun, int from, boolean decided) {
    draft.speakOf(begun.context());
    Instance run = begun;
    boolean told = decided;
    int place = from;
    while (place < journey.steps().size()) {
      Step step = journey.steps().get(place);
      if (step instanceof Step.Delay delay) {
        long wakeAt = Deadlines.after(draft.now(), delay.duration());
        keep(draft, nameOf(run), run.waiting(place, draft.now(), wakeAt));
        return;
      } else if (step instanceof Step.Hold hold) {
        long wakeAt = Deadlines.after(draft.now(), hold.patience());
        keep(draft, nameOf(run), run.waiting(place, draft.now(), wakeAt));
        return;
      } else if (step instanceof Step.Branch branch) {
        int way = way(draft, branch);
        run = Ways.led(run, "branch", told(draft, branch, way));
        place = way < branch.arms().size() ? branch.arms().get(way).target() : branch.otherwise();
      } else if (step instanceof Step.Split split) {
        int lot = Lot.of(draft.key, journey.id(), split.id());
        Step.Share share = share(journey, split, lot);
        run = Ways.led(run, "split", "%s: %s: lot %d".formatted(split.id(), share.name(), lot));
        place = share.target();
      } else if (step instanceof Step.GoTo to) {
        place = to.target();
      } else if (step instanceof Step.Emit emit) {
        Instance here = run.waiting(place, draft.now(), draft.now());
        if (contends(journey, emit)) {
          keep(draft, nameOf(run), here.waiting(place, draft.now(), choosingAt(draft)));
          return;
        }
        Emission.Verdicts said = Emission.decide(draft, journey, here, emit, null);
        pursueGoal(draft, journey, Ways.told(here), said);
        run = Ways.told(run);
        told = true;
        place++;
      }
    }
    if (told) {
      draft.running = Bounds.remove(draft.running, nameOf(run));
    } else {
      end(draft, run, Outcome.EXITED, Reason.COMPLETED);
    }
  }

  /** The number of the arm whose condition holds first; as many as there are where none does. */
  private static int way(Draft draft, Step.Branch branch) {
    int way = 0;
    while (way < branch.arms().size() && !branch.arms().get(way).condition().holds(draft)) {
      way++;
    }
    return way;
  }

  /** Which way, by the values of the conditions that were asked. */
  private static String told(Draft draft, Step.Branch branch, int way) {
    int arms = branch.arms().size();
    String told =
        branch.arms().stream()
            .limit(way + 1L)
            .map(arm -> arm.condition().told(draft))
            .filter(values -> !values.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    String which = way < arms ? "way %d of %d".formatted(way + 1, arms) : "otherwise";
    return Ways.detail(branch.id() + ": " + which, told);
  }

  private static Step.Share share(Journey journey, Step.Split split, int lot) {
    for (Step.Share share : split.shares()) {
      if (lot < share.below()) {
        return share;
      }
    }
    throw new IllegalStateException(journey.versioned() + ": the shares of a split end early");
  }

  // --- The best of the triggers that are due together ------------------------------------------

  /** Whether a trigger has to stand back for a better one, and to keep the guards of marketing. */
  private static boolean contends(Journey journey, Step.Emit emit) {
    return !journey.service() && emit.address().audience() == Step.Audience.CUSTOMER;
  }

  private static boolean isContender(Draft draft, Instance run) {
    Journey journey = run.step() < 0 ? null : draft.definitions.journey(run);
    return journey != null
        && journey.steps().get(run.step()) instanceof Step.Emit emit
        && contends(journey, emit);
  }

  private static long choosingAt(Draft draft) {
    if (draft.choosesAt < draft.now() || draft.choosesAt == 0) {
      draft.choosesAt = Deadlines.after(draft.now(), draft.definitions.guards().arbitration());
    }
    return draft.choosesAt;
  }

  /**
   * Decides on all triggers that have waited for each other: the best first, and it alone is sent.
   */
  private static void choose(Draft draft) {
    List<Instance> contenders =
        draft.running.values().stream()
            .filter(run -> run.wakeAt() <= draft.now() && isContender(draft, run))
            .sorted(bestFirst(draft))
            .toList();
    if (draft.choosesAt <= draft.now()) {
      draft.choosesAt = 0;
    }
    Journey winner = null;
    for (Instance run : contenders) {
      Journey journey = draft.definitions.journey(run);
      Step.Emit emit = (Step.Emit) journey.steps().get(run.step());
      draft.speakOf(run.context());
      Emission.Verdicts said = Emission.decide(draft, journey, run, emit, winner);
      Instance told = Ways.told(run);
      if (said.heldUntil() > 0) {
        keep(draft, nameOf(run), told.waiting(run.step(), run.stepSince(), said.heldUntil()));
        continue;
      }
      if (said.fired() && draft.definitions.guards().arbitration().toMillis() > 0) {
        winner = journey;
      }
      pursueGoal(draft, journey, told, said);
      proceed(draft, journey, told, run.step() + 1, true);
    }
  }

  /** The greatest priority, then the greatest offer, then who has waited longest. */
  private static Comparator<Instance> bestFirst(Draft draft) {
    return Comparator.<Instance>comparingInt(run -> -worth(draft, run).priority())
        .thenComparingLong(run -> -worth(draft, run).offerValue())
        .thenComparingLong(Instance::enteredAt)
        .thenComparing(Instance::journey)
        .thenComparing(Instance::key);
  }

  private static Step.Worth worth(Draft draft, Instance run) {
    Journey journey = draft.definitions.journey(run);
    return ((Step.Emit) journey.steps().get(run.step())).worth();
  }

  // --- Goals -----------------------------------------------------------------------------------

  /** Looks out for the goal from the first trigger on that was sent or held out. */
  private static void pursueGoal(
      Draft draft, Journey journey, Instance run, Emission.Verdicts said) {
    String name = nameOf(run) + GOAL;
    if (journey.goal() == null || said.group() == null || draft.running.containsKey(name)) {
      return;
    }
    long until = Deadlines.after(draft.now(), journey.goal().within());
    keep(
        draft,
        name,
        run.remembering(GROUP, said.group()).waiting(Instance.BEHIND, draft.now(), until));
  }

  private static void pursue(Draft draft, Journey journey, Instance run) {
    draft.speakOf(run.context());
    EventMatch goal = journey.goal().events();
    if (matches(draft, journey, run, goal)) {
      String detail = Ways.detail(draft.event().type(), told(draft, goal));
      Verdict verdict = new Verdict("goal", true, detail);
      end(draft, run, Outcome.CONVERTED, run.context().get(GROUP), verdict);
      draft
          .effects
          .observations()
          .add(Observation.one(Metrics.CONVERSIONS, "journey", run.journey(), draft.now()));
    }
  }

  // --- Versions --------------------------------------------------------------------------------

  private static void migrate(
      Draft draft, Journey newest, Instance run, Definitions before, InFlight.Migrate mapping) {
    Journey old = before.journey(run);
    if (run.step() < 0 || old == null) {
      keep(draft, nameOf(run), run.migrated(newest.version(), run.step()));
      return;
    }
    String step = old.nameOfStep(run.step());
    int to = newest.stepNamed(mapping.steps().getOrDefault(step, step));
    if (to < 0) {
      end(draft, run, Outcome.EXITED, Reason.NO_STEP_TO_GO_ON);
      return;
    }
    Step target = newest.steps().get(to);
    Instance moved = run.migrated(newest.version(), to);
    decide(draft, moved, Outcome.MIGRATED, step, target.id(), 0, List.of());
    boolean waitsAlike = target.getClass() == old.steps().get(run.step()).getClass();
    if (waitsAlike && !(target instanceof Step.Branch || target instanceof Step.Split)) {
      keep(draft, nameOf(run), reckonedAnew(draft, Ways.told(moved), target));
    } else {
      proceed(draft, newest, Ways.told(moved), to);
    }
  }

  /** The run, waiting as the new version would have it wait since it reached the step. */
  private static Instance reckonedAnew(Draft draft, Instance run, Step step) {
    long wakeAt = run.wakeAt();
    if (step instanceof Step.Delay delay) {
      wakeAt = Deadlines.after(run.stepSince(), delay.duration());
    } else if (step instanceof Step.Hold hold) {
      wakeAt = Math.min(wakeAt, Deadlines.after(run.stepSince(), hold.atMost()));
    }
    return run.waiting(run.step(), run.stepSince(), Math.max(wakeAt, draft.now()));
  }

  // --- Keeping and ending ----------------------------------------------------------------------

  /** The name under which the customer keeps the run. */
  private static String nameOf(Instance run) {
    String name = Customer.run(run.journey(), run.key());
    if (run.context().containsKey(BESIDE)) {
      name = name + '|' + run.cause().event();
    }
    return switch (run.step()) {
      case Instance.BEFORE -> name + WAITING;
      case Instance.BEHIND -> name + GOAL;
      default -> name;
    };
  }

  /** Whether the run has not just ended to make room for another. */
  private static boolean isUnderWay(Draft draft, Instance run) {
    return run.equals(draft.running.get(nameOf(run)));
  }

  private static void keep(Draft draft, String name, Instance run) {
    if (!draft.running.containsKey(name) && draft.running.size() >= Bounds.RUNNING) {
      end(draft, draft.running.values().iterator().next(), Outcome.EXITED, Reason.TOO_MANY_RUNS);
    }
    draft.running = Bounds.put(draft.running, name, run, Bounds.RUNNING);
  }

  private static void end(
      Draft draft, Instance run, Outcome outcome, String reason, Verdict... by) {
    draft.running = Bounds.remove(draft.running, nameOf(run));
    if (run.step() != Instance.BEFORE) {
      decide(draft, run, outcome, reason, List.of(by));
    }
  }

  private static void decide(
      Draft draft, Instance run, Outcome outcome, String reason, List<Verdict> verdicts) {
    decide(draft, run, outcome, reason, null, 0, verdicts);
  }

  private static void decide(
      Draft draft,
      Instance run,
      Outcome outcome,
      String reason,
      String step,
      long until,
      List<Verdict> verdicts) {
    List<Verdict> said = new ArrayList<>(Ways.of(run));
    said.addAll(verdicts);
    List<Cause> causes = new ArrayList<>(run.causes());
    if (draft.event() != null && !causes.contains(draft.event().cause())) {
      causes.add(draft.event().cause());
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
                step,
                null,
                draft.decidedBy(),
                until,
                List.copyOf(said),
                List.copyOf(causes)));
  }
}
