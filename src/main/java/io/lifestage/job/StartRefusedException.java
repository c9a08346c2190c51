package io.lifestage.job;

/** The job was not started; the message says why, and how to mend it. */
public final class StartRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  StartRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
