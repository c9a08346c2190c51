package io.lifestage.explain;

import io.lifestage.wire.PrintedRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one guard saw, read from what the verdict says for people. A detail of another form, as a
 * later release may write it, is told as it stands.
 *
 * @param guard the guard's name
 * @param passed whether it let the trigger through
 * @param sentence what it saw
 * @param seen the same by name, for programs; empty where the detail was not understood
 */
record GuardSaid(String guard, boolean passed, String sentence, Map<String, Object> seen) {
  private static final Pattern LOT = Pattern.compile("lot (\\d+), held out below (\\d+)");
  private static final Pattern CAP = Pattern.compile("(\\d+) of (\\d+) in (.+)", Pattern.DOTALL);
  private static final Pattern QUIET = Pattern.compile("(\\S+) to (\\S+) in ([^\\s,]+)(, held)?");
  private static final Pattern CHOSEN = Pattern.compile("(\\S+) was chosen");
  private static final Pattern EXPIRY = Pattern.compile("valid until (\\S+)");
  private static final Pattern HISTORY = Pattern.compile("triggers are sent from (\\S+)");
  private static final Pattern ITEMS = Pattern.compile("(\\d+) of (\\S+)");
  private static final Pattern STATUS = Pattern.compile("(\\S+) is paused");
  private static final Pattern OWN = Pattern.compile("([^:]+)(?:: (.+))?", Pattern.DOTALL);

  /** Beside {@code seen}: the end of the quiet hours, where it was held until then. */
  static final String UNTIL = "until";

  /**
   * Reads a verdict.
   *
   * @param at when the guard was asked
   * @param reason the decision's reason, which says whether consent was withdrawn or never given
   */
  static GuardSaid of(PrintedRecord verdict, Instant at, String reason) {
    String guard = verdict.text("guard");
    boolean passed = verdict.flag("passed");
    String detail = verdict.text("detail") == null ? "" : verdict.text("detail");
    Reading reading = new Reading(guard, passed, detail);
    switch (guard) {
      case "consent" -> reading.consent(reason);
      case "holdout" -> reading.lot("nothing of anything");
      case "journey-holdout" -> reading.lot("nothing of this journey");
      case "cap" -> reading.cap();
      case "quiet-hours" -> reading.quiet(at);
      case "arbitration" -> reading.arbitration();
      case "expiry" -> reading.expiry();
      case "history" -> reading.history();
      case "items" -> reading.items();
      case "status" -> reading.status();
      case "requirement" -> reading.requirement();
      case "pause" -> reading.facts("a pause that holds", "no reason to pause");
      case "filter" ->
          reading.facts("the entry's condition does not hold", "the entry's condition holds");
      default -> {}
    }
    return reading.said();
  }

  /** Whether it let the trigger wait instead of withholding it. */
  boolean isHeld() {
    return seen.containsKey(UNTIL);
  }

  /** Until when the trigger was held, or null. */
  Instant heldUntil() {
    return isHeld() ? Instant.parse(seen.get(UNTIL).toString()) : null;
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("guard", guard);
    map.put("passed", passed);
    map.put("saw", sentence);
    map.putAll(seen);
    return map;
  }

  /** One verdict while it is read. */
  private static final class Reading {
    private final String guard;
    private final boolean passed;
    private final String detail;
    private final Map<String, Object> seen = new LinkedHashMap<>();
    private String sentence;

    Reading(String guard, boolean passed, String detail) {
      this.guard = guard;
      this.passed = passed;
      this.detail = detail;
      this.sentence = detail.isEmpty() ? "nothing was noted" : detail;
    }

    GuardSaid said() {
      return new GuardSaid(guard, passed, sentence, seen);
    }

    void consent(String reason) {
      seen.put("asks_for", detail);
      if (passed) {
        sentence = "the customer has agreed to " + detail;
      } else if (reason.equals("consent_withdrawn")) {
        sentence = "the customer has said no to " + detail;
      } else if (reason.equals("no_consent")) {
        sentence = "the customer has never agreed to " + detail;
      } else {
        // An earlier guard gave the reason; which of the two it was is not written then.
        sentence = "there is no consent to " + detail;
      }
    }

