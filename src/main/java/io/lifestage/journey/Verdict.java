package io.lifestage.journey;

/**
 * What one guard said, or a condition that led a run: into it, on its way, or to its end.
 *
 * @param guard the guard's name; of a condition what it is: filter, stage, segment, hold, branch,
 *     split, exit, goal
 * @param passed whether it let the trigger through; of a condition that led a run, true
 * @param detail what it looked at, for people; may be empty
 */
public record Verdict(String guard, boolean passed, String detail) {}
