package io.lifestage.decision;

import io.lifestage.journey.Guards;
import io.lifestage.journey.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What really went out of marketing to a customer, each trigger at the moment at which it first
 * did, taken back since or not. What a late event would send beside it is asked against all of it,
 * earlier and later: the customer has got it, whatever is known by now.
 */
final class GoneOut {
  private final Map<String, Sent> sent = new LinkedHashMap<>();

  /**
   * Gathers.
   *
   * @param spent what went out otherwise than it is told by now
   * @param standing what is told by now
   */
  GoneOut(List<Aftermath.Spent> spent, List<Sent> standing) {
    spent.forEach(one -> add(one.sent()));
    standing.forEach(this::add);
  }

  void add(Sent more) {
    sent.putIfAbsent(more.trigger(), more);
  }

  /**
   * Why one more may not go out, or null where it may. Within the length of arbitration of what
   * went out it would have been one of those chosen from, or have changed who was.
   */
  String refusal(Sent more, Guards guards, LocalTimes times) {
    for (Guards.Cap cap : guards.caps()) {
      if (cap.counts(more.channel(), more.tags()) && isFull(cap, more, times)) {
        return Reason.CAP;
      }
    }
    long length = guards.arbitration().toMillis();
    boolean chosen =
        length > 0
            && sent.values().stream()
                .anyMatch(one -> isAnother(one, more) && Math.abs(one.at() - more.at()) <= length);
    return chosen ? Reason.OUTRANKED : null;
  }

  /** Whether some stretch that the moment lies in has as many as the cap lets through. */
  private boolean isFull(Guards.Cap cap, Sent more, LocalTimes times) {
    long[] counted =
        sent.values().stream()
            .filter(one -> isAnother(one, more) && cap.counts(one.channel(), one.tags()))
            .mapToLong(Sent::at)
            .toArray();
    if (cap.period() instanceof Guards.Period.Calendar calendar) {
      long beginning = times.beginningOf(calendar.unit(), more.at());
      int together = 0;
      for (long at : counted) {
        together += times.beginningOf(calendar.unit(), at) == beginning ? 1 : 0;
      }
      return together >= cap.atMost();
    }
    long length = ((Guards.Period.Rolling) cap.period()).length().toMillis();
    if (within(counted, more.at(), length) >= cap.atMost()) {
      return true;
    }
    for (long from : counted) {
      if (from <= more.at()
          && more.at() - from < length
          && within(counted, from, length) >= cap.atMost()) {
        return true;
      }
    }
    return false;
  }

  private static int within(long[] moments, long from, long length) {
    int within = 0;
    for (long at : moments) {
      within += at >= from && at - from < length ? 1 : 0;
    }
    return within;
  }

  private static boolean isAnother(Sent one, Sent more) {
    return !one.trigger().equals(more.trigger());
  }
}
