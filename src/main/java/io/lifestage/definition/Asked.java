package io.lifestage.definition;

import java.util.Set;

/**
 * What a formula may ask about at the place where it stands.
 *
 * @param events the types that the event can have; empty where there is none
 * @param run whether there is a run
 * @param time whether the moment itself may be asked for: a formula that is looked at only when
 *     something changes may not, since it would become true unseen
 */
record Asked(Set<String> events, boolean run, boolean time) {
  static final Asked OF_TIME = new Asked(Set.of(), false, true);
  static final Asked OF_STATE = new Asked(Set.of(), false, false);
  static final Asked OF_A_RUN = new Asked(Set.of(), true, true);

  static Asked of(Set<String> events) {
    return new Asked(Set.copyOf(events), false, true);
  }

  static Asked ofARunHearing(Set<String> events) {
    return new Asked(Set.copyOf(events), true, true);
  }
}
