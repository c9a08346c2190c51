package io.lifestage.delivery;

import io.lifestage.wire.PrintedRecord;
import java.time.Instant;

/**
 * A trigger as its receiver reads it.
 *
 * @param id the same for the same cause; whoever acts on it does so once
 * @param status ACTIVE: send it; CANCELLED or RETRACTED: its reason is gone
 * @param revision of several records of one id the greatest holds
 * @param customer for or about whom
 * @param notBefore not to be sent before
 * @param expiresAt not to be sent after
 * @param fields all that it says
 */
public record ReceivedTrigger(
    String id,
    String status,
    long revision,
    String customer,
    Instant notBefore,
    Instant expiresAt,
    PrintedRecord fields) {

  /** The trigger in a record of the topic. */
  public static ReceivedTrigger of(PrintedRecord record) {
    return new ReceivedTrigger(
        record.text("trigger_id"),
        record.text("status"),
        record.number("revision"),
        record.text("customer"),
        record.time("not_before"),
        record.time("expires_at"),
        record);
  }

  boolean isActive() {
    return status.equals("ACTIVE");
  }

  boolean isTakenBack() {
    return status.equals("CANCELLED") || status.equals("RETRACTED");
  }
}
