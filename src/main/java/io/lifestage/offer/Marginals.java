package io.lifestage.offer;

/** How much was bought at all, decayed to one moment; baskets with one product are not counted. */
public interface Marginals {
  /** For whoever asks by a measure that does not look at them. */
  Marginals UNKNOWN =
      new Marginals() {
        @Override
        public double of(String product) {
          return 0;
        }

        @Override
        public double baskets() {
          return 0;
        }

        @Override
        public double products() {
          return 0;
        }
      };

  /** In how many baskets the product was. */
  double of(String product);

  /** How many baskets there were. */
  double baskets();

  /** How many products were in all of them. */
  double products();
}
