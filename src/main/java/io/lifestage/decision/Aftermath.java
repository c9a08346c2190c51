package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What corrections leave behind: what was said of triggers and stays true, though deciding the
 * events again would not tell it. Whoever decides again is given it, and so comes to what was in
 * fact said, withheld triggers included.
 *
 * @param spent what went out at a moment at which it would not go out any more, the oldest first:
 *     caps count it as they count what stands
 * @param triggers what became of triggers that may be decided once more, by their ids
 */
public record Aftermath(List<Spent> spent, Map<String, Past> triggers) {
  /** Nothing: no event came late, or none that changed anything. */
  public static final Aftermath NONE = new Aftermath(List.of(), Map.of());

  /** What a closed choice and a cap have withheld stays withheld, though it would now go out. */
  private static final Set<String> FINAL = Set.of(Reason.OUTRANKED, Reason.CAP);

  /**
   * Something that went out and would not go out then any more.
   *
   * @param sent what, and when
   * @param countsAfter up to when everything had been decided as it was found out, epoch
   *     milliseconds: what is decided of later moments counts it; what was decided before did not
   */
  public record Spent(Sent sent, long countsAfter) {}

  /**
   * What became of a trigger.
   *
   * @param journey of which journey
   * @param key of the run of which key
   * @param at of which moment it was withheld; where it went out, up to when everything had been
   *     decided as that was found out: epoch milliseconds
   * @param withheld the reason for which it is withheld for good, or null where it went out
   * @param takenBack how often it was taken back
   */
  public record Past(String journey, String key, long at, String withheld, int takenBack) {

    boolean mayComeAgain(Customer customer) {
      return customer.running().values().stream()
          .anyMatch(
              run ->
                  run.journey().equals(journey)
                      && run.key().equals(key)
                      && run.step() != Instance.BEHIND);
    }
  }

  /** Why a trigger is withheld for good, or null where it is not. */
  String withheld(String trigger) {
    Past past = triggers.get(trigger);
    return past == null ? null : past.withheld;
  }

  /**
   * Whether a trigger is known to have gone out by the time that a moment was decided: neither a
   * cap nor a choice of that moment is asked for it once more.
   */
  boolean wentOut(String trigger, long moment) {
    Past past = triggers.get(trigger);
    return past != null && past.withheld == null && moment <= past.at;
  }

  /** How often a trigger was taken back. */
  int takenBack(String trigger) {
    Past past = triggers.get(trigger);
    return past == null ? 0 : past.takenBack;
  }

  /** And those of these decisions that hold for good. */
  Aftermath withholding(List<Decision> decisions) {
    Map<String, Past> next = new LinkedHashMap<>(triggers);
    for (Decision one : decisions) {
      if (one.outcome() == Decision.Outcome.SUPPRESSED && FINAL.contains(one.reason())) {
        Past past =
            new Past(
                one.journey(),
                one.instanceKey(),
                one.at(),
                one.reason(),
                takenBack(one.triggerId()));
        next.remove(one.triggerId());
        next.put(one.triggerId(), past);
      }
    }
    return new Aftermath(spent, next);
  }

  /**
   * And those of these triggers that are withheld for good from now on.
   *
   * @param reasons why, by the triggers' ids
   */
  Aftermath withholding(List<Trigger> decided, Map<String, String> reasons) {
    Map<String, Past> next = new LinkedHashMap<>(triggers);
    for (Trigger one : decided) {
      String reason = reasons.get(one.id());
      if (reason != null) {
        put(next, one, one.at(), reason, takenBack(one.id()));
      }
    }
    return new Aftermath(spent, next);
  }

  /** And these triggers, which have gone out by now. */
  Aftermath goneOut(List<Trigger> sent, long decidedTo) {
    Map<String, Past> next = new LinkedHashMap<>(triggers);
    sent.forEach(one -> put(next, one, decidedTo, null, takenBack(one.id())));
    return new Aftermath(spent, next);
  }

  /** And those of these decisions that stand only since the trigger had gone out. */
  Aftermath standing(List<Decision> decisions, long decidedTo) {
    Map<String, Past> next = new LinkedHashMap<>(triggers);
    for (Decision one : decisions) {
      if (one.outcome() == Decision.Outcome.FIRED
          && one.verdicts().stream().anyMatch(said -> said.guard().equals(Emission.LATE))) {
        int times = takenBack(one.triggerId());
        next.remove(one.triggerId());
        next.put(
            one.triggerId(), new Past(one.journey(), one.instanceKey(), decidedTo, null, times));
      }
    }
    return new Aftermath(spent, next);
  }

  /** And these triggers, which went out and are taken back. */
  Aftermath takingBack(List<Trigger> gone, long decidedTo) {
    Map<String, Past> next = new LinkedHashMap<>(triggers);
    gone.forEach(one -> put(next, one, decidedTo, withheld(one.id()), takenBack(one.id()) + 1));
    return new Aftermath(spent, next);
  }

  private static void put(
      Map<String, Past> pasts, Trigger of, long at, String withheld, int takenBack) {
    pasts.remove(of.id());
    pasts.put(of.id(), new Past(of.journey(), of.instanceKey(), at, withheld, takenBack));
  }

  /**
   * And what went out otherwise than it would now; of all that there is to know then, the latest.
   *
   * @param sent what went out
   * @param wouldBe what would have gone out
   * @param from where the two begin to differ, epoch milliseconds
   * @param decidedTo up to when both are decided, epoch milliseconds
   */
  Aftermath spending(List<Sent> sent, List<Sent> wouldBe, long from, long decidedTo) {
    List<Spent> next = new ArrayList<>(spent);
    for (Sent one : sent) {
      if (one.at() > from && !wouldBe.contains(one)) {
        next.add(new Spent(one, decidedTo));
      }
    }
    int surplus = Math.max(0, next.size() - Bounds.SENT);
    return new Aftermath(List.copyOf(next.subList(surplus, next.size())), latest(triggers));
  }

  private static Map<String, Past> latest(Map<String, Past> triggers) {
    Map<String, Past> latest = new LinkedHashMap<>(triggers);
    Iterator<String> eldest = triggers.keySet().iterator();
    for (int surplus = triggers.size() - Bounds.CORRECTED; surplus > 0; surplus--) {
      latest.remove(eldest.next());
    }
    return latest;
  }

  /**
   * Without what no cap counts any more, and triggers that nothing can bring again.
   *
   * @param settled the picture that no event can change any more
   * @param settledTo its moment, epoch milliseconds
   * @param memory how far back caps count, milliseconds
   */
  Aftermath after(Customer settled, long settledTo, long memory) {
    if (equals(NONE)) {
      return NONE;
    }
    long forgotten = settledTo < Long.MIN_VALUE + memory ? Long.MIN_VALUE : settledTo - memory;
    Map<String, Past> left = new LinkedHashMap<>(triggers);
    left.values().removeIf(past -> past.at <= settledTo && !past.mayComeAgain(settled));
    return new Aftermath(spent.stream().filter(one -> one.sent.at() > forgotten).toList(), left);
  }
}
