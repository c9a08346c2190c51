package io.lifestage.offer;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an event says of one customer's interest in one product.
 *
 * @param sku the product
 * @param category its category as the event has it, or empty
 * @param customer whose interest
 * @param mark what it says
 * @param at event time, epoch milliseconds
 */
public record Look(String sku, String category, String customer, Mark mark, long at) {

  /** What is known of an interest, the least first. */
  public enum Mark {
    VIEWED('v'),
    WISHED('w'),
    IN_CART('c'),
    /** Ends the interest in the product, and is the greatest in its category. */
    BOUGHT('b');

    private final char code;

    Mark(char code) {
      this.code = code;
    }

    /** What stands for it in state, for ever. */
    public char code() {
      return code;
    }

    /** The mark of a code. */
    public static Mark of(char code) {
      return switch (code) {
        case 'v' -> VIEWED;
        case 'w' -> WISHED;
        case 'c' -> IN_CART;
        case 'b' -> BOUGHT;
        default -> throw new IllegalArgumentException("no mark has the code " + code);
      };
    }
  }

  private static final Map<String, Mark> OF_A_PRODUCT =
      Map.of(
          EventType.PRODUCT_VIEWED, Mark.VIEWED,
          EventType.PRODUCT_ADDED_TO_WISHLIST, Mark.WISHED,
          EventType.PRODUCT_ADDED, Mark.IN_CART);

  /**
   * What an event says; nothing where it is about no product. Taking a product out of the cart says
   * nothing: it was wanted, and often is again for another price.
   */
  public static List<Look> of(Event event) {
    Mark mark = OF_A_PRODUCT.get(event.type());
    if (mark != null) {
      String sku = event.get(Attribute.SKU);
      return sku == null ? List.of() : List.of(look(event, sku, mark));
    }
    boolean buys =
        event.type().equals(EventType.ORDER_PLACED) || event.type().equals(EventType.ORDER_PAID);
    if (!buys || event.lines().isEmpty()) {
      return List.of();
    }
    List<Look> looks = new ArrayList<>();
    for (Line line : event.lines()) {
      looks.add(look(event, line.sku(), Mark.BOUGHT));
    }
    return looks;
  }

  private static Look look(Event event, String sku, Mark mark) {
    String category = event.lines().isEmpty() ? event.get(Attribute.CATEGORY) : null;
    return new Look(sku, category == null ? "" : category, event.customer(), mark, event.at());
  }

  /** The same of a product whose category is known. */
  public Look in(String found) {
    return new Look(sku, found, customer, mark, at);
  }
}
