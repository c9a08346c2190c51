package io.lifestage.decision;

import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.Wanted;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Product;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Chooses the products that travel with a trigger. */
final class Selection {
  private Selection() {}

  /** Those that are known here. */
  static List<Trigger.Item> of(Draft draft, Step.Emit emit) {
    List<Trigger.Item> items =
        switch (emit.content().items()) {
          case NONE -> List.of();
          case CART -> lines(draft, cartLines(draft.cart()));
          case ORDER -> lines(draft, orderLines(draft.order()));
          case VIEWED -> viewed(draft);
          case COMPLEMENTS -> List.of();
          case DUE -> due(draft);
          case PRODUCT -> product(draft);
        };
    return items.size() <= emit.content().atMostItems()
        ? items
        : List.copyOf(items.subList(0, emit.content().atMostItems()));
  }

  private static List<Line> cartLines(Cart cart) {
    return cart == null ? List.of() : cart.lines();
  }

  private static List<Line> orderLines(Order order) {
    return order == null ? List.of() : order.lines();
  }

  private static List<Trigger.Item> lines(Draft draft, List<Line> lines) {
    List<Trigger.Item> items = new ArrayList<>();
    for (Line line : lines) {
      Product product = draft.catalogue.product(line.sku(), draft.now());
      items.add(
          new Trigger.Item(
              line.sku(),
              product == null ? "" : product.name(),
              product == null ? "" : product.category(),
              line.unitPrice(),
              product == null ? "" : product.price().currency(),
              line.quantity(),
              0));
    }
    return items;
  }

  /**
   * What was looked at and not bought, the latest first, with its price then and now; without what
   * cannot be bought now.
   */
  private static List<Trigger.Item> viewed(Draft draft) {
    List<String> skus = new ArrayList<>(draft.viewed.keySet());
    Collections.reverse(skus);
    List<Trigger.Item> items = new ArrayList<>();
    for (String sku : skus) {
      Product product = draft.catalogue.product(sku, draft.now());
      if (!draft.owns(sku) && (product == null || product.available())) {
        items.add(product == null ? unknown(sku) : item(product, 0).seenAt(draft.prices.get(sku)));
      }
    }
    return items;
  }

  /** What the run is about, as the catalogue has it now; nothing where it has no such product. */
  private static List<Trigger.Item> product(Draft draft) {
    String sku = draft.run().get(Attribute.SKU);
    Product product = sku == null ? null : draft.catalogue.product(sku, draft.now());
    boolean offered = product != null && product.available() && !draft.owns(sku);
    return offered ? List.of(item(product, 0)) : List.of();
  }

  /** What is due now, the run's product first; without what cannot be bought now. */
  private static List<Trigger.Item> due(Draft draft) {
    String about = draft.run().get(Attribute.SKU);
    long until = draft.due(about);
    Set<String> skus = new LinkedHashSet<>(Set.of(about));
    for (String sku : draft.rebought.keySet()) {
      long due = draft.due(sku);
      if (due >= draft.now() && due <= until) {
        skus.add(sku);
      }
    }
    List<Trigger.Item> items = new ArrayList<>();
    for (String sku : skus) {
      Product product = draft.catalogue.product(sku, draft.now());
      if (product == null || product.available()) {
        items.add(product == null ? unknown(sku) : item(product, 0));
      } else if (sku.equals(about)) {
        return List.of();
      }
    }
    return items;
  }

  /** What is known of products elsewhere, and has to be asked; null where nothing has. */
  static Wanted wanted(Draft draft, Step.Emit emit) {
    if (emit.content().items() != Step.Items.COMPLEMENTS) {
      return null;
    }
    Set<String> bought = new LinkedHashSet<>();
    Set<String> categories = new LinkedHashSet<>();
    for (Line line : orderLines(draft.order())) {
      Product product = draft.catalogue.product(line.sku(), draft.now());
      bought.add(line.sku());
      if (product != null && !product.category().isEmpty()) {
        categories.add(product.category());
      }
    }
    Step.Prices prices = emit.content().prices();
    Set<String> again = Set.copyOf(draft.boughtAgain());
    return bought.isEmpty()
        ? null
        : new Wanted(
            List.copyOf(bought),
            List.copyOf(categories),
            draft.owned.keySet().stream().filter(sku -> !again.contains(sku)).toList(),
            prices.least(),
            prices.most(),
            emit.content().atMostItems());
  }

  static Trigger.Item item(Product product, double score) {
    return new Trigger.Item(
        product.sku(),
        product.name(),
        product.category(),
        product.price().minor(),
        product.price().currency(),
        0,
        score);
  }

  private static Trigger.Item unknown(String sku) {
    return new Trigger.Item(sku, "", "", 0, "", 0, 0);
  }
}
