package io.lifestage.operator;

import io.lifestage.decision.Completions;
import io.lifestage.decision.Provisional;
import io.lifestage.journey.Wanted;
import io.lifestage.offer.Candidate;
import io.lifestage.offer.Complements;
import io.lifestage.offer.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to be completed of one step of one run.
 *
 * @param waiting the decisions that wait, in their order
 * @param answers what products have answered so far
 * @param said what was said
 */
record OpenOffers(
    List<Provisional> waiting, List<OfferMessage.OfAnswer> answers, Completions said) {
  static final OpenOffers NONE = new OpenOffers(List.of(), List.of(), Completions.NONE);

  boolean isEmpty() {
    return waiting.isEmpty() && answers.isEmpty() && said.known().isEmpty();
  }

  OpenOffers with(OfferMessage message) {
    if (message instanceof OfferMessage.OfDecision of) {
      List<Provisional> more = new ArrayList<>(waiting);
      more.add(of.provisional());
      more.sort(Comparator.comparingLong(Provisional::at));
      return new OpenOffers(List.copyOf(more), answers, said);
    }
    List<OfferMessage.OfAnswer> more = new ArrayList<>(answers);
    more.add((OfferMessage.OfAnswer) message);
    return new OpenOffers(waiting, List.copyOf(more), said);
  }

  /** What products, or categories, name at the moment of the first that waits. */
  List<Candidate> named(boolean byCategories) {
    Provisional first = waiting.get(0);
    if (!first.asks()) {
      return List.of();
    }
    Wanted wanted = first.trigger().wanted();
    // Another decision of the step may ask at the same moment: each hears whom it has asked, once.
    Map<String, OfferMessage.OfAnswer> heard = new TreeMap<>();
    answers.stream()
        .filter(answer -> answer.at() == first.at())
        .filter(answer -> Part.isOfCategory(answer.from()) == byCategories)
        .forEach(answer -> heard.put(answer.from(), answer));
    Set<String> asked = new HashSet<>();
    Part.asking(first.key(), wanted.goesWith(), wanted.categories(), first.at())
        .forEach(part -> asked.add(part.key()));
    heard.keySet().retainAll(asked);
    List<Candidate> candidates = new ArrayList<>();
    heard.values().forEach(answer -> candidates.addAll(answer.candidates()));
    return Complements.gathered(
        candidates, byCategories ? Set.of() : Set.copyOf(wanted.goesWith()));
  }

  /** The first that waited is completed. */
  OpenOffers next(Completions saidNow) {
    long done = waiting.get(0).at();
    List<Provisional> left = List.copyOf(waiting.subList(1, waiting.size()));
    boolean anotherOfTheMoment = !left.isEmpty() && left.get(0).at() == done;
    return new OpenOffers(
        left,
        anotherOfTheMoment
            ? answers
            : answers.stream().filter(answer -> answer.at() > done).toList(),
        saidNow);
  }

  OpenOffers since(long horizon) {
    return new OpenOffers(waiting, answers, said.since(horizon));
  }
}
