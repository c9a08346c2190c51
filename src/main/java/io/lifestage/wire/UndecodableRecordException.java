package io.lifestage.wire;

/** These bytes are not what they claim to be: a dead letter. */
public final class UndecodableRecordException extends UnusableRecordException {

  private static final long serialVersionUID = 1L;

  UndecodableRecordException(Defect defect, String message) {
    super(defect, message);
  }

  UndecodableRecordException(Defect defect, String message, Throwable cause) {
    super(defect, message, cause);
  }
}
