package io.lifestage.metric;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A finding for operations as it stands at a moment. The next one with the same id replaces it.
 *
 * @param id the same from the opening to the end, see {@link #id(String, String, long)}
 * @param kind what was found, in one word
 * @param severity how bad it is; it never falls while the finding is open
 * @param open whether it goes on
 * @param subject what it is about, such as {@code checkout_step=payment}
 * @param openedAt when it began, event time, epoch milliseconds
 * @param at when this was so, event time, epoch milliseconds
 * @param observed the measured value
 * @param baseline what was to be expected, in the same unit
 * @param customers how many customers it has cost so far
 * @param value what those would have brought, in minor units; null where unknown
 * @param currency of the value; null where the value is
 * @param text the finding in one sentence
 */
public record Alert(
    String id,
    String kind,
    Severity severity,
    boolean open,
    String subject,
    long openedAt,
    long at,
    double observed,
    double baseline,
    long customers,
    Long value,
    String currency,
    String text) {

  /** The worst first: by the value lost, then by the customers. */
  public static final Comparator<Alert> BY_LOSS =
      Comparator.comparingLong((Alert alert) -> alert.value == null ? 0 : alert.value)
          .thenComparingLong(Alert::customers)
          .reversed()
          .thenComparing(Alert::subject);

  /** How bad a finding is. */
  public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Look at it today. */
    WARNING,
    /** Look at it now. */
    CRITICAL
  }

  /** Checks that nothing is missing. */
  public Alert {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(text, "text");
  }

  /** The id of a finding: 128 bits of SHA-256, in hexadecimal digits. */
  static String id(String kind, String subject, long openedAt) {
    String all = kind + "\n" + subject + "\n" + openedAt;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Equal for two of one finding that say the same, but for the moment; the same in every run. */
  int gist() {
    return Objects.hash(open, severity.name(), observed, baseline, customers, value);
  }
}
