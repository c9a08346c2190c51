package io.lifestage.journey;

import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Money;
import java.util.List;
import java.util.Map;

/**
 * Something that marketing automation or staff shall do.
 *
 * @param id the same for the same cause, journey, key, step and occurrence, see {@link TriggerId}
 * @param status whether to act, or to forget it
 * @param kind what to do, in one word
 * @param journey the journey's id
 * @param version its version
 * @param instanceKey what the run is about
 * @param customer for or about whom
 * @param audience who is addressed
 * @param channel how
 * @param template which text
 * @param data what the text needs
 * @param items products that travel along, the best first
 * @param priority greater is more important
 * @param offerValue minor units, 0 where it is no offer
 * @param at when it was decided, event time, epoch milliseconds
 * @param notBefore not to be sent before, epoch milliseconds
 * @param expiresAt not to be sent after, epoch milliseconds
 * @param stage the customer's stage, or null where it was decided on arrival
 * @param cycle the customer's cycle, or 0 where it was decided on arrival
 * @param causes the events that it rests on, the first first
 * @param revision 0 when it is first sent, and one more each time that it is taken back, or sent
 *     again after that; the greatest holds
 * @param wanted the products that it still waits for, or null where it is complete
 */
public record Trigger(
    String id,
    Status status,
    String kind,
    String journey,
    int version,
    String instanceKey,
    String customer,
    Step.Audience audience,
    String channel,
    String template,
    Map<String, String> data,
    List<Item> items,
    int priority,
    long offerValue,
    long at,
    long notBefore,
    long expiresAt,
    String stage,
    int cycle,
    List<Cause> causes,
    int revision,
    Wanted wanted) {

  /** A trigger that was never taken back. */
  public Trigger(
      String id,
      Status status,
      String kind,
      String journey,
      int version,
      String instanceKey,
      String customer,
      Step.Audience audience,
      String channel,
      String template,
      Map<String, String> data,
      List<Item> items,
      int priority,
      long offerValue,
      long at,
      long notBefore,
      long expiresAt,
      String stage,
      int cycle,
      List<Cause> causes) {
    this(
        id,
        status,
        kind,
        journey,
        version,
        instanceKey,
        customer,
        audience,
        channel,
        template,
        data,
        items,
        priority,
        offerValue,
        at,
        notBefore,
        expiresAt,
        stage,
        cycle,
        causes,
        0,
        null);
  }

  /** Whether to act. */
  public enum Status {
    /** Send it. */
    ACTIVE,
    /** Do not send it; its reason is gone before it was due. */
    CANCELLED,
    /** Its reason is gone; if it went out, say sorry. */
    RETRACTED
  }

  /**
   * A product that travels along.
   *
   * @param sku its number
   * @param name what people call it, or empty
   * @param category its category, or empty
   * @param price in minor units, 0 where unknown
   * @param currency ISO code, or empty
   * @param quantity how many, 0 where that says nothing
   * @param score how well it fits, greater is better; 0 where nothing was scored
   * @param fit why it is offered, or null where it is no offer
   * @param priceThen what it cost when the customer last looked at it, in minor units of the same
   *     currency, 0 where that is unknown or says nothing
   */
  public record Item(
      String sku,
      String name,
      String category,
      long price,
      String currency,
      long quantity,
      double score,
      Fit fit,
      long priceThen) {

    /** A product that is no offer, and of which no earlier price is known. */
    public Item(
        String sku,
        String name,
        String category,
        long price,
        String currency,
        long quantity,
        double score) {
      this(sku, name, category, price, currency, quantity, score, null, 0);
    }

    /** The same, offered for this. */
    public Item fitting(Fit why) {
      return new Item(sku, name, category, price, currency, quantity, score, why, priceThen);
    }

    /** The same, which had this price when the customer last looked at it. */
    public Item seenAt(Money then) {
      long comparable = then != null && then.currency().equals(currency) ? then.minor() : 0;
      return new Item(sku, name, category, price, currency, quantity, score, fit, comparable);
    }
  }

  /**
   * Why a product is offered.
   *
   * @param source {@code chosen} by hand, {@code learnt} from what is bought together, or of the
   *     {@code category}
   * @param support in how many baskets it was with what was bought, decayed; 0 where not learnt
   * @param lift how many times as often as by chance; 0 where not learnt
   */
  public record Fit(String source, double support, double lift) {}

  /** The same trigger, taken back at a moment. */
  public Trigger takenBack(long now) {
    return as(notBefore > now ? Status.CANCELLED : Status.RETRACTED, items, revision + 1, wanted);
  }

  /** The same trigger, sent again after it was taken back so many times. */
  public Trigger after(int takenBack) {
    return takenBack == 0 ? this : as(status, items, 2 * takenBack, wanted);
  }

  /** The same trigger, waiting for these products. */
  public Trigger waitingFor(Wanted products) {
    return as(status, items, revision, products);
  }

  /** The same trigger with the products that it waited for. */
  public Trigger with(List<Item> found) {
    return as(status, found, revision, null);
  }

  private Trigger as(Status next, List<Item> found, int nextRevision, Wanted waitsFor) {
    return new Trigger(
        id,
        next,
        kind,
        journey,
        version,
        instanceKey,
        customer,
        audience,
        channel,
        template,
        data,
        found,
        priority,
        offerValue,
        at,
        notBefore,
        expiresAt,
        stage,
        cycle,
        causes,
        nextRevision,
        waitsFor);
  }
}
