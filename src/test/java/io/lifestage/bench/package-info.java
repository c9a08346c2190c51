/**
 * What the job costs beside a job that only passes records through: {@code mvn -Pbench}, as
 * deploy/benchmark.md says.
 *
 * <p>{@link io.lifestage.bench.Benchmark} starts a broker and a registry, fills the input topics
 * once, and has each {@link io.lifestage.bench.Variant} drain them round after round, each time in
 * a fresh JVM ({@link io.lifestage.bench.Drain}).
 */
package io.lifestage.bench;
