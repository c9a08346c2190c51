package io.lifestage.metric;

/**
 * How far the job is behind the clock on the wall: the one place from which the documentation, the
 * Prometheus name and the console's label come.
 *
 * <p>These are not {@link Metrics}: those are functions of what happened and come out the same in
 * every replay, these are different each time. So they are never on the {@code metrics} topic, and
 * the core knows nothing of them: an operator that has a clock reads them off.
 */
public enum Punctuality {
  WATERMARK_DELAY(
      "watermark_delay",
      "Watermark delay",
      "the time now less the event time up to which everything is decided",
      "the time now less the event time that the topics have come to"),
  CHECKPOINT_AGE(
      "checkpoint_age",
      "Checkpoint age",
      "the time since the last checkpoint was complete, or since the task started where there was"
          + " none yet",
      "the time since the last checkpoint was complete, as Flink tells"),
  TRIGGER_LATENCY(
      "trigger_latency",
      "Trigger latency",
      "from the event time of a trigger to the moment at which it is decided, of the last 1,000 of"
          + " each task",
      "from the event time of a trigger to the moment at which it is written, of the triggers"
          + " written in the window");

  private final String metric;
  private final String title;
  private final String inOperators;
  private final String inConsole;

  Punctuality(String metric, String title, String inOperators, String inConsole) {
    this.metric = metric;
    this.title = title;
    this.inOperators = inOperators;
    this.inConsole = inConsole;
  }

  /** Its name, lower case with underscores. */
  public String metric() {
    return metric;
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** What the operator that decides reads off, for Flink's reporters. */
  public String inOperators() {
    return inOperators;
  }

  /** What the console reads off, from the topics and from Flink. */
  public String inConsole() {
    return inConsole;
  }

  /** Name of the Prometheus series, as Flink's reporter writes it; the unit is milliseconds. */
  public String prometheusName() {
    return MetricDefinition.OF_OPERATORS + metric;
  }
}
