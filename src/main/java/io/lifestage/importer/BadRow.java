package io.lifestage.importer;

/**
 * A row of which no event was made.
 *
 * @param line where it begins in the file, the first line being 1
 * @param leftOut whether the mapping leaves such rows out on purpose; else the row is faulty
 * @param reason the same text for all rows with the same fault
 * @param message the reason with what this row holds
 * @param text the row's beginning as it stands in the file
 */
public record BadRow(long line, boolean leftOut, String reason, String message, String text) {}
