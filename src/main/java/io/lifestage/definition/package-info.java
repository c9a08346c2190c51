/** Definitions: what the stages are, which numbers are kept, which journeys run. */
package io.lifestage.definition;
