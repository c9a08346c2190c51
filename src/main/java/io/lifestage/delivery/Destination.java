package io.lifestage.delivery;

import java.io.IOException;

/** What acts on triggers: an e-mail tool, a list of tasks. An integration implements this. */
public interface Destination {

  /**
   * Sends what the trigger says. A process that dies in here sends it again when it comes back, so
   * a destination that can should use the trigger's id as its idempotency key.
   *
   * @throws IOException if it can't be sent now; the consumer ends, and begins there the next time
   */
  void send(ReceivedTrigger trigger) throws IOException;

  /** It was sent, and its reason is gone since: what can still be stopped should be. */
  void retract(ReceivedTrigger trigger) throws IOException;

  /**
   * It is not sent.
   *
   * @param why {@link Fate#EXPIRED} or {@link Fate#WITHDRAWN}
   */
  void drop(ReceivedTrigger trigger, Fate why) throws IOException;

  /** All of the above lasts, when this returns: the consumer commits next. */
  void flush() throws IOException;
}
