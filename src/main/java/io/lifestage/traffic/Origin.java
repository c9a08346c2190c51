package io.lifestage.traffic;

import java.util.List;

/**
 * What brought somebody to the shop.
 *
 * @param first share among first visits
 * @param again share among later visits
 * @param campaigns one of which it was, or none
 * @param referrer address of the page with the link, or null
 */
record Origin(
    String source,
    String medium,
    double first,
    double again,
    List<String> campaigns,
    String referrer) {

  private static final List<String> SEARCH_ADS =
      List.of("brand", "garden-season", "power-tools", "paint-week");
  private static final List<String> SOCIAL_ADS = List.of("balcony-dreams", "garden-season");
  private static final List<String> LETTERS = List.of("weekly-ideas", "new-in", "sale");

  /** Customers who agreed to e-mail follow the newsletter; nobody else gets it. */
  static final Origin NEWSLETTER = new Origin("newsletter", "email", 0, 0, LETTERS, null);

  /** A friend's recommendation, with the friend's code. */
  static final Origin FRIEND = new Origin("friend", "referral", 0, 0, List.of(), null);

  static final List<Origin> ALL =
      List.of(
          new Origin("google", "organic", 0.30, 0.22, List.of(), "https://www.google.com/"),
          new Origin("bing", "organic", 0.04, 0.03, List.of(), "https://www.bing.com/"),
          new Origin("google", "cpc", 0.22, 0.10, SEARCH_ADS, "https://www.google.com/"),
          new Origin("instagram", "social", 0.06, 0.03, List.of(), "https://www.instagram.com/"),
          new Origin("pinterest", "social", 0.05, 0.03, List.of(), "https://www.pinterest.com/"),
          new Origin("facebook", "paid_social", 0.07, 0.03, SOCIAL_ADS, "https://facebook.com/"),
          new Origin("gardenblog", "referral", 0.05, 0.02, List.of(), "https://blog.example.org/"),
          new Origin("direct", "none", 0.21, 0.54, List.of(), null));

  static Origin ofFirstVisit(Dice dice) {
    return dice.oneOf(ALL, Origin::first);
  }

  static Origin ofLaterVisit(Dice dice, boolean getsTheNewsletter) {
    return getsTheNewsletter && dice.chance(0.3) ? NEWSLETTER : dice.oneOf(ALL, Origin::again);
  }
}
