/** What is submitted to Flink: mains, topology, sources, sinks, options and uids. */
package io.lifestage.job;
