package io.lifestage.bench;

import java.util.List;

/**
 * What one run has to do, as it travels to its process.
 *
 * @param variant who drains the topics
 * @param brokers where Kafka is
 * @param registry where the schema registry is
 * @param endOfTime the last moment that the job decides, in ISO 8601
 * @param events how many wait in the topics
 * @param outputs how much a pass-through has to write
 * @param folder for checkpoints and state
 * @param countStateOperations whether Flink counts each access to state, which costs time
 */
record Task(
    Variant variant,
    String brokers,
    String registry,
    String endOfTime,
    int events,
    List<Output> outputs,
    String folder,
    boolean countStateOperations) {}
