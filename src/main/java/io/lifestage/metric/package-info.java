/**
 * Rolling numbers over all customers: what is observed, panes, and the windows merged from them.
 */
package io.lifestage.metric;
