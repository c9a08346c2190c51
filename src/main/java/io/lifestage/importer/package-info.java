/**
 * Public and other CSV data become events: a mapping says what columns mean, the importer reads,
 * joins, sorts and sends. The mapping language is described in {@code deploy/import.md}.
 */
package io.lifestage.importer;
