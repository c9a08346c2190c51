package io.lifestage.definition;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Sale;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What definitions have to do, written down as cases.
 *
 * @param file where it stands
 * @param name its name
 * @param cases what is given and expected, in the order of the file
 */
public record Spec(String file, String name, List<Case> cases) {

  /**
   * One customer's story, and what has to follow from it.
   *
   * @param name what it claims
   * @param line where it begins in the file, the first line being 1
   * @param journeys the journeys that it speaks of; empty for all
   * @param customer the customer's key
   * @param start from when on what follows is looked at, epoch milliseconds
   * @param until up to when time passes, epoch milliseconds
   * @param events what happens, in event-time order
   * @param products the catalogue, the versions of a product in their order
   * @param sold what other customers have bought
   * @param expectations what has to follow
   */
  public record Case(
      String name,
      int line,
      Set<String> journeys,
      String customer,
      long start,
      long until,
      List<Event> events,
      List<Product> products,
      List<Sale> sold,
      List<Expectation> expectations) {

    /** Whether it says anything of a journey. */
    public boolean speaksOf(String journey) {
      return journeys.contains(journey)
          || expectations.stream().anyMatch(e -> journey.equals(e.among().get("journey")))
          || expectations.stream()
              .flatMap(expectation -> expectation.entries().stream())
              .anyMatch(entry -> journey.equals(entry.get("journey")));
    }
  }

  /**
   * What has to be among that which followed. Everything that follows has named texts; an entry is
   * met by what has all of its own.
   *
   * @param name what the file calls it
   * @param of what it is about
   * @param among the texts of those that it is about
   * @param complete whether there may be none but those that the entries say
   * @param entries what has to be there, each once
   */
  public record Expectation(
      String name,
      Set<Aspect> of,
      Map<String, String> among,
      boolean complete,
      List<Map<String, String>> entries) {}

  /** A kind of what follows. */
  public enum Aspect {
    /** A stage was entered. */
    TRANSITION,
    /** Something is to be sent. */
    TRIGGER,
    /** Why, or why not. */
    DECISION,
    /** The customer, when the case ends. */
    CUSTOMER
  }
}
