package io.lifestage.journey;

import io.lifestage.lifecycle.Condition;
import java.util.Set;

/**
 * The events that a run looks out for.
 *
 * @param types event types
 * @param sameKey whether the event must carry the run's key (the same cart, the same order)
 * @param condition what must hold besides
 */
public record EventMatch(Set<String> types, boolean sameKey, Condition condition) {}
