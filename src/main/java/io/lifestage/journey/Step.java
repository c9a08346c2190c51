package io.lifestage.journey;

import io.lifestage.lifecycle.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One thing that a run does. */
public sealed interface Step {

  /**
   * Wait.
   *
   * @param duration how long from the moment the step is reached
   */
  record Delay(Duration duration) implements Step {
    public Delay {
      if (duration.isNegative()) {
        throw new IllegalArgumentException("a delay of " + duration + "; must not be negative");
      }
    }
  }

  /**
   * Wait until nothing has happened for a while. Each event of one of the types about the run's key
   * starts the waiting again, up to a maximum.
   *
   * @param silence how long nothing may happen
   * @param types event types that start the waiting again
   * @param atMost how long the step may take in all, from the moment it is reached
   */
  record Silence(Duration silence, Set<String> types, Duration atMost) implements Step {
    public Silence {
      if (silence.isNegative() || silence.isZero()) {
        throw new IllegalArgumentException("a silence of " + silence + "; must be positive");
      }
      if (silence.compareTo(atMost) > 0) {
        throw new IllegalArgumentException(
            "a silence of " + silence + " is longer than it may take, " + atMost);
      }
    }
  }

  /**
   * Decide on a trigger: every guard is asked, and it is sent or withheld with the reason.
   *
   * @param id the step's name; a part of the trigger's id
   * @param kind what the receiver shall do, in one word
   * @param audience for whom it is
   * @param channel how it reaches them, such as email
   * @param template which text to use
   * @param items which products travel along; where some are needed and there are none, the trigger
   *     is withheld
   * @param atMostItems how many of them at most
   * @param attributes event attributes of the run's beginning that travel along
   * @param requirements what must hold when it is sent, each with the reason to give where it does
   *     not
   * @param priority greater is more important
   * @param offerValue what the offer is worth to the customer, in minor units, 0 where it is none
   * @param validFor how long after the decision it may still be sent
   * @param constants fixed data that travels along
   */
  record Emit(
      String id,
      String kind,
      Audience audience,
      String channel,
      String template,
      Items items,
      int atMostItems,
      List<String> attributes,
      List<Requirement> requirements,
      int priority,
      long offerValue,
      Duration validFor,
      Map<String, String> constants)
      implements Step {

    /** Whether everything it says and asks stands in the event that started the run. */
    public boolean readsOnlyTheEvent() {
      return items == Items.NONE
          && requirements.stream().allMatch(r -> r.condition().readsOnlyTheEvent());
    }

    /** An e-mail to the customer that carries nothing but the template. */
    public static Emit email(String id, String kind, String template) {
      return new Emit(
          id,
          kind,
          Audience.CUSTOMER,
          "email",
          template,
          Items.NONE,
          0,
          List.of(),
          List.of(),
          0,
          0,
          Duration.ofDays(1),
          Map.of());
    }

    /** A task for the people of a department. */
    public static Emit task(String id, String kind, String template) {
      return new Emit(
          id,
          kind,
          Audience.STAFF,
          "task",
          template,
          Items.NONE,
          0,
          List.of(),
          List.of(),
          0,
          0,
          Duration.ofDays(1),
          Map.of());
    }

    /** The same, carrying these products. */
    public Emit with(Items items, int atMost) {
      return new Emit(
          id,
          kind,
          audience,
          channel,
          template,
          items,
          atMost,
          attributes,
          requirements,
          priority,
          offerValue,
          validFor,
          constants);
    }

    /** The same, carrying these attributes of the event that started the run. */
    public Emit carrying(String... attributes) {
      return new Emit(
          id,
          kind,
          audience,
          channel,
          template,
          items,
          atMostItems,
          List.of(attributes),
          requirements,
          priority,
          offerValue,
          validFor,
          constants);
    }

    /** The same, withheld with this reason unless the condition holds. */
    public Emit onlyIf(String reason, Condition condition) {
      List<Requirement> more = new java.util.ArrayList<>(requirements);
      more.add(new Requirement(reason, condition));
      return new Emit(
          id,
          kind,
          audience,
          channel,
          template,
          items,
          atMostItems,
          attributes,
          List.copyOf(more),
          priority,
          offerValue,
          validFor,
          constants);
    }

    /** The same, with another priority and time to live. */
    public Emit ranked(int priority, Duration validFor) {
      return new Emit(
          id,
          kind,
          audience,
          channel,
          template,
          items,
          atMostItems,
          attributes,
          requirements,
          priority,
          offerValue,
          validFor,
          constants);
    }
  }

  /** For whom a trigger is. */
  enum Audience {
    CUSTOMER,
    STAFF
  }

  /** Which products a trigger carries. */
  enum Items {
    NONE,
    /** What lies in the cart that the run is about. */
    CART,
    /** What the order that the run is about consists of. */
    ORDER,
    /** What the customer looked at lately and has not bought, the latest first. */
    VIEWED,
    /**
     * What goes with the order that the run is about, as the catalogue says; never what the
     * customer owns, nor what cannot be bought now.
     */
    COMPLEMENTS
  }

  /**
   * Something that must hold when a trigger is due.
   *
   * @param reason what the decision says where it does not
   * @param condition what must hold
   */
  record Requirement(String reason, Condition condition) {}
}
