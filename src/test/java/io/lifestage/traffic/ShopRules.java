package io.lifestage.traffic;

import static java.util.stream.Collectors.toMap;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Product;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is possible in a shop, as a small model that events are held to one by one. */
final class ShopRules {
  private final Shop shop;
  private final Map<String, Cart> carts = new HashMap<>();
  private final Map<String, Order> orders = new HashMap<>();
  private final Set<String> shipped = new HashSet<>();
  private final Map<String, String> conversations = new HashMap<>();
  private final Set<String> knownCustomers = new HashSet<>();
  private final Set<String> erased = new HashSet<>();
  private final Map<String, String> codes = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Set<String>> deliveredTo = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  ShopRules(Shop shop) {
    this.shop = shop;
  }

  List<String> broken() {
    return broken;
  }

  void check(Event event) {
    checkWho(event);
    switch (EventType.topicOf(event.type())) {
      case "clickstream" -> checkClick(event);
      case "orders" -> checkOrder(event);
      case "chat" -> checkChat(event);
      default -> checkCustomer(event);
    }
  }

  private void checkWho(Event event) {
    String customer = event.get(Attribute.CUSTOMER_ID);
    String visitor = event.get(Attribute.ANONYMOUS_ID);
    require(event, customer != null || visitor != null, "is nobody's");
    require(event, !erased.contains(event.customer()), "comes after the erasure");
    if (customer != null && visitor != null) {
      String owner = owners.putIfAbsent(visitor, customer);
      require(event, owner == null || owner.equals(customer), "is on somebody else's device");
    } else if (visitor != null && event.type().equals(EventType.PAGE_VIEWED)) {
      require(event, !owners.containsKey(visitor), "forgets whose device it is");
    }
  }

  private void checkClick(Event event) {
    String sku = event.get(Attribute.SKU);
    require(event, sku == null || product(sku, event) != null, "is about no product");
    require(event, sku == null || isAtItsPrice(sku, event), "has another price");
    String id = event.get(Attribute.CART_ID);
    if (id == null) {
      checkPraise(event);
      return;
    }
    Cart cart = carts.getOrDefault(id, Cart.opened(id, event.at()));
    if (event.type().equals(EventType.PRODUCT_ADDED)) {
      require(event, isAvailable(sku, event), "adds what is not available");
    } else {
      require(event, !cart.isEmpty(), "is about an empty cart");
    }
    if (event.type().equals(EventType.PRODUCT_REMOVED)) {
      long quantity = Long.parseLong(event.get(Attribute.QUANTITY));
      boolean inside =
          cart.lines().stream().anyMatch(l -> l.sku().equals(sku) && l.quantity() >= quantity);
      require(event, inside, "removes what is not in the cart");
    }
    if (event.type().startsWith("checkout_step") || event.type().equals(EventType.PAYMENT_FAILED)) {
      require(event, cart.checkout(), "comes before the checkout was started");
    }
    if (!event.lines().isEmpty()) {
      require(
          event, quantities(event.lines()).equals(quantities(cart.lines())), "shows another cart");
      require(event, areAtTheirPrices(event), "shows another price");
    }
    carts.put(id, cart.after(event));
  }

  private void checkPraise(Event event) {
    if (event.type().equals(EventType.PRODUCT_REVIEWED)) {
      String sku = event.get(Attribute.SKU);
      boolean owned =
          owns(event.get(Attribute.CUSTOMER_ID), sku)
              || owns(event.get(Attribute.ANONYMOUS_ID), sku)
              || hasOnSomeDevice(event.get(Attribute.CUSTOMER_ID), sku);
      require(event, owned, "reviews what has not come");
    } else if (event.type().equals(EventType.REFERRAL_SHARED)) {
      codes.put(event.get(Attribute.REFERRAL_CODE), event.customer());
    }
  }

