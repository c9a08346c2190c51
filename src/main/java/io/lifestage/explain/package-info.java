/**
 * Why a customer is where they are: read back from what the engine wrote, and where it writes
 * nothing decided again by the core.
 */
package io.lifestage.explain;
