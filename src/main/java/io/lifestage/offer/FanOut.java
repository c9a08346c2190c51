package io.lifestage.offer;

/**
 * A change on its way to those whom it concerns, one slice in each second of event time.
 *
 * @param change what they are told
 * @param begins when the first slice is told, epoch milliseconds
 * @param next the number of the next slice
 * @param slices how many there are
 */
public record FanOut(ProductChange change, long begins, int next, int slices) {
  private static final long PACE = 1000;

  /** When the next slice is told, epoch milliseconds. */
  public long nextAt() {
    return begins + next * PACE;
  }

  /** When the next change may begin to be told, epoch milliseconds. */
  public long over() {
    return begins + slices * PACE;
  }

  /** Whether everybody was told. */
  public boolean isDone() {
    return next == slices;
  }

  /** With one more slice told. */
  public FanOut further() {
    return new FanOut(change, begins, next + 1, slices);
  }
}
