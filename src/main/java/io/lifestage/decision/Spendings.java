package io.lifestage.decision;

import io.lifestage.journey.Guards;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What of all that was sent to a customer has to be remembered. */
final class Spendings {
  private Spendings() {}

  /**
   * One more: what lies further back than any cap counts is forgotten, as soon as no late event can
   * ask for it. Of very much, only what some cap still needs is kept: of what it counts, the
   * latest, as many as it lets through.
   *
   * @param lateness how late an event may be, milliseconds
   */
  static List<Sent> and(List<Sent> sent, Sent more, Guards guards, long lateness) {
    long forgotten = more.at() - guards.memory().toMillis() - lateness;
    List<Sent> next = new ArrayList<>();
    sent.stream().filter(one -> one.at() > forgotten).forEach(next::add);
    next.add(more);
    return next.size() <= Bounds.SENT ? List.copyOf(next) : needed(next, guards);
  }

  private static List<Sent> needed(List<Sent> sent, Guards guards) {
    int[] counted = new int[guards.caps().size()];
    List<Sent> needed = new ArrayList<>();
    for (int i = sent.size() - 1; i >= 0 && needed.size() < Bounds.SENT; i--) {
      Sent one = sent.get(i);
      boolean keeps = false;
      for (int c = 0; c < counted.length; c++) {
        Guards.Cap cap = guards.caps().get(c);
        if (cap.counts(one.channel(), one.tags()) && counted[c] < cap.atMost()) {
          counted[c]++;
          keeps = true;
        }
      }
      if (keeps) {
        needed.add(one);
      }
    }
    Collections.reverse(needed);
    return List.copyOf(needed);
  }
}
