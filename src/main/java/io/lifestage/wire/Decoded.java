package io.lifestage.wire;

import io.lifestage.decision.Publication;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;

/** What became of one record of an input topic. Nothing is ever dropped: it is one of these. */
public sealed interface Decoded {

  /** Where the record was read. An annotation: nothing is decided by it. */
  Origin origin();

  /**
   * Something happened to a customer.
   *
   * @param event what
   */
  record OfEvent(Event event, Origin origin) implements Decoded {}

  /**
   * A product is as the catalogue now says.
   *
   * @param product the product
   */
  record OfProduct(Product product, Origin origin) implements Decoded {}

  /**
   * A product is in the catalogue no more.
   *
   * @param sku the product
   * @param at when the broker was told, epoch milliseconds
   */
  record ProductGone(String sku, long at, Origin origin) implements Decoded {}

  /**
   * A version of a definition was published.
   *
   * @param publication what was
   * @param key the key as it came
   * @param value the value as it came
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes on their way; nobody compares two of them.
  record OfDefinition(Publication publication, Origin origin, byte[] key, byte[] value)
      implements Decoded {
    /** The same record as one that cannot be used. */
    public DeadLetter refused(String detail) {
      return new DeadLetter(Defect.INVALID_DEFINITION, detail, null, origin, key, value);
    }
  }

  /**
   * The record cannot be used.
   *
   * @param defect what is wrong with it
   * @param detail the same in a sentence, for people
   * @param exception name of the exception that the bytes led to, or null where there was none
   * @param key the key as it came, or null
   * @param value the value as it came, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // Bytes on their way; nobody compares two of them.
  record DeadLetter(
      Defect defect, String detail, String exception, Origin origin, byte[] key, byte[] value)
      implements Decoded {}
}
