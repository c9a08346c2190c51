package io.lifestage.console;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.decision.Publication;
import io.lifestage.definition.Source;
import io.lifestage.metric.Estimates;
import io.lifestage.wire.PrintedRecord;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that the console knows. One thread takes records in, others look: each look sees the records
 * up to a moment and none half.
 */
final class Board {
  private static final Logger LOG = LoggerFactory.getLogger(Board.class);

  final MetricBook metrics = new MetricBook();
  final People people = new People();
  final Feed feed = new Feed();
  final Promptness promptness = new Promptness();
  final Alarms alarms = new Alarms();
  final Refusals refusals = new Refusals();
  final Rules rules;
  final Health health = new Health();

  private long version;

  /**
   * Nothing read yet.
   *
   * @param pack the definitions that the job started with
   */
  Board(List<Source> pack) {
    rules = new Rules(pack);
  }

  /** Takes records in, in the order of each partition. */
  synchronized void take(List<Seen> records) {
    for (Seen record : records) {
      try {
        take(record);
      } catch (RuntimeException e) {
        // Whatever a record says, it must not end the console, nor hide the records beside it.
        LOG.warn("{}-{}@{} is left out", record.topic(), record.partition(), record.offset(), e);
        health.counted(0, 1, null);
      }
    }
    if (!records.isEmpty()) {
      version++;
    }
  }

  /** Takes a definition that was published. */
  synchronized void take(Publication publication) {
    rules.take(publication);
    version++;
  }

  /** Hears of what is around: the broker, the registry, the job. */
  synchronized void note(Consumer<Health> news) {
    news.accept(health);
    version++;
  }

  /** Looks at it as it stands. */
  synchronized <T> T look(Function<Board, T> eye) {
    return eye.apply(this);
  }

  /** Counted up whenever something is different. */
  synchronized long version() {
    return version;
  }

  private void take(Seen record) {
    PrintedRecord fields = record.fields();
    switch (record.topic()) {
      case PROFILES -> people.take(record.key(), fields);
      case DEAD_LETTERS, LATE_EVENTS -> refusals.take(record);
      default -> {
        if (fields != null) {
          take(record, fields);
        }
      }
    }
  }

  private void take(Seen record, PrintedRecord fields) {
    switch (record.topic()) {
      case METRICS ->
          metrics.take(
              fields.text("metric"),
              fields.text("dimension"),
              fields.text("label"),
              fields.text("window"),
              fields.time("at").toEpochMilli(),
              new Value(fields.number("count"), fields.number("sum"), estimates(fields)));
      case DECISIONS -> feed.takeDecision(fields);
      case TRIGGERS -> {
        feed.takeTrigger(fields);
        promptness.take(fields, record.timestamp());
      }
      case ALERTS -> alarms.take(fields);
      case TRANSITIONS, CLOCK -> passTo(fields.time("at"));
      default -> {
        // Inputs are read where one customer is asked for.
      }
    }
  }

  private static Estimates estimates(PrintedRecord point) {
    return new Estimates(
        estimate(point, "distinct"),
        estimate(point, "p50"),
        estimate(point, "p90"),
        estimate(point, "p95"),
        estimate(point, "p99"));
  }

  private static Long estimate(PrintedRecord point, String name) {
    return point.text(name) == null ? null : (Long) point.number(name);
  }

  private void passTo(Instant moment) {
    if (moment != null) {
      metrics.passTo(moment.toEpochMilli());
    }
  }
}
