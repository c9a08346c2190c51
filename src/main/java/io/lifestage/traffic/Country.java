package io.lifestage.traffic;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** Where customers live: how many of them, in which time zone and language. */
enum Country {
  DE(0.44, "Europe/Berlin", "de-DE"),
  AT(0.09, "Europe/Vienna", "de-AT"),
  FR(0.11, "Europe/Paris", "fr-FR"),
  NL(0.09, "Europe/Amsterdam", "nl-NL"),
  BE(0.05, "Europe/Brussels", "nl-BE"),
  IT(0.06, "Europe/Rome", "it-IT"),
  ES(0.06, "Europe/Madrid", "es-ES"),
  PT(0.02, "Europe/Lisbon", "pt-PT"),
  FI(0.02, "Europe/Helsinki", "fi-FI"),
  IE(0.03, "Europe/Dublin", "en-IE"),
  US(0.03, "America/New_York", "en-US");

  static final List<Country> ALL = List.of(values());

  private final double share;
  private final ZoneId zone;
  private final String locale;

  Country(double share, String zone, String locale) {
    this.share = share;
    this.zone = ZoneId.of(zone);
    this.locale = locale;
  }

  /** Share of the customers, all together 1. */
  double share() {
    return share;
  }

  ZoneId zone() {
    return zone;
  }

  String locale() {
    return locale;
  }

  LocalDateTime local(long at) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(at), zone);
  }
}
