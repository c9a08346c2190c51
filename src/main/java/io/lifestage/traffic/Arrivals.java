package io.lifestage.traffic;

/**
 * When people come for the first time: a given number, or a given number per second without end;
 * more at hours at which people shop. Walks from hour to hour, so it holds nothing but the next.
 */
final class Arrivals {

  /** How lively the arrivals are at a moment. */
  private interface Tide {
    double perMilli(long at);
  }

  private final Dice dice;
  private final Tide tide;
  private final long end;
  private long remaining;
  private double weightLeft;
  private long at;
  private double tideNow;
  private long hourEnd;

  private Arrivals(Dice dice, Tide tide, long beginning, long end, long count) {
    this.dice = dice;
    this.tide = tide;
    this.end = end;
    this.at = beginning;
    this.remaining = count;
    enter(beginning);
    if (end < Person.NEVER) {
      for (long hour = beginning; hour < end; hour += Rhythm.HOUR) {
        weightLeft += tide.perMilli(hour) * Math.min(Rhythm.HOUR, end - hour);
      }
    }
    advance();
  }

  /** So many people from one moment to another, nearly half of them in the first seventh. */
  static Arrivals ofCustomers(Dice dice, int count, long beginning, long season) {
    Tide tide = t -> Rhythm.intensity(t) * (t - beginning < season / 7 ? 5 : 1);
    return new Arrivals(dice, tide, beginning, beginning + season, count);
  }

  /** People without end, so many per second on average over a week. */
  static Arrivals ofVisitors(Dice dice, double perSecond, long opening) {
    Tide tide = t -> Rhythm.intensity(t) * perSecond / Rhythm.SECOND;
    return new Arrivals(dice, tide, opening, Person.NEVER, perSecond > 0 ? Long.MAX_VALUE : 0);
  }

  /** When the next one comes, epoch milliseconds, or {@link Person#NEVER}. */
  long next() {
    return remaining > 0 ? at : Person.NEVER;
  }

  /** Goes on to the one after the next. */
  void take() {
    remaining--;
    advance();
  }

  private void advance() {
    if (remaining <= 0) {
      return;
    }
    double step = step();
    weightLeft -= step;
    while (tideNow * (hourEnd - at) < step && hourEnd < end) {
      step -= tideNow * (hourEnd - at);
      enter(hourEnd);
    }
    at = Math.min(at + (long) (step / tideNow), end - 1);
  }

  /** How much tide passes until the next: the least of so many evenly spread, or exponential. */
  private double step() {
    return end < Person.NEVER
        ? weightLeft * (1 - StrictMath.pow(1 - dice.fraction(), 1.0 / remaining))
        : dice.exponential(1);
  }

  private void enter(long moment) {
    at = moment;
    tideNow = tide.perMilli(moment);
    hourEnd = moment + Rhythm.HOUR;
  }
}
