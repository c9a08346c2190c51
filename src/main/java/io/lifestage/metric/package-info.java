/**
 * Rolling numbers over all customers: what is observed, panes and their sketches, the windows
 * merged from them, and what each metric, ratio and lift means.
 */
package io.lifestage.metric;
