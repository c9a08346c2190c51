package io.lifestage.offer;

import java.time.Duration;

/**
 * How the past loses weight: what happened one half-life ago counts half.
 *
 * <p>This is the forward decay of G. Cormode, V. Shkapenyuk, D. Srivastava and B. Xu, "Forward
 * Decay: A Practical Time Decay Model for Streaming Systems", ICDE 2009: instead of old weights
 * shrinking, new ones grow, and a sum is divided by the present weight when it is read. So nothing
 * has to be touched as time goes by. Weights are whole numbers of fixed size, never floating-point
 * ones: their sums are the same to the last bit in whichever order they are added, and what was
 * added can be taken back exactly.
 *
 * <p>Since weights can't grow for ever, time is cut into eras of {@value #HALF_LIVES} half-lives,
 * from 1970 on, and weights begin anew with each. A sum keeps two parts, of the latest era that it
 * saw and of the one before. What is older weighs less than 1/65,536 by then and is let go.
 */
public final class Decay {
  /** Length of an era. */
  static final int HALF_LIVES = 16;

  /** The weight of what happens when an era begins. */
  private static final long ONE = 1L << 16;

  private static final double ERA_BEFORE = 1.0 / (1L << HALF_LIVES);

  private final double halfLife;
  private final long era;

  /**
   * A decay.
   *
   * @param halfLife from one second to 10,000 years
   */
  public Decay(Duration halfLife) {
    check(halfLife);
    this.halfLife = halfLife.toMillis();
    this.era = HALF_LIVES * halfLife.toMillis();
  }

  static void check(Duration halfLife) {
    if (halfLife.toSeconds() < 1 || halfLife.toDays() > 3_652_500) {
      throw new IllegalArgumentException(
          "a half-life of %s; it may be from one second to 10,000 years".formatted(halfLife));
    }
  }

  /** The era of a moment. */
  int era(long at) {
    return (int) Math.floorDiv(at, era);
  }

  /** What a moment weighs among those of its era. */
  long weight(long at) {
    return StrictMath.round(ONE * StrictMath.pow(2, Math.floorMod(at, era) / halfLife));
  }

  /**
   * What one unit of a sum's recent part is worth, seen from a moment.
   *
   * @param latest the sum's latest era
   */
  double worth(int latest, long now) {
    return StrictMath.pow(2, (latest * (double) era - now) / halfLife) / ONE;
  }

  /** What a sum is worth. */
  static double value(long recent, long older, double worth) {
    return (recent + older * ERA_BEFORE) * worth;
  }
}
