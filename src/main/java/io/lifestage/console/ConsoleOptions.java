package io.lifestage.console;

import java.util.Objects;

/**
 * How the console is reached, and whom it asks.
 *
 * @param host the address that it listens at, or null for this machine alone
 * @param port the port; 0 for any that is free
 * @param token what opens it, or null for none on this machine and a new one elsewhere
 * @param prefix what the topics' names begin with; may be empty
 * @param flinkUrl Flink's REST interface, or null where it is not asked
 * @param jobName the name under which the job runs
 */
public record ConsoleOptions(
    String host, int port, String token, String prefix, String flinkUrl, String jobName) {

  public ConsoleOptions {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(jobName, "jobName");
  }
}
