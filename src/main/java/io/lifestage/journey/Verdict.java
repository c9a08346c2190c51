package io.lifestage.journey;

/**
 * What one guard said.
 *
 * @param guard the guard's name
 * @param passed whether it let the trigger through
 * @param detail what it looked at, for people; may be empty
 */
public record Verdict(String guard, boolean passed, String detail) {}
