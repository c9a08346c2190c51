/** Believable customers of a home-and-garden shop: the same seed, the same people and events. */
package io.lifestage.traffic;
