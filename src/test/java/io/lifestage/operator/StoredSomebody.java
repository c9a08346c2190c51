package io.lifestage.operator;

import io.lifestage.decision.Aftermath;
import io.lifestage.decision.Arrival;
import io.lifestage.decision.Customer;
import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Sent;
import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Place;
import io.lifestage.trait.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A customer none of whose fields is empty, and no two fields alike. */
final class StoredSomebody {
  private static final long AT = 1_772_366_400_000L;
  private static final Cause VIEWED =
      new Cause("views-1", new Place("clickstream", 3, 123_456_789_012L));
  private static final Cause PAID = new Cause("pays-1", new Place("shop.orders", 0, 7));
  private static final Cause SAID = Cause.of("says-1");

  private StoredSomebody() {}

  static CustomerRecord record() {
    return record(Set.of("offer"));
  }

  /** Somebody to whom something with these tags was sent. */
  static CustomerRecord sent(String... tags) {
    return record(Set.of(tags));
  }

  private static CustomerRecord record(Set<String> tags) {
    Event recent =
        event("views-2", EventType.PRODUCT_VIEWED, 40).readAt(new Place("clickstream", 1, 99));
    Event waiting = event("places-2", EventType.ORDER_PLACED, 90).readAt(new Place("orders", 2, 5));
    return new CustomerRecord(
        customer("awareness", tags, 1),
        AT + 10,
        List.of(
            new Arrival(recent, List.of()),
            new Arrival(
                event("adds-2", EventType.PRODUCT_ADDED, 50), List.of("first@1", "second@12"))),
        customer("retention", tags, 2),
        AT + 60,
        AT + 50,
        List.of(
            new Arrival(waiting, List.of("order-confirmation@2", "order-alert@1")),
            new Arrival(event("unnamed.type-1", "shop.opened", 95), List.of())),
        new Aftermath(
            List.of(new Aftermath.Spent(new Sent("t-3", AT + 51, "sms", tags), AT + 60)),
            map(
                "t-3",
                new Aftermath.Past("deal", "c1", AT + 52, null, 2),
                "t-4",
                new Aftermath.Past("news", "c2", AT + 53, "cap", 0))));
  }

  private static Event event(String id, String type, long later) {
    return new Event(
        id,
        AT + later,
        type,
        "ada",
        map(Attribute.SKU, "mug", "gift_wrap", "ja\u00e9"),
        List.of(new Line("mug", 2, 500), new Line("pot", -1, 1999)),
        new Money(2999, "EUR"));
  }

  private static Customer customer(String stage, Set<String> tags, int n) {
    return new Customer(
        "ada",
        stage,
        AT + n,
        PAID,
        n,
        AT + 2 + n,
        AT + 3,
        AT + 4 + n,
        VIEWED,
        map(Attribute.SOURCE, "search", Attribute.CAMPAIGN, "spring"),
        map(
            "views_7d",
            new Tally(n, List.of(new Tally.Entry(AT, "mug", "views-1", 1))),
            "spent",
            new Tally(19_900L * n, List.of())),
        map(
            "o1",
            new Order(
                "o1",
                List.of(new Line("camera", 1, 19_900)),
                new Money(19_900, "EUR"),
                n,
                AT + 5,
                AT + 6,
                AT + 7,
                AT + 8)),
        map(
            "c1",
            new Cart(
                "c1",
                List.of(new Line("mug", 3, 500)),
                "EUR",
                AT + 9,
                AT + 10,
                true,
                false,
                Set.of("started")),
            "c2",
            new Cart("c2", List.of(), "GBP", AT + 11, AT + 12, false, true, Set.of())),
        map("v1", new Conversation("v1", "support", AT + 13, AT + 14, AT + 15)),
        map("mug", AT + 16, "pot", AT + 17),
        map("camera", "o1"),
        map("email:marketing", true, "sms:marketing", false),
        map("time_zone", "Europe/London", "birthday", "1980-07-01"),
        18,
        map("EUR", 19_900L, "GBP", -20L),
        map("keen", AT + 21, "big_spenders", AT + 22),
        running(n),
        map("abandoned-cart|c1", AT + 29, "birthday|customer", AT + 30),
        List.of(
            new Sent("t-1", AT + 31, "email", tags),
            new Sent("t-2", AT + 32, "carrier-pigeon", Set.of())),
        AT + 33,
        34 + n,
        map("pot", new Money(1_999, "EUR")),
        map("beans", List.of(AT + 35, AT + 36), "filters", List.of(AT + 37, AT + 38, AT + 39)));
  }

  /** Runs before their first step, in the midst, behind their last, and one beside another. */
  private static Map<String, Instance> running(int version) {
    return map(
        "birthday|customer|waiting",
        new Instance(
            "birthday",
            version,
            "customer",
            AT + 23,
            Instance.BEFORE,
            AT + 24,
            AT + 25,
            map("date", "2026-07-01T08:00:00Z"),
            List.of(SAID)),
        "abandoned-cart|c1",
        new Instance(
            "abandoned-cart",
            version,
            "c1",
            AT + 26,
            3,
            AT + 27,
            AT + 28,
            map(Attribute.CART_ID, "c1", "met", "true"),
            List.of(VIEWED, PAID, SAID)),
        "abandoned-cart|c1|goal",
        new Instance(
            "abandoned-cart",
            version,
            "c1",
            AT + 26,
            Instance.BEHIND,
            AT + 27,
            Long.MAX_VALUE,
            map("group", "held_out"),
            List.of(PAID)),
        "digest|customer|views-1",
        new Instance(
            "digest",
            version,
            "customer",
            AT + 26,
            0,
            AT + 27,
            AT + 28,
            map("beside", "true"),
            List.of(VIEWED)));
  }

  @SuppressWarnings("unchecked") // The values are of one type wherever it is called.
  private static <V> Map<String, V> map(Object... pairs) {
    Map<String, V> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (V) pairs[i + 1]);
    }
    return map;
  }
}
