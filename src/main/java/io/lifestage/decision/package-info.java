/**
 * Everything about one customer, decided in one place: state in, event or time in; state and
 * effects out.
 */
package io.lifestage.decision;
