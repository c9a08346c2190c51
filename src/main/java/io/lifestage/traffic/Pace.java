package io.lifestage.traffic;

/** How the world's time runs beside the wall's. */
@FunctionalInterface
public interface Pace {

  /** Everything at once. */
  Pace HURRIED = (at, now) -> 0;

  /**
   * How long to wait before something is sent.
   *
   * @param at when it is to be sent in the world, epoch milliseconds
   * @param now the wall's time, epoch milliseconds
   * @return milliseconds; 0 or less where it is due
   */
  long untilDue(long at, long now);

  /** As it happens, so much later; what is past is due at once. */
  static Pace live(long shift) {
    return (at, now) -> at + shift - now;
  }

  /** So many times as fast as the wall's time, from the first moment asked for on. */
  static Pace faster(double times) {
    return new Pace() {
      private boolean begun;
      private long beginning;
      private long started;

      @Override
      public long untilDue(long at, long now) {
        if (!begun) {
          begun = true;
          beginning = at;
          started = now;
        }
        return started + (long) ((at - beginning) / times) - now;
      }
    };
  }
}
