package io.lifestage.offer;

/** How much was bought at all, decayed to one moment; baskets with one product are not counted. */
public interface Marginals {

  /** In how many baskets the product was. */
  double of(String product);

  /** How many baskets there were. */
  double baskets();

  /** How many products were in all of them. */
  double products();
}
