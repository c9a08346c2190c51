/**
 * Rolling numbers over all customers: what is observed, panes and their sketches, the windows
 * merged from them, what each metric, ratio and lift means, and the watch over those that
 * operations must know to be far from their baseline.
 */
package io.lifestage.metric;
