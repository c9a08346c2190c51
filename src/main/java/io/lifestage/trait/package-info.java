/** What is known of a customer in numbers: counts and sums over all time, a window or a cycle. */
package io.lifestage.trait;
