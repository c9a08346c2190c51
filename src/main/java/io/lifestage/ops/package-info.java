/** What the people who run Lifestage do to its surroundings: topics, transactions, health. */
package io.lifestage.ops;