  private void checkOrder(Event event) {
    String id = event.get(Attribute.ORDER_ID);
    boolean placing = event.type().equals(EventType.ORDER_PLACED);
    Order order = orders.getOrDefault(id, Order.unknown(id));
    require(event, placing == (order.placedAt() == 0), "is placed twice or not at all");
    switch (event.type()) {
      case EventType.ORDER_PLACED -> {
        Cart cart = carts.remove(event.get(Attribute.CART_ID));
        require(event, cart != null && cart.checkout(), "comes without a checkout");
        require(
            event,
            cart != null && quantities(cart.lines()).equals(quantities(event.lines())),
            "is not the cart");
        require(event, areAtTheirPrices(event), "is at another price");
        require(
            event,
            event.lines().stream().allMatch(line -> isAvailable(line.sku(), event)),
            "is of what is not available");
        require(event, event.value().minor() > 0, "costs nothing");
      }
      case EventType.ORDER_PAID ->
          require(event, order.paidAt() == 0 && order.cancelledAt() == 0, "is paid wrongly");
      case EventType.ORDER_SHIPPED ->
          require(
              event,
              order.paid() && order.cancelledAt() == 0 && shipped.add(id),
              "is shipped wrongly");
      case EventType.ORDER_DELIVERED -> {
        require(event, shipped.contains(id) && order.deliveredAt() == 0, "was not shipped");
        String who = event.get(Attribute.CUSTOMER_ID);
        String owner = who == null ? event.get(Attribute.ANONYMOUS_ID) : who;
        order.lines().forEach(line -> own(owner, line.sku()));
      }
      case EventType.ORDER_CANCELLED ->
          require(event, !shipped.contains(id) && order.cancelledAt() == 0, "is cancelled late");
      default -> {
        boolean back = order.deliveredAt() > 0 || order.cancelledAt() > 0;
        require(event, order.paid() && back, "is refunded without a reason");
        long refunded = order.refunded() + event.value().minor();
        require(event, refunded <= order.total().minor(), "is refunded more than was paid");
      }
    }
    orders.put(id, order.after(event));
  }

  private void own(String id, String sku) {
    deliveredTo.computeIfAbsent(id, i -> new HashSet<>()).add(sku);
  }

  /** A guest may have signed up since; then the order was the visitor's. */
  private boolean owns(String id, String sku) {
    return id != null && deliveredTo.getOrDefault(id, Set.of()).contains(sku);
  }

  /** They have changed devices since they were a guest. */
  private boolean hasOnSomeDevice(String customer, String sku) {
    return owners.entrySet().stream()
        .anyMatch(device -> device.getValue().equals(customer) && owns(device.getKey(), sku));
  }

  private void checkChat(Event event) {
    String id = event.get(Attribute.CONVERSATION_ID);
    String state = conversations.get(id);
    boolean starting = event.type().equals(EventType.CONVERSATION_STARTED);
    require(event, starting == (state == null), "starts twice or not at all");
    if (event.says(Attribute.SENDER, "agent")) {
      require(event, "assigned".equals(state), "is answered by nobody's agent");
    }
    switch (event.type()) {
      case EventType.CONVERSATION_STARTED -> conversations.put(id, "open");
      case EventType.CONVERSATION_ASSIGNED -> conversations.put(id, "assigned");
      case EventType.CONVERSATION_RESOLVED -> {
        require(event, !"resolved".equals(state), "is resolved twice");
        conversations.put(id, "resolved");
      }
      case EventType.CONVERSATION_RATED ->
          require(event, "resolved".equals(state), "is rated before it is resolved");
      default -> require(event, !"resolved".equals(state), "goes on after it was resolved");
    }
  }

  private void checkCustomer(Event event) {
    if (event.type().equals(EventType.CUSTOMER_UPDATED) && event.get("customer.email") != null) {
      require(event, knownCustomers.add(event.customer()), "is introduced twice");
    }
    if (event.type().equals(EventType.CONSENT_CHANGED)) {
      require(event, knownCustomers.contains(event.customer()), "is nobody the shop knows");
      require(event, !CustomerKey.isAnonymous(event.customer()), "consents without a name");
    }
    if (event.type().equals(EventType.REFERRAL_CONVERTED)) {
      String sharer = codes.get(event.get(Attribute.REFERRAL_CODE));
      Order order = orders.get(event.get(Attribute.ORDER_ID));
      require(event, Objects.equals(sharer, event.customer()), "thanks somebody else");
      require(event, order != null && order.paid(), "is for an order that nobody paid");
    }
    if (event.type().equals(EventType.ERASURE_REQUESTED)) {
      erased.add(event.customer());
    }
  }

  private static Map<String, Long> quantities(List<Line> lines) {
    return lines.stream().collect(toMap(Line::sku, Line::quantity));
  }

  private Product product(String sku, Event event) {
    return shop.product(sku, event.at());
  }

  private boolean isAvailable(String sku, Event event) {
    Product product = product(sku, event);
    return product != null && product.available();
  }

  private boolean isAtItsPrice(String sku, Event event) {
    Product product = product(sku, event);
    return event.value().equals(Money.NONE)
        || (product != null && event.value().equals(product.price()));
  }

  private static long priceOf(Product product) {
    return product == null ? 0 : product.price().minor();
  }

  private boolean areAtTheirPrices(Event event) {
    return event.lines().stream()
        .allMatch(line -> line.unitPrice() == priceOf(product(line.sku(), event)));
  }

  private void require(Event event, boolean possible, String otherwise) {
    if (!possible) {
      broken.add(event.type() + " " + otherwise + ": " + event);
    }
  }
}
