package io.lifestage.decision;

import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Basket;
import io.lifestage.offer.Evidence;
import io.lifestage.offer.Part;
import io.lifestage.offer.Sale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a customer tells of products that go together: those of one order, of a cart that was left
 * behind, and of one visit. A cart that is left and bought later tells twice.
 */
final class Together {
  /** A visit is over when nothing was looked at for so long, as in Google Analytics 4. */
  static final Duration VISIT = Duration.ofMinutes(30);

  private Together() {}

  /** What an order tells, if it counts, less what it told before. */
  static void learn(Draft draft, Order before, Order after) {
    if (before.counts() && before.lines().isEmpty()) {
      // It may have told, and its lines are forgotten.
      return;
    }
    Basket told = ordered(before);
    Basket tells = ordered(after);
    if (!told.products().equals(tells.products()) || told.at() != tells.at()) {
      sell(draft, told, true);
      sell(draft, tells, false);
    }
  }

  /** Of an order so old that its lines are forgotten, nothing is taken back. */
  private static Basket ordered(Order order) {
    List<Line> lines = order.counts() ? order.lines() : List.of();
    return Basket.ordered(order.paidAt(), lines.stream().map(Line::sku).toList());
  }

  /** What a cart tells that is left behind. */
  static void learnLeft(Draft draft, Cart cart) {
    List<String> products = cart.lines().stream().map(Line::sku).toList();
    sell(draft, new Basket(cart.changedAt(), products, Evidence.CART), false);
  }

  /**
   * When the visit of the last look is over, epoch milliseconds; {@link Long#MIN_VALUE} where
   * nothing was looked at.
   *
   * @param viewed when each product was last looked at, the oldest first
   */
  static long visitOver(Map<String, Long> viewed) {
    long last = Long.MIN_VALUE;
    for (long at : viewed.values()) {
      last = at;
    }
    return last == Long.MIN_VALUE ? last : Deadlines.after(last, VISIT);
  }

  /** What was looked at in the visit that is over now. */
  static void learnVisit(Draft draft) {
    List<Map.Entry<String, Long>> looks = new ArrayList<>(draft.viewed.entrySet());
    Collections.reverse(looks);
    List<String> products = new ArrayList<>();
    long before = looks.get(0).getValue();
    for (Map.Entry<String, Long> look : looks) {
      if (before - look.getValue() > VISIT.toMillis()) {
        break;
      }
      before = look.getValue();
      products.add(look.getKey());
    }
    sell(draft, new Basket(looks.get(0).getValue(), products, Evidence.SESSION), false);
  }

  /**
   * A whole basket where it has pairs, and each category's part of it: the categories of the
   * basket's time, so that the same is taken back as was given. Where the catalogue no longer knows
   * them, nothing is.
   */
  private static void sell(Draft draft, Basket basket, boolean undone) {
    if (basket.hasPairs()) {
      draft.effects.sales().add(new Sale(draft.now(), basket, undone, null, draft.key));
    }
    Map<String, List<String>> byCategory = new LinkedHashMap<>();
    for (String sku : basket.products()) {
      Product product = draft.catalogue.product(sku, basket.at());
      if (product != null && !product.category().isEmpty()) {
        String category = product.category();
        byCategory
            .computeIfAbsent(category, any -> new ArrayList<>(List.of(Part.ofCategory(category))))
            .add(sku);
      }
    }
    byCategory.forEach(
        (category, products) -> {
          Basket own = new Basket(basket.at(), products, basket.evidence());
          draft.effects.sales().add(new Sale(draft.now(), own, undone, category, draft.key));
        });
  }
}
