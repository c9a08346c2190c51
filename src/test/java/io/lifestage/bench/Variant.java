package io.lifestage.bench;

import io.lifestage.job.Pieces;
import io.lifestage.wire.Decoded;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What is measured, all between the same source and the same sink. */
enum Variant {
  /** The job as it is submitted. */
  JOB("the job", "Decide each customer's stage and journeys"),
  /** The job with a thousand journeys, of which nothing that happens concerns those added. */
  MANY_JOURNEYS("the job with 1,000 journeys", "Decide each customer's stage and journeys"),
  /** No state; it writes as much as the job does. */
  PASS_THROUGH("pass-through", "Write as much as the job"),
  /** The pass-through with one value of 64 bytes per customer, read and written at each event. */
  ONE_VALUE("pass-through + one 64-byte value", "Write as much as the job, with a value");

  private final String title;
  private final String keyedOperator;

  Variant(String title, String keyedOperator) {
    this.title = title;
    this.keyedOperator = keyedOperator;
  }

  /** For the report. */
  String title() {
    return title;
  }

  /** The name of the operator behind the key-by, whose input is what is counted. */
  String keyedOperator() {
    return keyedOperator;
  }

  /** Whether it is the job, with however many journeys. */
  boolean isJob() {
    return this == JOB || this == MANY_JOURNEYS;
  }

  /** Wires it. */
  void define(StreamExecutionEnvironment env, Pieces pieces, Task task) throws Exception {
    if (isJob()) {
      pieces.define(env);
    } else {
      passThrough(env, pieces, task);
    }
  }

  private void passThrough(StreamExecutionEnvironment env, Pieces pieces, Task task) {
    pieces.configure(env);
    pieces
        .inputs(env)
        .<Decoded.OfEvent>flatMap(
            (decoded, out) -> {
              if (decoded instanceof Decoded.OfEvent event) {
                out.collect(event);
              }
            })
        .returns(Pieces.ARRIVAL)
        .uid("events-v1")
        .name("Events only")
        .keyBy(arrival -> arrival.event().customer())
        .process(
            new WriteAsMuch(Share.of(task.outputs(), task.events()), this == ONE_VALUE),
            Pieces.RECORD)
        .uid("write-as-much-v1")
        .name(keyedOperator)
        .sinkTo(pieces.sink())
        .uid("outputs-v1")
        .name("Write all outputs in one transaction");
  }
}
