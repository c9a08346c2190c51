package io.lifestage.offer;

/**
 * A change on its way to those whom it concerns, one slice in each second of event time.
 *
 * @param change what they are told
 * @param begins when the first slice is told, epoch milliseconds
 * @param next the number of the next slice
 * @param slices how many there are
 * @param waiting how many other changes were told to come after it
 */
public record FanOut(ProductChange change, long begins, int next, int slices, int waiting) {
  private static final long PACE = 1000;

  /** When the next slice is told, epoch milliseconds. */
  public long nextAt() {
    return begins + next * PACE;
  }

  /** When its last second is over, epoch milliseconds. */
  public long over() {
    return begins + slices * PACE;
  }

  /** When one more change may begin, if those before it take as long; epoch milliseconds. */
  public long turnOfOneMore() {
    return over() + 1 + PACE * waiting * slices;
  }

  /** With one more change after it. */
  public FanOut andOneMore() {
    return new FanOut(change, begins, next, slices, waiting + 1);
  }

  /** Whether everybody was told. */
  public boolean isDone() {
    return next == slices;
  }

  /** With one more slice told. */
  public FanOut further() {
    return new FanOut(change, begins, next + 1, slices, waiting);
  }
}
