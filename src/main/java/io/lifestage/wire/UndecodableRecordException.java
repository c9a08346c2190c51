package io.lifestage.wire;

/** These bytes are not what they claim to be: a dead letter. */
public final class UndecodableRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  UndecodableRecordException(String message) {
    super(message);
  }

  UndecodableRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
