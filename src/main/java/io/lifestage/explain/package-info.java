/** Why a customer is where they are: read back from what the engine wrote. */
package io.lifestage.explain;
