/**
 * What is bought together: decayed counts of each product, the measure that makes complements of
 * them, what may be offered of those, and how good they are. The page {@code deploy/offers.md} says
 * why it is done so.
 */
package io.lifestage.offer;
