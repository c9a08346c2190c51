package io.lifestage.job;

/**
 * The names under which operators find their state again. A contract: a name is never reused for
 * another role, and a new version of a role's state gets a new number.
 */
final class Uids {
  static final String INPUTS = "inputs-v1";
  static final String ROUTING = "input-routing-v1";
  static final String LOOKS = "looks-at-products-v1";
  static final String CHANGES = "product-changes-v1";
  static final String PRODUCT_WATCHERS = "product-watchers-v1";
  static final String CATEGORY_WATCHERS = "category-watchers-v1";
  static final String CLOCK = "silence-clock-v1";
  static final String TICKS = "tick-record-v1";
  static final String CUSTOMER = "customer-lifecycle-v1";
  static final String CO_PURCHASES = "co-purchase-counts-v1";
  static final String OFFERS = "completed-offers-v1";
  static final String OFFER_BUNDLES = "offer-observation-bundles-v1";
  static final String PROFILES = "latest-profiles-v1";
  static final String CUSTOMER_BUNDLES = "customer-observation-bundles-v1";
  static final String INPUT_BUNDLES = "input-observation-bundles-v1";
  static final String CLOCK_BUNDLES = "clock-observation-bundles-v1";
  static final String METRICS = "rolling-metrics-v1";
  static final String METRIC_RECORDS = "metric-records-v1";
  static final String WATCHED = "watched-observations-v1";
  static final String ALERTS = "operational-alerts-v1";
  static final String SINK = "outputs-v1";

  private Uids() {}
}
