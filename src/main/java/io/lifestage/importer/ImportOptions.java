package io.lifestage.importer;

import java.nio.file.Path;

/**
 * How an import is done.
 *
 * @param temp where a folder for what memory does not hold may be made
 * @param memory bytes for events that wait to be sorted, roughly
 * @param assumeConsent whether every customer's first event is preceded by a consent to marketing
 *     by e-mail, which the data does not hold
 * @param maxBad the import fails, with nothing sent, when there are more faulty rows than this
 */
public record ImportOptions(Path temp, long memory, boolean assumeConsent, long maxBad) {}
