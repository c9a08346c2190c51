package io.lifestage.importer;

/** There were more faulty rows than allowed; no event was sent. */
public final class TooManyBadRowsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyBadRowsException(long allowed) {
    super("more than " + allowed + " bad rows; nothing was sent");
  }
}
