package io.lifestage.traffic;

import io.lifestage.lifecycle.Event;

/**
 * An event on its way.
 *
 * @param at when it is sent, in the world's time, epoch milliseconds; never before the event
 * @param number how many events the world had told with it, duplicates not counted
 */
public record Sending(Event event, long at, long number) {}
