package io.lifestage.lifecycle;

/**
 * Where an event was read. An annotation for people: nothing is decided by it, and two things that
 * differ in it alone are equal.
 *
 * @param topic the topic's full name
 * @param partition the partition
 * @param offset the offset
 */
public record Place(String topic, int partition, long offset) {}
