/**
 * Believable customers of a home-and-garden shop, and its catalogue: the same seed, the same
 * people, events and products.
 */
package io.lifestage.traffic;
