package io.lifestage.journey;

import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.Expression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thing that a run does. Steps stand in one list; what branches names the places in it where it
 * goes on, always further down, so that every run comes to an end. The place behind the last step
 * is the end.
 */
public sealed interface Step {

  /** Its name within the journey. */
  String id();

  /**
   * Wait.
   *
   * @param duration how long from the moment the step is reached
   */
  record Delay(String id, Duration duration) implements Step {
    public Delay {
      if (duration.isNegative()) {
        throw new IllegalArgumentException("a delay of " + duration + "; must not be negative");
      }
    }

    /** A wait that nobody has to name. */
    public Delay(Duration duration) {
      this("delay", duration);
    }
  }

  /**
   * Wait until something happens, or nothing for a while. Whether it happened is {@code run.met}
   * from then on.
   *
   * @param until the events that end the waiting; empty where only time does
   * @param patience how long the waiting lasts, if nothing starts it again
   * @param resets event types that start the waiting again, where they are about the run's key
   * @param atMost how long the step may take in all, from the moment it is reached
   */
  record Hold(
      String id, List<EventMatch> until, Duration patience, Set<String> resets, Duration atMost)
      implements Step {
    public Hold {
      until = List.copyOf(until);
      resets = Set.copyOf(resets);
      if (patience.isNegative() || patience.isZero()) {
        throw new IllegalArgumentException("a wait of " + patience + "; must be positive");
      }
      if (patience.compareTo(atMost) > 0) {
        throw new IllegalArgumentException(
            "a wait of " + patience + " is longer than it may take, " + atMost);
      }
    }

    /** Wait until nothing has happened for a while. */
    public static Hold forSilence(Duration silence, Set<String> types, Duration atMost) {
      return new Hold("silence", List.of(), silence, types, atMost);
    }
  }

  /**
   * Go on where the first condition that holds says.
   *
   * @param arms asked in this order
   * @param otherwise the place where none holds
   */
  record Branch(String id, List<Arm> arms, int otherwise) implements Step {
    public Branch {
      arms = List.copyOf(arms);
    }
  }

  /**
   * One way out of a branch.
   *
   * @param condition when it is taken
   * @param target the place
   */
  record Arm(Condition condition, int target) {}

  /**
   * Go on where a number between 0 and 9,999 says that customer, journey and step always give.
   *
   * @param shares the ways, the last of which ends at 10,000
   */
  record Split(String id, List<Share> shares) implements Step {
    /** What is split. */
    public static final int WHOLE = 10_000;

    public Split {
      shares = List.copyOf(shares);
    }
  }

  /**
   * One way out of a split.
   *
   * @param name what people call it
   * @param below the first number that does not take it
   * @param target the place
   */
  record Share(String name, int below, int target) {}

  /**
   * Go on elsewhere.
   *
   * @param target the place
   */
  record GoTo(String id, int target) implements Step {}

