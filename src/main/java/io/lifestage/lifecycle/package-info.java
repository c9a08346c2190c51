/**
 * What happens to a customer and where it takes them: events, facts, stages and the moves between.
 */
package io.lifestage.lifecycle;
