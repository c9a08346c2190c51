/** Thin Flink functions around the core, and how their values become bytes. */
package io.lifestage.operator;
