package io.lifestage.cli;

import io.lifestage.job.CommittedRecords.Progress;
import java.io.PrintWriter;

/** How far a topic is read: a line that changes on a terminal, and nothing in a log. */
final class ReadingProgress implements Progress, AutoCloseable {
  private final String topic;
  private final PrintWriter err;

  @SuppressWarnings("SystemConsoleNull") // Java 22 and later take a log for a terminal; no harm.
  private final boolean terminal = System.console() != null;

  ReadingProgress(String topic, PrintWriter err) {
    this.topic = topic;
    this.err = err;
  }

  @Override
  public void reached(long done, long all) {
    if (terminal) {
      err.printf("\r%-78s", "Reading %s: %,d of %,d".formatted(topic, done, all));
      err.flush();
    }
  }

  @Override
  public void close() {
    if (terminal) {
      err.printf("\r%-78s\r", "");
      err.flush();
    }
  }
}
