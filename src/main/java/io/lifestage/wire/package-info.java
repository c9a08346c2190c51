/** Avro and the schema registry on one side, the core's values on the other. */
package io.lifestage.wire;
