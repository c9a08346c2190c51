package io.lifestage.explain;

import io.lifestage.wire.PrintedRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one guard, or a condition that led a run, saw, read from what the verdict says for people. A
 * detail of another form, as a later release may write it, is told as it stands.
 *
 * @param guard the guard's name
 * @param passed whether it let the trigger through
 * @param sentence what it saw
 * @param seen the same by name, for programs; empty where the detail was not understood
 */
record GuardSaid(String guard, boolean passed, String sentence, Map<String, Object> seen) {
  private static final Pattern LOT = Pattern.compile("lot (\\d+), held out below (\\d+)");
  private static final Pattern CAP = Pattern.compile("(\\d+) of (\\d+) in (.+)", Pattern.DOTALL);
  private static final Pattern QUIET =
      Pattern.compile("(\\S+) to (\\S+) in ([^\\s,]+)(?:, held until (\\S+))?");
  private static final Pattern CHOSEN = Pattern.compile("(\\S+) was chosen");
  private static final Pattern EXPIRY = Pattern.compile("valid until (\\S+)");
  private static final Pattern HISTORY = Pattern.compile("triggers are sent from (\\S+)");
  private static final Pattern WITHHELD = Pattern.compile("withheld before: (\\S+)");
  private static final Pattern ITEMS = Pattern.compile("(\\d+) of (\\S+)");

  /** Of a decision that was made before anybody was asked: what would have been asked. */
  private static final String ASKED = "asked of ";

  private static final Pattern STATUS = Pattern.compile("(\\S+) is (?:paused|archived)");
  private static final Pattern BEGUN = Pattern.compile("the last run began at (\\S+)");

  /** What stands first, and behind a colon the values that it rests on. */
  private static final String FACTS = "(?:: (.+))?";

  private static final Pattern OWN = pattern("([^:]+)");
  private static final Pattern SEGMENT = pattern("(into|out of) (\\S+?)");
  private static final Pattern HOLD = pattern("(.+?): ([a-z_]+)");
  private static final Pattern BRANCH = pattern("(.+?): (way \\d+ of \\d+|otherwise)");
  private static final Pattern SPLIT = pattern("(.+): (.+?): lot (\\d+)");
  private static final Pattern EXIT = pattern("(\\d+) of (\\d+): (stage )?(\\S+?)");
  private static final Pattern GOAL = pattern("([a-z_]+)");

  /** What leads a run on from one decision to the next; no guard of a trigger. */
  private static final Set<String> WAYS = Set.of("hold", "branch", "split");

  private static Pattern pattern(String first) {
    return Pattern.compile(first + FACTS, Pattern.DOTALL);
  }

