package io.lifestage.operator;

import io.lifestage.decision.Provisional;
import io.lifestage.offer.Candidate;
import java.util.List;

/** What is to be completed with offers, and what products answer. */
public sealed interface OfferMessage {

  /** The step of a run that it is about. */
  String key();

  /**
   * A decision that waits for offers.
   *
   * @param provisional the decision
   */
  record OfDecision(Provisional provisional) implements OfferMessage {
    @Override
    public String key() {
      return provisional.key();
    }
  }

  /**
   * What one product, or one category, answers.
   *
   * @param key whom
   * @param at the moment of the question, epoch milliseconds
   * @param from who answers, see {@link io.lifestage.offer.Part}
   * @param candidates what it names, in no order
   */
  record OfAnswer(String key, long at, String from, List<Candidate> candidates)
      implements OfferMessage {}
}
