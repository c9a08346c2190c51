package io.lifestage.traffic;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something in the shop that does not work for a while: a step of the checkout that can't be
 * completed, or a way to pay that is refused. Whom it befalls depends on the cart alone, so whoever
 * tries again fails again, and nobody else does anything else than without it.
 *
 * @param what one of {@link #STEPS} or {@link #METHODS}
 * @param share of the carts that come to it
 * @param from when it begins, epoch milliseconds in the world's time
 * @param until when it works again, epoch milliseconds in the world's time
 */
public record Trouble(String what, double share, long from, long until) {
  /** The steps of the checkout in their order, from its beginning to the order. */
  public static final List<String> STEPS =
      List.of(
          Checkout.STARTED,
          Checkout.ADDRESS,
          Checkout.SHIPPING,
          Checkout.PAYMENT,
          Checkout.REVIEW,
          Checkout.PLACED);

  /** The ways to pay. */
  public static final List<String> METHODS =
      PaymentMethod.ALL.stream().map(PaymentMethod::word).toList();

  public Trouble {
    if (Stream.of(STEPS, METHODS).noneMatch(all -> all.contains(what))) {
      throw new IllegalArgumentException(
          "'%s' is neither a step of the checkout (%s) nor a way to pay (%s)"
              .formatted(what, String.join(", ", STEPS), String.join(", ", METHODS)));
    }
    if (!(share >= 0 && share <= 1) || until < from) {
      throw new IllegalArgumentException(
          "a share lies between 0 and 1, and trouble does not end before it begins");
    }
  }

  /** Whether it befalls a cart that comes there at a moment. */
  boolean befalls(String cart, long at, long seed) {
    return at >= from
        && at < until
        && Dice.of(Dice.seed(seed, from), what + " " + cart).chance(share);
  }
}
