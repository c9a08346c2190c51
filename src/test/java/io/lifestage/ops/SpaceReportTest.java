package io.lifestage.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.Origin;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpaceReportTest {
  private final SpaceReport report = new SpaceReport("lapsed");
  private long offset;

  @Test
  void customersAreKnownOrVisitorsOrGuestsByTheirLatestProfile() {
    profile("ada", "purchase", 1);
    profile("ada", "retention", 1);
    profile("bob", "lapsed", 2);
    profile("anonymous:v-1", "awareness", 1);
    profile("anonymous:guest:o-9", "retention", 1);

    assertThat(report.asMap())
        .containsEntry(
            "customers", Map.of("known", 2L, "visitors", 1L, "guests", 1L, "without_profile", 0L))
        .containsEntry(
            "stages",
            Map.of("retention, cycle 1", 2L, "lapsed, cycle 2", 1L, "awareness, cycle 1", 1L));
  }

  @Test
  void aWithdrawnTransitionCountsForNothing() {
    transition("retention", "lapsed", false);
    transition("retention", "lapsed", false);
    transition("retention", "lapsed", true);
    transition(null, "awareness", false);

    assertThat(report.asMap())
        .containsEntry("transitions", Map.of("retention -> lapsed", 1L, "(new) -> awareness", 1L))
        .containsEntry("lapses", Map.of("retention", 1L));
  }

  @Test
  void triggersAndWhatWasWithheldAreCountedByJourney() {
    written(Topic.TRIGGERS, "ada", Map.of("status", "ACTIVE", "journey", "thank-you"));
    written(Topic.TRIGGERS, "ada", Map.of("status", "RETRACTED", "journey", "thank-you"));
    written(
        Topic.DECISIONS,
        "ada",
        Map.of("outcome", "SUPPRESSED", "journey", "win-back", "reason", "history"));
    written(
        Topic.DECISIONS,
        "ada",
        Map.of("outcome", "FIRED", "journey", "thank-you", "reason", "all_guards_passed"));

    assertThat(report.asMap())
        .containsEntry("triggers", Map.of("thank-you", 1L))
        .containsEntry("triggers_taken_back", Map.of("thank-you", 1L))
        .containsEntry("suppressed", Map.of("win-back: history", 1L));
  }

  @Test
  void whatWasWithheldAndIsNotSoAnyMoreIsNotCounted() {
    for (int i = 0; i < 2; i++) {
      written(
          Topic.DECISIONS,
          "ada",
          Map.of("outcome", "SUPPRESSED", "journey", "win-back", "reason", "cap"));
    }
    written(
        Topic.DECISIONS,
        "ada",
        Map.of(
            "outcome",
            "RETRACTED",
            "journey",
            "win-back",
            "reason",
            "late_event",
            "takes_back",
            Map.of("outcome", "SUPPRESSED", "reason", "cap")));

    assertThat(report.asMap()).containsEntry("suppressed", Map.of("win-back: cap", 1L));
  }

  @Test
  void purchasesAreWhatTheEventsSay() {
    arrives(order("order_placed", "ada", "o-1", 1000));
    arrives(order("order_paid", "ada", "o-1", 1000));
    arrives(order("order_paid", "ada", "o-2", 500));
    arrives(order("order_cancelled", "ada", "o-3", -250));
    arrives(order("order_paid", "anonymous:guest:o-4", "o-4", 100));

    assertThat(report.asMap())
        .containsEntry(
            "purchases",
            Map.of(
                "orders",
                3,
                "cancellations",
                1L,
                "refunds",
                0L,
                "buyers",
                1,
                "repeat_buyers",
                1L,
                "paid_minor",
                Map.of("GBP", 1600L),
                "given_back_minor",
                Map.of("GBP", 250L)));
  }

  @Test
  void everyRecordThatWentInIsSomewhere() {
    refused(Topic.DEAD_LETTERS, 1, "undecodable");
    refused(Topic.LATE_EVENTS, 2, "late");

    Event order = order("order_placed", "ada", "o-1", 1000);
    arrives(order);
    report.take(Topic.ORDERS, garbage());
    arrives(order("order_placed", "ada", "o-2", 1000));
    arrives(order);

    assertThat(report.asMap())
        .containsEntry("inputs", Map.of("orders", book(4, 1, 1, 1, 1, 0)))
        .containsEntry("refused", Map.of("undecodable", 1L, "late", 1L))
        .containsEntry("refused_twice", 0L);
  }

  @Test
  void whatIsNoDeadLetterYetIsMissing() {
    report.take(Topic.ORDERS, garbage());

    assertThat(report.asMap()).containsEntry("inputs", Map.of("orders", book(1, 0, 0, 0, 0, 1)));
    assertThat(String.join("\n", SpaceReportPage.of(report.asMap())))
        .contains("1 records can't be used and are no dead letters (yet)");
  }

  @Test
  void aRefusedRecordThatIsWrittenTwiceIsSaid() {
    refused(Topic.DEAD_LETTERS, 1, "undecodable");
    refused(Topic.DEAD_LETTERS, 1, "undecodable");

    assertThat(String.join("\n", SpaceReportPage.of(report.asMap())))
        .contains("1 refused records are written twice");
  }

  @Test
  void theTableShowsMoneyInMajorUnits() {
    arrives(order("order_paid", "ada", "o-1", 199_900));

    assertThat(SpaceReportPage.of(report.asMap()))
        .anySatisfy(line -> assertThat(line).containsSubsequence("paid", "1999.00 GBP"));
  }

  private void arrives(Event event) {
    report.take(Topic.ORDERS, new Decoded.OfEvent(event, origin()));
  }

  private Decoded garbage() {
    return new Decoded.DeadLetter(Defect.UNDECODABLE, "", null, origin(), null, new byte[1]);
  }

  private Origin origin() {
    return new Origin("orders", 0, offset++, 0);
  }

  private static Map<String, Object> book(
      long read, long state, long deadLetters, long late, long duplicates, long missing) {
    return Map.of(
        "read", read,
        "state", state,
        "dead_letters", deadLetters,
        "late", late,
        "duplicates", duplicates,
        "missing", missing);
  }

  private void refused(Topic topic, long at, String reason) {
    report.take(
        new TailedRecord(
            topic,
            topic.plainName(),
            0,
            0,
            0,
            null,
            Map.of(
                "lifestage.topic",
                "orders",
                "lifestage.partition",
                "0",
                "lifestage.offset",
                Long.toString(at),
                "lifestage.reason",
                reason),
            new byte[0],
            null,
            null));
  }

  private void profile(String customer, String stage, int cycle) {
    written(Topic.PROFILES, customer, Map.of("stage", stage, "cycle", cycle));
  }

  private void transition(String from, String to, boolean withdrawn) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("from", from);
    fields.put("to", to);
    fields.put("withdrawn", withdrawn);
    written(Topic.TRANSITIONS, "ada", fields);
  }

  private void written(Topic topic, String key, Map<String, Object> fields) {
    report.take(
        new TailedRecord(
            topic,
            topic.plainName(),
            0,
            0,
            0,
            key,
            Map.of(),
            new byte[0],
            new PrintedRecord(fields),
            null));
  }

  private static Event order(String type, String customer, String order, long minor) {
    return new Event(
        type + "-" + order,
        0,
        type,
        customer,
        Map.of("order_id", order),
        List.of(),
        new Money(minor, "GBP"));
  }
}
