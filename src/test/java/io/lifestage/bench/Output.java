package io.lifestage.bench;

/**
 * What a run wrote to one topic.
 *
 * @param topic with its prefix
 * @param records committed ones
 * @param bytes of their keys and values
 */
record Output(String topic, long records, long bytes) {}
