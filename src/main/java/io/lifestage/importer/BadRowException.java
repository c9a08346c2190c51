package io.lifestage.importer;

/**
 * Why a row can't be used. Thrown once for each bad row, of which there may be millions, so it has
 * no stack trace.
 */
final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * A fault with what the row holds there.
   *
   * @param reason what is wrong, the same text for all rows with the same fault, to count by
   * @param detail what this row holds there, or empty
   */
  BadRowException(String reason, String detail) {
    super(detail.isEmpty() ? reason : reason + ": " + shortened(detail), null, false, false);
    this.reason = reason;
  }

  BadRowException(String reason) {
    this(reason, "");
  }

  String reason() {
    return reason;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "… (" + text.length() + " long)";
  }
}
