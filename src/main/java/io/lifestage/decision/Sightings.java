package io.lifestage.decision;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RollingMetric;
import java.util.Set;
import java.util.regex.Pattern;

/** Who was there, and what brought them: what a sign of life tells the metrics. */
final class Sightings {
  /** By these a customer does more than look around. */
  private static final Set<String> ENGAGING =
      Set.of(
          EventType.PRODUCTS_SEARCHED,
          EventType.PRODUCT_VIEWED,
          EventType.CONTENT_VIEWED,
          EventType.CONVERSATION_STARTED,
          EventType.MESSAGE_SENT,
          EventType.PRODUCT_ADDED,
          EventType.PRODUCT_ADDED_TO_WISHLIST,
          EventType.PRODUCT_REVIEWED);

  /** Media that are paid for, as in the default channel groups of Google Analytics 4. */
  private static final Pattern PAID_MEDIUM =
      Pattern.compile(".*cp.*|ppc|retargeting|paid.*", Pattern.CASE_INSENSITIVE);

  /** The label where nobody says. */
  static final String UNKNOWN = "unknown";

  private Sightings() {}

  /** Who was there, and what brought them; the customer's last sign of life is the one before. */
  static void of(Draft draft, Event event) {
    String source = event.get(Attribute.SOURCE);
    String campaign = event.get(Attribute.CAMPAIGN);
    if (draft.lastActivityAt == 0) {
      String medium = event.get(Attribute.MEDIUM);
      boolean paid = medium != null && PAID_MEDIUM.matcher(medium).matches();
      draft.observe(Metrics.NEW_VISITORS, "source", orUnknown(source));
      draft.observe(Metrics.NEW_VISITORS, "touch", paid ? "paid" : "unpaid");
      observeIfSaid(draft, Metrics.NEW_VISITORS, "campaign", campaign);
      observeIfSaid(draft, Metrics.NEW_VISITORS, "country", event.get(Attribute.COUNTRY));
    }
    // Once for each pane is enough to be told apart in it.
    if (RollingMetric.finestPane(draft.lastActivityAt) != RollingMetric.finestPane(event.at())) {
      draft.observeCustomer(Metrics.ACTIVE_CUSTOMERS, "", "");
    }
    if (source != null) {
      draft.observeCustomer(Metrics.REACH, "source", source);
    }
    if (campaign != null) {
      draft.observeCustomer(Metrics.REACH, "campaign", campaign);
    }
    if (ENGAGING.contains(event.type())) {
      draft.observeCustomer(Metrics.ENGAGED_CUSTOMERS, "", "");
    }
  }

  static void observeIfSaid(Draft draft, String metric, String dimension, String label) {
    if (label != null) {
      draft.observe(metric, dimension, label);
    }
  }

  static String orUnknown(String label) {
    return label == null ? UNKNOWN : label;
  }
}
