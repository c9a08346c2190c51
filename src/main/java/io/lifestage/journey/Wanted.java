package io.lifestage.journey;

import java.util.List;

/**
 * Products that a trigger still waits for: what goes with others is known across customers, so it
 * is told after the customer's decision.
 *
 * @param goesWith the products that were bought
 * @param categories theirs, each once
 * @param owned what the customer has already and does not buy again by nature
 * @param leastPrice in minor units
 * @param mostPrice in minor units
 * @param most how many at most
 */
public record Wanted(
    List<String> goesWith,
    List<String> categories,
    List<String> owned,
    long leastPrice,
    long mostPrice,
    int most) {}