  /** Whether a decision waited until products were named, or there turned out to be none. */
  static boolean waitedForProducts(PrintedRecord decision) {
    return decision.records("verdicts").stream()
        .filter(said -> "items".equals(said.text("guard")))
        .map(said -> String.valueOf(said.text("detail")))
        .anyMatch(detail -> !detail.startsWith(ASKED) && !ITEMS.matcher(detail).matches());
  }

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
      case "late-event" -> reading.withheldBefore();
      case "items" -> reading.items();
      case "status" -> reading.status();
      case "requirement" -> reading.own("the journey's own '%s'", "nothing speaks for '%s'");
      case "pause" -> reading.own("the pause '%s' holds", "there is no '%s'");
      case "stage" -> reading.stage();
      case "segment" -> reading.segment();
      case "hold" -> reading.hold();
      case "branch" -> reading.branch();
      case "split" -> reading.split();
      case "exit" -> reading.exit();
      case "goal" -> reading.goal();
      case "re-entry" -> reading.reEntry();
      case "filter" ->
          reading.facts("the entry's condition does not hold", "the entry's condition holds");
      default -> {}
    }
    return reading.said();
  }

  /** Whether it led the run to its decision, and let no trigger through. */
  boolean isWay() {
    return WAYS.contains(guard);
  }

  /** Whether it let the trigger wait instead of withholding it. */
  boolean isHeld() {
    return seen.containsKey(UNTIL);
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
          seen.put(UNTIL, Instant.parse(quiet.group(4)).toString());
          sentence += "; held until " + seen.get(UNTIL);
        }
      } catch (DateTimeException e) {
        seen.clear();
      }
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

    void withheldBefore() {
      Matcher before = WITHHELD.matcher(detail);
      if (before.matches()) {
        seen.put("withheld", before.group(1));
        sentence =
            "it was withheld before, since %s, and stays so whatever a late event changes"
                .formatted(Meaning.of(before.group(1), "the reason was"));
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
      } else if (!detail.isEmpty()) {
        seen.put("offers", detail);
        sentence = detail;
      }
    }

    void status() {
      Matcher status = STATUS.matcher(detail);
      if (status.matches()) {
        seen.put("journey", status.group(1));
        sentence = detail;
      }
    }

    void own(String failed, String held) {
      Matcher own = OWN.matcher(detail);
      if (own.matches()) {
        seen.put("reason", own.group(1));
        tell((passed ? held : failed).formatted(own.group(1)), own.group(2));
      }
    }

    void stage() {
      seen.put("stage", detail);
      sentence = "the customer came into the stage '%s'".formatted(detail);
    }

    void segment() {
      Matcher segment = SEGMENT.matcher(detail);
      if (segment.matches()) {
        boolean into = segment.group(1).equals("into");
        seen.put("segment", segment.group(2));
        seen.put("entering", into);
        String moved = into ? "came into" : "left";
        tell("the customer %s the segment '%s'".formatted(moved, segment.group(2)), segment, 3);
      }
    }

    void hold() {
      Matcher hold = HOLD.matcher(detail);
      if (hold.matches()) {
        seen.put("step", hold.group(1));
        boolean met = !hold.group(2).equals("nothing");
        seen.put("met", met);
        if (met) {
          seen.put("event_type", hold.group(2));
        }
        String end = met ? hold.group(2) + " ended it" : "nothing ended it before its time";
        tell("the wait '%s': %s".formatted(hold.group(1), end), hold, 3);
      }
    }

    void branch() {
      Matcher branch = BRANCH.matcher(detail);
      if (branch.matches()) {
        seen.put("step", branch.group(1));
        seen.put("taken", branch.group(2));
        tell("the branch '%s': %s".formatted(branch.group(1), branch.group(2)), branch, 3);
      }
    }

    void split() {
      Matcher split = SPLIT.matcher(detail);
      if (split.matches()) {
        seen.put("step", split.group(1));
        seen.put("taken", split.group(2));
        seen.put("lot", Long.parseLong(split.group(3)));
        sentence =
            "the split '%s': the customer's lot, %s of 10000, falls into '%s'"
                .formatted(split.group(1), split.group(3), split.group(2));
      }
    }

    void exit() {
      Matcher exit = EXIT.matcher(detail);
      if (exit.matches()) {
        boolean byStage = exit.group(3) != null;
        seen.put("exit", Long.parseLong(exit.group(1)));
        seen.put("exits", Long.parseLong(exit.group(2)));
        seen.put(byStage ? "stage" : "event_type", exit.group(4));
        String by = byStage ? "the stage '%s'".formatted(exit.group(4)) : exit.group(4);
        String which = "exit %s of %s, on %s".formatted(exit.group(1), exit.group(2), by);
        tell(which, exit, 5);
      }
    }

    void goal() {
      Matcher goal = GOAL.matcher(detail);
      if (goal.matches()) {
        seen.put("event_type", goal.group(1));
        tell(goal.group(1) + " is the goal", goal, 2);
      }
    }

    void reEntry() {
      Matcher begun = BEGUN.matcher(detail);
      if (begun.matches()) {
        seen.put("last_begun_at", begun.group(1));
        sentence = detail;
      }
    }

    private void tell(String what, Matcher matcher, int facts) {
      tell(what, matcher.group(facts));
    }

    private void tell(String what, String facts) {
      sentence = what;
      if (facts != null) {
        seen.put("facts", facts);
        sentence += ": " + facts;
      }
    }

    void facts(String failed, String held) {
      seen.put("facts", detail);
      String outcome = passed ? held : failed;
      sentence = detail.isEmpty() ? outcome : outcome + ": " + detail;
    }
  }
}
