package io.lifestage.offer;

/** How much it says that products were together there, in sixteenths of an order. */
public enum Evidence {
  /** Bought in one order. */
  ORDER(16),
  /** Put into one cart, which need not be bought. */
  CART(4),
  /** Looked at in one session. */
  SESSION(1);

  /** What a whole order says. */
  static final int WHOLE = 16;

  private final int share;

  Evidence(int share) {
    this.share = share;
  }

  int share() {
    return share;
  }
}
