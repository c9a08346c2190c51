package io.lifestage.explain;

import java.time.Instant;

/**
 * What somebody wants to have explained.
 *
 * @param customer a customer's id, or {@code anonymous:} and a visitor's
 * @param journey one journey's id, or null for all
 * @param at what was decided up to this moment of event time, the nearest first; null for all, from
 *     the beginning on
 */
public record Question(String customer, String journey, Instant at) {

  boolean isOf(String id) {
    return journey == null || journey.equals(id);
  }
}
