package io.lifestage.metric;

/**
 * What a journey brings: by how much more of those who got what it sends reach its goal than of
 * those who were held out, and how sure that is.
 *
 * <p>The interval is Newcombe's hybrid score interval: the bounds of the difference come from
 * Wilson's score intervals of the two shares, without continuity correction (R. G. Newcombe,
 * "Interval estimation for the difference between independent proportions", Statistics in Medicine
 * 17, 1998, method 10; E. B. Wilson, JASA 22, 1927). It holds also for few customers and for shares
 * near 0 and 1, where the textbook interval does not. It takes runs to be independent; of a
 * customer with many runs it is surer than it should be.
 *
 * @param treated share of the treated who reached the goal
 * @param heldOut share of the held out who did
 * @param difference the first less the second
 * @param low lower bound of the difference, with 95 % confidence
 * @param high upper bound
 */
public record Lift(double treated, double heldOut, double difference, double low, double high) {
  /** The dimension of those who got what the journey sends; its labels are journeys. */
  public static final String TREATED = "treated";

  /** The dimension of those who were chosen to get nothing; its labels are journeys. */
  public static final String HELD_OUT = "held_out";

  /** The 97.5th percentile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The lift by how many there are of both groups, and how many of them reached the goal.
   *
   * @return null where a group is empty
   */
  public static Lift of(
      long treatedReached, long treatedAll, long heldOutReached, long heldOutAll) {
    if (treatedAll <= 0 || heldOutAll <= 0) {
      return null;
    }
    Share treated = Share.of(treatedReached, treatedAll);
    Share heldOut = Share.of(heldOutReached, heldOutAll);
    double difference = treated.share - heldOut.share;
    return new Lift(
        treated.share,
        heldOut.share,
        difference,
        difference - Math.hypot(treated.share - treated.low, heldOut.high - heldOut.share),
        difference + Math.hypot(treated.high - treated.share, heldOut.share - heldOut.low));
  }

  /**
   * The lift of a journey.
   *
   * @param metric {@link Metrics#GOAL_OUTCOMES} or {@link Metrics#GOAL_OUTCOMES_EVER}
   * @return null where a group is empty
   */
  public static Lift of(RatioDefinition.Windows windows, String metric, String journey) {
    return of(
        reached(windows, metric, TREATED, journey),
        all(windows, metric, TREATED, journey),
        reached(windows, metric, HELD_OUT, journey),
        all(windows, metric, HELD_OUT, journey));
  }

  /** Whether the difference is more than chance would make it in 95 of 100 cases. */
  public boolean isSignificant() {
    return low > 0 || high < 0;
  }

  private static long reached(
      RatioDefinition.Windows windows, String metric, String group, String journey) {
    return windows.figure(metric, group, journey, RatioDefinition.Figure.SUM);
  }

  private static long all(
      RatioDefinition.Windows windows, String metric, String group, String journey) {
    return windows.figure(metric, group, journey, RatioDefinition.Figure.COUNT);
  }

  /** A share and Wilson's interval around it. */
  private record Share(double share, double low, double high) {
    static Share of(long reached, long all) {
      double n = (double) all;
      double p = Math.min(n, Math.max(0, (double) reached)) / n;
      double middle = p + Z * Z / (2 * n);
      double spread = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
      double scale = 1 + Z * Z / n;
      return new Share(
          p, Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale));
    }
  }
}
