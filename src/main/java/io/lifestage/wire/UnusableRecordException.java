package io.lifestage.wire;

/** A record that cannot be used, and why: a dead letter. */
public class UnusableRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Defect defect;

  UnusableRecordException(Defect defect, String message) {
    this(defect, message, null);
  }

  UnusableRecordException(Defect defect, String message, Throwable cause) {
    super(message, cause);
    this.defect = defect;
  }

  /** What is wrong with it, in one word. */
  public final Defect defect() {
    return defect;
  }
}
