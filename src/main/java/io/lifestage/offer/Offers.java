package io.lifestage.offer;

import java.util.List;

/**
 * What is offered.
 *
 * @param offers best first; those chosen by hand before all others
 * @param reason why there are none, else {@link Reason#NONE}
 */
public record Offers(List<Offer> offers, Reason reason) {}
