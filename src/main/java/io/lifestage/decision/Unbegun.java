package io.lifestage.decision;

import io.lifestage.journey.Entry;
import io.lifestage.journey.Instance;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Status;
import io.lifestage.lifecycle.Cause;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What waits to begin: an absence that is not complete, a date that has not come. */
final class Unbegun {
  /** The date that a run counts from; its triggers' ids are made of it. */
  static final String DATE = "date";

  private Unbegun() {}

  static void countAbsence(Draft draft, Journey journey) {
    draft.speakOfTheEvent();
    String key = journey.key().of(draft.event(), draft.cycle());
    if (key == null) {
      return;
    }
    Entry.OnAbsence absence = (Entry.OnAbsence) journey.entry();
    Instance waits =
        Entrance.begun(
                draft,
                journey,
                key,
                draft.event().cause(),
                Entrance.remembered(journey, draft.event().attributes()))
            .waiting(Instance.BEFORE, draft.now(), Deadlines.after(draft.now(), absence.silence()));
    Register.keep(draft, Customer.run(journey.id(), key) + Register.WAITING, waits);
  }

  /**
   * What has not begun belongs to no version: it waits as the newest says, and not at all where
   * that counts something else. A silence that is over under it is over now.
   */
  static void countAnew(Draft draft, Journey newest, Instance waits, Definitions before) {
    Journey old = before.journey(waits);
    boolean sameKey = old != null && old.key().equals(newest.key());
    if (sameKey && newest.entry() instanceof Entry.OnAbsence absence && misses(old, absence)) {
      long over = Deadlines.after(waits.enteredAt(), absence.silence());
      Instance anew = waits.migrated(newest.version(), Instance.BEFORE);
      Register.keep(
          draft,
          Register.nameOf(waits),
          anew.waiting(Instance.BEFORE, waits.stepSince(), Math.max(over, draft.now())));
    } else if (!sameKey || !(newest.entry() instanceof Entry.OnDate)) {
      draft.running = Bounds.remove(draft.running, Register.nameOf(waits));
    }
  }

  private static boolean misses(Journey old, Entry.OnAbsence absence) {
    return old.entry() instanceof Entry.OnAbsence before && before.types().equals(absence.types());
  }

  static void setDate(Draft draft, Journey journey, Cause cause) {
    if (journey.key() instanceof InstanceKey.ByAttribute by) {
      setDates(draft, journey, cause, by.attribute());
      return;
    }
    draft.speakOfTheEvent();
    setDate(draft, journey, cause, journey.key().of(null, draft.cycle()), Map.of());
  }

  /** One for each product that the customer buys again; no other date is about a field. */
  private static void setDates(Draft draft, Journey journey, Cause cause, String attribute) {
    Set<String> keys = new LinkedHashSet<>(draft.rebought.keySet());
    for (Instance waits : draft.running.values()) {
      if (waits.journey().equals(journey.id()) && waits.step() == Instance.BEFORE) {
        keys.add(waits.key());
      }
    }
    for (String key : keys) {
      Map<String, String> about = Map.of(attribute, key);
      draft.speakOf(about);
      setDate(draft, journey, cause, key, about);
    }
    draft.speakOfTheEvent();
  }

  private static void setDate(
      Draft draft, Journey journey, Cause cause, String key, Map<String, String> about) {
    String name = Customer.run(journey.id(), key) + Register.WAITING;
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
      Map<String, String> context = new LinkedHashMap<>(about);
      context.put(DATE, coming.date);
      Instance begun = Entrance.begun(draft, journey, key, since, context);
      Register.keep(draft, name, begun.waiting(Instance.BEFORE, draft.now(), coming.at));
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
  static void begin(Draft draft, Instance waits) {
    draft.running =
        Bounds.remove(draft.running, Customer.run(waits.journey(), waits.key()) + Register.WAITING);
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
      Entrance.enter(draft, journey, waits.key(), waits.cause(), waits.context(), List.of());
    }
    if (journey.entry() instanceof Entry.OnDate date && date.yearly()) {
      setDate(draft, journey, waits.cause());
    }
  }
}
