package io.lifestage.offer;

/** Why there is nothing to offer. */
public enum Reason {
  /** There is something. */
  NONE("there are offers"),
  /** Neither by hand nor learnt, and nothing else of the category is bought. */
  NOTHING_KNOWN("nothing is known to go with it"),
  /** All that goes with it is the customer's already. */
  OWNED("all that goes with it is owned already"),
  /** All that goes with it is out of stock, or no longer in the catalogue. */
  OUT_OF_STOCK("all that goes with it is out of stock"),
  /** All that goes with it is outside of the journey's bounds. */
  PRICE("all that goes with it is outside of the bounds of price"),
  /** What goes with it was left out, for more than one of these reasons. */
  SEVERAL("all that goes with it is owned, out of stock, or outside of the bounds of price");

  private final String words;

  Reason(String words) {
    this.words = words;
  }

  /** What it means, as part of a sentence. */
  public String words() {
    return words;
  }
}
