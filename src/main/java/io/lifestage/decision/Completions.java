package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.Verdict;
import io.lifestage.journey.Wanted;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.offer.Candidate;
import io.lifestage.offer.Offer;
import io.lifestage.offer.Offers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of the triggers of one step of one run once it is known what there is to offer: they
 * are sent with their products, or withheld for want of any. What was said is remembered for as
 * long as a late event may take it back, so that what is taken back is what was said.
 *
 * <p>The customer's decision is made before: a trigger that is withheld here has spent its caps and
 * won its choice all the same. That is the price of what crosses customers: without it, either the
 * customers would wait for the products or the products for the customers.
 *
 * @param known what was said, the oldest first
 */
public record Completions(List<Completed> known) {
  /** Nothing was said. */
  public static final Completions NONE = new Completions(List.of());

  /** How finely scores are told. */
  private static final double MILLIONTHS = 1_000_000;

  /**
   * What was said of one trigger.
   *
   * @param at of which moment its decision is, epoch milliseconds
   * @param trigger its id
   * @param channel how it was to be sent, or null
   * @param detail what there was to offer, or why there was nothing
   * @param items what was offered; empty where it was withheld
   */
  public record Completed(
      long at, String trigger, String channel, String detail, List<Trigger.Item> items) {

    boolean sent() {
      return !items.isEmpty();
    }

    Completed at(long moment) {
      return new Completed(moment, trigger, channel, detail, items);
    }
  }

  /**
   * The answer.
   *
   * @param effects what is said now
   * @param completions what is to be remembered
   */
  public record Answer(Effects effects, Completions completions) {}

  /**
   * Completes one.
   *
   * @param one of the same step as all before; they come in their order
   * @param learnt what goes with what was bought, best first
   * @param ofCategory what is bought most of the same categories, best first
   * @param catalogue the products
   */
  public Answer complete(
      Provisional one, List<Candidate> learnt, List<Candidate> ofCategory, Catalogue catalogue) {
    Effects effects = Effects.collecting();
    List<Completed> next = new ArrayList<>(known);
    Decision decision = one.decision();
    if (one.asks()) {
      Offers offers = offers(one, learnt, ofCategory, catalogue);
      Completed completed = completed(one, offers, catalogue);
      next.add(completed);
      say(decision, completed, effects);
      if (completed.sent()) {
        effects.triggers().add(one.trigger().with(completed.items()));
      }
    } else if (decision.takesBack() == null) {
      standsAt(decision, next, effects);
    } else {
      takeBack(one, next, effects);
    }
    return new Answer(effects, new Completions(List.copyOf(next)));
  }

  /** Less what nothing can take back any more. */
  public Completions since(long horizon) {
    return new Completions(known.stream().filter(one -> one.at() >= horizon).toList());
  }

  private static Offers offers(
      Provisional one, List<Candidate> learnt, List<Candidate> ofCategory, Catalogue catalogue) {
    Wanted wanted = one.trigger().wanted();
    return new io.lifestage.offer.Selection(
            catalogue,
            new HashSet<>(wanted.owned()),
            (bought, other) -> isVariant(catalogue, bought, other, one.at()),
            wanted.leastPrice(),
            wanted.mostPrice(),
            wanted.most())
        .of(wanted.goesWith(), learnt, ofCategory.stream().map(Candidate::sku).toList(), one.at());
  }

  private static boolean isVariant(Catalogue catalogue, String bought, String other, long at) {
    Product own = catalogue.product(bought, at);
    Product offered = catalogue.product(other, at);
    return own != null && offered != null && offered.isVariantOf(own);
  }

  private static Completed completed(Provisional one, Offers offers, Catalogue catalogue) {
    List<Trigger.Item> items = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (Offer offer : offers.offers()) {
      items.add(item(offer, catalogue.product(offer.sku(), one.at())));
      told.add(told(offer));
    }
    return new Completed(
        one.decision().at(),
        one.trigger().id(),
        one.trigger().channel(),
        items.isEmpty() ? offers.reason().words() : String.join("; ", told),
        List.copyOf(items));
  }

  private static Trigger.Item item(Offer offer, Product product) {
    String source = offer.source().name().toLowerCase(Locale.ROOT);
    return Selection.item(product, offer.score() / MILLIONTHS)
        .fitting(new Trigger.Fit(source, offer.support(), offer.lift()));
  }

  /** Why this product, in words. */
  private static String told(Offer offer) {
    return switch (offer.source()) {
      case CHOSEN -> offer.sku() + ", chosen by hand";
      case CATEGORY -> offer.sku() + ", bought most of its category";
      case LEARNT ->
          String.format(
              Locale.ROOT,
              "%s, together in %.1f baskets, %.1f times as often as by chance",
              offer.sku(),
              offer.support(),
              offer.lift());
    };
  }

  /** A trigger that stands is decided of another moment than was said. */
  private static void standsAt(Decision decision, List<Completed> known, Effects effects) {
    Completed last = null;
    for (Completed one : known) {
      last = one.trigger().equals(decision.triggerId()) ? one : last;
    }
    if (last == null) {
      effects.decisions().add(decision.confirmed(decision.verdicts()));
      return;
    }
    Completed moved = last.at(decision.at());
    known.add(moved);
    say(decision, moved, effects);
  }

  private static void takeBack(Provisional one, List<Completed> known, Effects effects) {
    Decision decision = one.decision();
    Completed said = null;
    for (Completed candidate : known) {
      boolean is =
          candidate.at() == decision.takesBack().at()
              && (decision.triggerId() == null || decision.triggerId().equals(candidate.trigger()));
      said = is ? candidate : said;
    }
    if (said != null && !said.sent()) {
      effects.decisions().add(decision.takingBack(Outcome.SUPPRESSED, Reason.NOTHING_TO_OFFER));
      withdraw(said, decision, Reason.NOTHING_TO_OFFER, effects);
      return;
    }
    effects.decisions().add(decision.confirmed(decision.verdicts()));
    if (said != null) {
      withdraw(said, decision, null, effects);
    }
    if (one.trigger() != null) {
      effects.triggers().add(one.trigger().with(said == null ? List.of() : said.items()));
      effects
          .observations()
          .add(
              Observation.one(
                  Metrics.TRIGGERS_RETRACTED, "journey", decision.journey(), decision.at()));
    }
  }

  private static void say(Decision decision, Completed completed, Effects effects) {
    List<Verdict> verdicts =
        decision.verdicts().stream()
            .map(
                verdict ->
                    verdict.guard().equals(Emission.ITEMS)
                        ? new Verdict(verdict.guard(), completed.sent(), completed.detail())
                        : verdict)
            .toList();
    String refusal = completed.sent() ? null : Reason.NOTHING_TO_OFFER;
    effects
        .decisions()
        .add(
            completed.sent()
                ? decision.confirmed(verdicts)
                : decision.suppressed(refusal, verdicts));
    Emission.observe(effects, decision.at(), refusal, decision.journey(), completed.channel());
  }

  private static void withdraw(Completed said, Decision decision, String refusal, Effects effects) {
    Effects counted = Effects.collecting();
    Emission.observe(counted, said.at(), refusal, decision.journey(), said.channel());
    counted.observations().stream()
        .map(Observation::withdrawn)
        .forEach(effects.observations()::add);
  }
}
