package io.lifestage.decision;

import java.util.Set;

/**
 * A trigger of marketing that went to the customer; what caps count. Once spent it stays spent,
 * also where the trigger is taken back, see {@link Aftermath}.
 *
 * @param trigger its id
 * @param at when, epoch milliseconds
 * @param channel over which channel
 * @param tags the tags of its journey
 */
public record Sent(String trigger, long at, String channel, Set<String> tags) {}