  /**
   * Decide on a trigger: every guard is asked, and it is sent, held or withheld with the reason.
   *
   * @param id the step's name; a part of the trigger's id
   * @param kind what the receiver shall do, in one word
   * @param address for whom it is, and how it reaches them
   * @param content what travels along
   * @param requirements what must hold when it is sent, each with the reason to give where it does
   *     not
   * @param worth how important it is, and for how long
   */
  record Emit(
      String id,
      String kind,
      Address address,
      Content content,
      List<Requirement> requirements,
      Worth worth)
      implements Step {

    public Emit {
      requirements = List.copyOf(requirements);
    }

    /** Whether everything it says and asks stands in the event that started the run. */
    public boolean readsOnlyTheEvent() {
      return content.items == Items.NONE
          && content.values.isEmpty()
          && requirements.stream().allMatch(r -> r.condition().readsOnlyTheEvent());
    }

    /** An e-mail to the customer that carries nothing but the template. */
    public static Emit email(String id, String kind, String template) {
      return of(id, kind, new Address(Audience.CUSTOMER, "email", template));
    }

    /** A task for the people of a department. */
    public static Emit task(String id, String kind, String template) {
      return of(id, kind, new Address(Audience.STAFF, "task", template));
    }

    private static Emit of(String id, String kind, Address address) {
      return new Emit(id, kind, address, Content.NOTHING, List.of(), Worth.ORDINARY);
    }

    /** The same, carrying these products. */
    public Emit with(Items items, int atMost) {
      return with(
          new Content(
              items,
              atMost,
              content.prices,
              content.attributes,
              content.values,
              content.constants));
    }

    /** The same, carrying these attributes of the event that started the run. */
    public Emit carrying(String... attributes) {
      return with(
          new Content(
              content.items,
              content.atMostItems,
              content.prices,
              List.of(attributes),
              content.values,
              content.constants));
    }

    /** The same with other content. */
    public Emit with(Content other) {
      return new Emit(id, kind, address, other, requirements, worth);
    }

    /** The same, withheld with this reason unless the condition holds. */
    public Emit onlyIf(String reason, Condition condition) {
      List<Requirement> more = new ArrayList<>(requirements);
      more.add(new Requirement(reason, condition));
      return new Emit(id, kind, address, content, more, worth);
    }

    /** The same, with another priority and time to live. */
    public Emit ranked(int priority, Duration validFor) {
      return new Emit(
          id,
          kind,
          address,
          content,
          requirements,
          new Worth(priority, worth.offerValue, validFor));
    }
  }

  /**
   * Where a trigger goes.
   *
   * @param audience for whom it is
   * @param channel how it reaches them, such as email
   * @param template which text to use
   */
  record Address(Audience audience, String channel, String template) {}

  /**
   * What travels with a trigger.
   *
   * @param items which products; where some are needed and there are none, the trigger is withheld
   * @param atMostItems how many of them at most
   * @param prices what each of them may cost
   * @param attributes attributes of the event that started the run
   * @param values what is worked out when it is decided, by name
   * @param constants what is always the same, by name
   */
  record Content(
      Items items,
      int atMostItems,
      Prices prices,
      List<String> attributes,
      Map<String, Expression> values,
      Map<String, String> constants) {
    static final Content NOTHING =
        new Content(Items.NONE, 0, Prices.ANY, List.of(), Map.of(), Map.of());
  }

  /**
   * What an offer may cost.
   *
   * @param least in minor units
   * @param most in minor units
   */
  record Prices(long least, long most) {
    /** Whatever it costs. */
    public static final Prices ANY = new Prices(0, Long.MAX_VALUE);
  }

  /**
   * What a trigger is worth.
   *
   * @param priority greater is more important
   * @param offerValue what the offer is worth to the customer, in minor units, 0 where it is none
   * @param validFor how long after it was first due it may still be sent
   */
  record Worth(int priority, long offerValue, Duration validFor) {
    static final Worth ORDINARY = new Worth(0, 0, Duration.ofDays(1));

    public Worth {
      if (validFor.isNegative() || validFor.isZero()) {
        throw new IllegalArgumentException("valid for " + validFor + "; must be positive");
      }
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
     * What goes with the order that the run is about: chosen by hand, learnt from what is bought
     * together, or of the same category. Never what the customer owns and does not buy again, what
     * cannot be bought now, or a variant of what was bought. It is told after the decision.
     */
    COMPLEMENTS,
    /**
     * The product that the run is about, and what else the customer buys again and needs by then;
     * nothing where that product cannot be bought now.
     */
    DUE,
    /** The product that the run is about; not where the customer owns it or nobody can buy it. */
    PRODUCT
  }

  /**
   * Something that must hold when a trigger is due.
   *
   * @param reason what the decision says where it does not
   * @param condition what must hold
   */
  record Requirement(String reason, Condition condition) {}
}
