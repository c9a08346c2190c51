package io.lifestage.metric;

/**
 * What a window has of a subject, beside what is usual.
 *
 * <p>The evidence is the signed root of the deviance of a Poisson count (P. McCullagh and J. A.
 * Nelder, "Generalized Linear Models", 1989, sections 2.3 and 2.4), which is close to normal far
 * out and for few counts, where (observed - expected) / sqrt(expected) is not. It is divided by the
 * root of what the baseline itself may be off by, and later by the root of the dispersion (quasi-
 * likelihood, chapter 9): real counts scatter more than Poisson's, or less where both numbers are
 * of nearly the same customers.
 *
 * @param rises whether more than usual is what is wrong
 * @param observed how many came through
 * @param expected how many would have, as is usual
 * @param came how many came at all
 * @param known how many the baseline was learnt from in such an hour
 * @param panes how many panes of the window had anything
 */
record Reading(
    boolean rises, double observed, double expected, double came, double known, int panes) {

  /** Least number of customers that is judged. */
  private static final double LEAST = 10;

  /** How far it is off in the bad direction, in standard deviations of a Poisson count. */
  double evidence() {
    if (expected <= 0) {
      return 0;
    }
    double seen = Math.max(0, observed);
    double deviance = 2 * ((seen > 0 ? seen * Math.log(seen / expected) : 0) - seen + expected);
    double root = Math.sqrt(Math.max(0, deviance) / (1 + (known > 0 ? came / known : 1)));
    return (seen > expected) == rises ? root : -root;
  }

  /** What is wrong, as a share of what is usual; negative where it is better than usual. */
  double deviation() {
    double more = expected <= 0 ? 0 : (observed - expected) / expected;
    return rises ? more : -more;
  }

  /** Whether it is enough to be judged at all. */
  boolean isEnough() {
    return (rises ? observed : expected) >= LEAST;
  }

  /** Whether it would show something that is wrong, if anything were. */
  boolean wouldTell(double dispersion) {
    if (rises) {
      return expected >= 1;
    }
    return expected >= LEAST
        && new Reading(false, 0, expected, came, known, panes).evidence() / Math.sqrt(dispersion)
            >= Vigil.STRONG;
  }
}