    void lot(String what) {
      Matcher lot = LOT.matcher(detail);
      if (lot.matches()) {
        long drawn = Long.parseLong(lot.group(1));
        long below = Long.parseLong(lot.group(2));
        seen.put("lot", drawn);
        seen.put("held_out_below", below);
        sentence =
            "the customer's lot is %d; who is below %d of 10000 gets %s"
                .formatted(drawn, below, what);
      }
    }

    void cap() {
      Matcher cap = CAP.matcher(detail);
      if (cap.matches()) {
        seen.put("spent", Long.parseLong(cap.group(1)));
        seen.put("at_most", Long.parseLong(cap.group(2)));
        seen.put("cap", cap.group(3));
        sentence =
            "%s of %s were spent in '%s'".formatted(cap.group(1), cap.group(2), cap.group(3));
      }
    }

    void quiet(Instant at) {
      Matcher quiet = QUIET.matcher(detail);
      if (!quiet.matches()) {
        return;
      }
      try {
        LocalTime from = LocalTime.parse(quiet.group(1));
        LocalTime to = LocalTime.parse(quiet.group(2));
        ZonedDateTime local = at.atZone(ZoneId.of(quiet.group(3)));
        seen.put("from", from.toString());
        seen.put("to", to.toString());
        seen.put("zone", quiet.group(3));
        seen.put("local_time", local.toLocalTime().toString());
        sentence =
            "it was %s for the customer, within %s to %s in %s"
                .formatted(local.toLocalTime(), from, to, quiet.group(3));
        if (quiet.group(4) != null) {
          seen.put(UNTIL, end(local, to).toString());
          sentence += "; held until " + seen.get(UNTIL);
        }
      } catch (DateTimeException e) {
        seen.clear();
      }
    }

    /** The end is not written; it is reckoned as the engine reckons it. */
    private static Instant end(ZonedDateTime local, LocalTime to) {
      LocalDate day = local.toLocalDate();
      ZonedDateTime end =
          (local.toLocalTime().isBefore(to) ? day : day.plusDays(1))
              .atTime(to)
              .atZone(local.getZone());
      return (end.isAfter(local) ? end : end.withLaterOffsetAtOverlap()).toInstant();
    }

    void arbitration() {
      Matcher chosen = CHOSEN.matcher(detail);
      if (chosen.matches()) {
        seen.put("chosen", chosen.group(1));
        sentence = chosen.group(1) + " was due together with it, and was chosen";
      }
    }

    void expiry() {
      Matcher expiry = EXPIRY.matcher(detail);
      if (expiry.matches()) {
        seen.put("valid_until", expiry.group(1));
        sentence = (passed ? "it was valid until " : "it was valid only until ") + expiry.group(1);
      }
    }

    void history() {
      Matcher history = HISTORY.matcher(detail);
      if (history.matches()) {
        seen.put("sent_from", history.group(1));
        sentence = detail;
      }
    }

    void items() {
      Matcher items = ITEMS.matcher(detail);
      if (items.matches()) {
        seen.put("found", Long.parseLong(items.group(1)));
        seen.put("items", items.group(2));
        sentence = "%s products were found (%s)".formatted(items.group(1), items.group(2));
      }
    }

    void status() {
      Matcher status = STATUS.matcher(detail);
      if (status.matches()) {
        seen.put("journey", status.group(1));
        sentence = detail;
      }
    }

    void requirement() {
      Matcher own = OWN.matcher(detail);
      if (own.matches()) {
        seen.put("reason", own.group(1));
        sentence =
            passed
                ? "nothing speaks for '%s'".formatted(own.group(1))
                : "the journey's own '%s'".formatted(own.group(1));
        if (own.group(2) != null) {
          seen.put("facts", own.group(2));
          sentence += ": " + own.group(2);
        }
      }
    }

    void facts(String failed, String held) {
      seen.put("facts", detail);
      String outcome = passed ? held : failed;
      sentence = detail.isEmpty() ? outcome : outcome + ": " + detail;
    }
  }
}
