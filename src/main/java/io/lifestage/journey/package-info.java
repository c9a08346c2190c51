/** Journeys as values: what starts a run, what it waits for, what ends it, and what it may send. */
package io.lifestage.journey;
