package io.lifestage.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CustomerPictureTest {
  private static final String AT = "2026-03-01T12:00:00Z";

  private final CustomerPicture ada = new CustomerPicture("ada", 2);

  @Test
  void usageExample() {
    ada.take(Topic.PROFILES, profile());
    ada.take(Topic.TRANSITIONS, transition("consideration", "purchase", "order"));
    ada.take(Topic.TRANSITIONS, transition("purchase", "retention", "paid"));
    ada.take(Topic.TRIGGERS, trigger("t-1", "ACTIVE"));
    ada.take(Topic.DECISIONS, decision("no_consent"));

    assertThat(CustomerPage.of(ada))
        .containsExactly(
            "Customer ada",
            "  stage         retention, cycle 1, since 2026-03-01T12:00:00Z",
            "  as of         2026-03-01T12:00:00Z",
            "  first touch   campaign spring, source google",
            "  paid orders   1",
            "  value         19.99 GBP",
            "  consent       email:marketing NO",
            "  traits        share 0.25, views_7d 3",
            "",
            "Open carts",
            "  c-1               3 pieces, 19.00 GBP, touched 2026-03-01T12:00:00Z, at the checkout",
            "",
            "Last transitions",
            "  2026-03-01T12:00:00Z  purchase -> retention  because of paid, cycle 1, evidence e-1",
            "  2026-03-01T12:00:00Z  consideration -> purchase  because of order, cycle 1, evidence e-1",
            "",
            "Last triggers",
            "  2026-03-01T12:00:00Z  ACTIVE     thank-you [o-1]  email thanks, because of e-1  t-1",
            "",
            "Last decisions",
            "  2026-03-01T12:00:00Z  SUPPRESSED  viewed-offer [ada]  no_consent"
                + "  (consent: none for email:marketing)");
  }

  @Test
  void nobodyIsKnownOfWhomNothingIsWritten() {
    assertThat(ada.isKnown()).isFalse();
  }

  @Test
  void onlyTheLastSoManyAreKeptTheNewestFirst() {
    for (String to : List.of("awareness", "consideration", "purchase")) {
      ada.take(Topic.TRANSITIONS, transition(null, to, "x"));
    }

    assertThat(ada.last(Topic.TRANSITIONS))
        .extracting(transition -> transition.text("to"))
        .containsExactly("purchase", "consideration");
  }

  @Test
  void aTriggerThatWasTakenBackIsShownOnceAsItStands() {
    ada.take(Topic.TRIGGERS, trigger("t-1", "ACTIVE"));
    ada.take(Topic.TRIGGERS, trigger("t-1", "RETRACTED"));

    assertThat(ada.last(Topic.TRIGGERS))
        .extracting(trigger -> trigger.text("status"))
        .containsExactly("RETRACTED");
  }

  @Test
  void anErasedCustomerIsErasedUntilANewProfileIsWritten() {
    ada.take(Topic.PROFILES, profile());
    ada.take(Topic.PROFILES, null);
    assertThat(ada.isErased()).isTrue();

    ada.take(Topic.PROFILES, profile());
    assertThat(ada.isErased()).isFalse();
  }

  @Test
  void theWholePictureIsThereForPrograms() {
    ada.take(Topic.PROFILES, profile());
    ada.take(Topic.DECISIONS, decision("no_consent"));

    assertThat(ada.asMap())
        .containsOnlyKeys("customer", "profile", "transitions", "triggers", "decisions")
        .containsEntry("decisions", List.of(decision("no_consent").fields()));
  }

  private static PrintedRecord profile() {
    Map<String, Object> line = Map.of("sku", "mug", "quantity", 2L, "unit_price_minor", 450L);
    Map<String, Object> other = Map.of("sku", "pot", "quantity", 1L, "unit_price_minor", 1000L);
    Map<String, Object> fields = new HashMap<>();
    fields.put("stage", "retention");
    fields.put("cycle", 1);
    fields.put("stage_since", AT);
    fields.put("at", AT);
    fields.put("first_seen_at", null);
    fields.put("first_touch", new TreeMap<>(Map.of("source", "google", "campaign", "spring")));
    fields.put("paid_orders", 1L);
    fields.put("lifetime_value_minor", Map.of("GBP", 1999L));
    fields.put("consents", Map.of("email:marketing", false));
    fields.put("traits", new TreeMap<>(Map.of("views_7d", 3.0, "share", 0.25)));
    fields.put(
        "open_carts",
        List.of(
            Map.of(
                "cart_id",
                "c-1",
                "lines",
                List.of(line, other),
                "currency",
                "GBP",
                "changed_at",
                AT,
                "checkout",
                true,
                "abandoned",
                false)));
    return new PrintedRecord(fields);
  }

  private static PrintedRecord transition(String from, String to, String cause) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("from", from);
    fields.put("to", to);
    fields.put("cause", cause);
    fields.put("cycle", 1);
    fields.put("at", AT);
    fields.put("evidence", List.of("e-1"));
    fields.put("withdrawn", false);
    return new PrintedRecord(fields);
  }

  private static PrintedRecord trigger(String id, String status) {
    return new PrintedRecord(
        Map.of(
            "trigger_id",
            id,
            "status",
            status,
            "journey",
            "thank-you",
            "instance_key",
            "o-1",
            "channel",
            "email",
            "template",
            "thanks",
            "at",
            AT,
            "causes",
            List.of("e-1")));
  }

  private static PrintedRecord decision(String reason) {
    return new PrintedRecord(
        Map.of(
            "outcome",
            "SUPPRESSED",
            "journey",
            "viewed-offer",
            "instance_key",
            "ada",
            "reason",
            reason,
            "at",
            AT,
            "verdicts",
            List.of(
                Map.of("guard", "history", "passed", true, "detail", ""),
                Map.of(
                    "guard", "consent",
                    "passed", false,
                    "detail", "none for email:marketing"))));
  }
}
