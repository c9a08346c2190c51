package io.lifestage.traffic;

import java.util.List;

/** Kinds of people by how they shop. Numbers that are not counts are probabilities. */
enum Persona {
  PASSER_BY(0.44, 6, 0.22, 2.5, 0.012, 0.20, 0.01),
  BROWSER(0.26, 7, 0.78, 5, 0.03, 0.35, 0.02),
  BUYER(0.18, 9, 0.86, 6, 0.09, 0.60, 0.03),
  REGULAR(0.09, 8, 0.95, 6, 0.15, 0.72, 0.06),
  FAN(0.03, 5, 0.98, 7, 0.15, 0.78, 0.15);

  static final List<Persona> ALL = List.of(values());

  /** Share of the people. */
  final double share;

  /** Mean days between two visits. */
  final double daysBetween;

  /** Whether there is another visit after this one, in the near future. */
  final double stays;

  /** Mean number of things looked at in a visit. */
  final double curiosity;

  /** Whether a product looked at goes into the cart. */
  final double appetite;

  /** Whether a visit with something in the cart goes on to the checkout. */
  final double resolve;

  /** Whether a customer who has bought recommends the shop in a visit. */
  final double warmth;

  Persona(
      double share,
      double daysBetween,
      double stays,
      double curiosity,
      double appetite,
      double resolve,
      double warmth) {
    this.share = share;
    this.daysBetween = daysBetween;
    this.stays = stays;
    this.curiosity = curiosity;
    this.appetite = appetite;
    this.resolve = resolve;
    this.warmth = warmth;
  }
}
