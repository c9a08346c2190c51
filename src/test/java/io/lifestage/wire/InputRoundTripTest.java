package io.lifestage.wire;

import static io.lifestage.wire.Wired.NOON;
import static io.lifestage.wire.Wired.PREFIX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the encoder writes, the decoder reads. */
class InputRoundTripTest {

  private final Wired wired = new Wired();

  static Stream<Arguments> everyType() {
    return Stream.of(Topic.values())
        .filter(Topic::carriesEvents)
        .flatMap(t -> EventType.of(t.plainName()).stream().sorted().map(y -> Arguments.of(t, y)));
  }

  /** Every field of the topic is said at once, and comes back. */
  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("everyType")
  void anEventOfEveryTypeComesBackWhole(Topic topic, String type) {
    Map<String, String> attributes = everyAttributeOf(topic);
    boolean worth = topic.schema().getField("value_minor") != null;
    boolean lines = topic.schema().getField("lines") != null;
    Event event =
        new Event(
            "e-1",
            NOON,
            type,
            "ada",
            attributes,
            lines ? List.of(new Line("mug", 2, 450), new Line("tea", 1, 0)) : List.of(),
            worth ? new Money(1999, "GBP") : Money.NONE);

    OutboundRecord record = wired.events.encode(event);

    assertThat(record.topic()).isEqualTo(topic.in(PREFIX));
    assertThat(new String(record.key(), UTF_8)).isEqualTo("ada");
    assertThat(record.timestamp()).isEqualTo(NOON);
    assertThat(wired.event(topic, record.value())).isEqualTo(event);
  }

  /** Fails when a name of the core has no field, or the other way round. */
  @Test
  void theFieldsOfTheContractsAreTheAttributesOfTheCore() throws IllegalAccessException {
    List<String> ofTheCore = new ArrayList<>();
    for (var constant : Attribute.class.getFields()) {
      ofTheCore.add((String) constant.get(null));
    }
    // Only the engine says it, in events that come from no topic.
    ofTheCore.remove(Attribute.PRICE_BEFORE);

    List<String> ofTheContracts =
        Stream.of(Topic.values())
            .filter(Topic::carriesEvents)
            .flatMap(topic -> topic.schema().getFields().stream())
            .filter(EventFields::isAttribute)
            .map(Schema.Field::name)
            .distinct()
            .toList();

    assertThat(ofTheContracts).containsAll(ofTheCore);
  }

  @Test
  void equalEventsAreEqualBytes() {
    Map<String, String> oneOrder = new LinkedHashMap<>();
    oneOrder.put("customer.email", "ada@example.com");
    oneOrder.put("customer.locale", "en-GB");
    Map<String, String> another = new LinkedHashMap<>();
    another.put("customer.locale", "en-GB");
    another.put("customer.email", "ada@example.com");

    assertThat(wired.events.encode(update(oneOrder)).value())
        .isEqualTo(wired.events.encode(update(another)).value());
  }

  @Test
  void whatTheShopSaysOfACustomerIsKeptApartByItsPrefix() {
    Event event = update(Map.of("customer.channel", "shop", "channel", "email"));

    Event back = wired.event(Topic.CUSTOMERS, wired.events.encode(event).value());

    assertThat(back.get("customer.channel")).isEqualTo("shop");
    assertThat(back.get("channel")).isEqualTo("email");
  }

  @Test
  void anOrderOfNobodyIsAGuests() {
    byte[] value = wired.bytes(Topic.ORDERS, r -> r.set("customer_id", null));

    Event event = wired.event(Topic.ORDERS, value);

    assertThat(event.customer()).isEqualTo("anonymous:guest:o-1");
    assertThat(event.get(Attribute.ANONYMOUS_ID)).isEqualTo("guest:o-1");
    assertThat(event.get(Attribute.CUSTOMER_ID)).isNull();
    assertThat(wired.event(Topic.ORDERS, wired.events.encode(event).value())).isEqualTo(event);
  }

  @Test
  void anOrderOfAVisitorIsTheVisitors() {
    byte[] value =
        wired.bytes(Topic.ORDERS, r -> r.set("customer_id", null).set("anonymous_id", "v-9"));

    assertThat(wired.event(Topic.ORDERS, value).customer()).isEqualTo("anonymous:v-9");
  }

  @Test
  void anOutcomeMayRepeatTheVisitorOfItsTrigger() {
    byte[] value = wired.bytes(Topic.OUTCOMES, r -> r.set("customer_id", "anonymous:v-9"));

    Event event = wired.event(Topic.OUTCOMES, value);

    assertThat(event.customer()).isEqualTo("anonymous:v-9");
    assertThat(event.get(Attribute.ANONYMOUS_ID)).isEqualTo("v-9");
    assertThat(event.get(Attribute.CUSTOMER_ID)).isNull();
  }

  @Test
  void aCustomerWhomNoAttributeNamesIsNamedByTheKey() {
    Event known = new Event("e-1", NOON, "page_viewed", "ada", Map.of(), List.of(), Money.NONE);
    Event visitor =
        new Event("e-2", NOON, "page_viewed", "anonymous:v-9", Map.of(), List.of(), Money.NONE);

    assertThat(wired.event(Topic.CLICKSTREAM, wired.events.encode(known).value()).attributes())
        .isEqualTo(Map.of("customer_id", "ada"));
    assertThat(wired.event(Topic.CLICKSTREAM, wired.events.encode(visitor).value()).attributes())
        .isEqualTo(Map.of("anonymous_id", "v-9"));
  }

  @Test
  void anOrderWithoutATotalIsWorthItsLines() {
    byte[] value =
        wired.bytes(
            Topic.ORDERS,
            r ->
                r.set(
                        "lines",
                        List.of(
                            Wired.line(Topic.ORDERS, "mug", 2, 450),
                            Wired.line(Topic.ORDERS, "tea", 1, 1099)))
                    .set("currency", "GBP"));

    assertThat(wired.event(Topic.ORDERS, value).value()).isEqualTo(new Money(1999, "GBP"));
  }

  @Test
  void aRefundMayBeWrittenWithEitherSign() {
    for (long part : new long[] {450, -450}) {
      byte[] value =
          wired.bytes(
              Topic.ORDERS,
              r -> r.set("type", "order_refunded").set("value_minor", part).set("currency", "GBP"));

      assertThat(wired.event(Topic.ORDERS, value).value()).isEqualTo(new Money(part, "GBP"));
    }
  }

  @Test
  void aBlankTextSaysAsLittleAsNull() {
    byte[] value = wired.bytes(Topic.CLICKSTREAM, r -> r.set("campaign", " ").set("source", ""));

    assertThat(wired.event(Topic.CLICKSTREAM, value).attributes())
        .doesNotContainKeys("campaign", "source");
  }

  @Test
  void inAHistoricSpaceNoTimeIsTooLate() {
    Wired historic = new Wired(InputLimits.HISTORIC);
    byte[] value = historic.bytes(Topic.ORDERS, r -> r.set("occurred_at", Long.MAX_VALUE));

    assertThat(historic.event(Topic.ORDERS, value).at()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aProductComesBack() {
    Product mug =
        new Product(
            "mug", NOON, "Mug", "kitchen", new Money(450, "GBP"), false, List.of("tea", "tray"));

    assertThat(decoded(new ProductEncoder(PREFIX, wired.ids).encode(mug)))
        .isEqualTo(new Decoded.OfProduct(mug, Wired.origin(Topic.PRODUCTS)));
  }

  @Test
  void aProductOfWhichLittleIsKnownComesBack() {
    Product mug = new Product("mug", NOON, "", "", Money.NONE, true, List.of());

    assertThat(decoded(new ProductEncoder(PREFIX, wired.ids).encode(mug)))
        .isEqualTo(new Decoded.OfProduct(mug, Wired.origin(Topic.PRODUCTS)));
  }

  @Test
  void aProductWithoutAValueIsGone() {
    assertThat(decoded(new ProductEncoder(PREFIX, wired.ids).gone("mug", NOON)))
        .isEqualTo(new Decoded.ProductGone("mug", NOON, Wired.origin(Topic.PRODUCTS)));
  }

  @Test
  void whatTheTopicHasNoFieldForIsNotLostInSilence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wired.events.encode(update(Map.of("shoe_size", "42"))))
        .withMessageContaining("shoe_size");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wired.events.encode(update(Map.of("granted", "perhaps"))))
        .withMessageContaining("granted is 'perhaps'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                wired.events.encode(
                    new Event("e", NOON, "teleported", "ada", Map.of(), List.of(), Money.NONE)))
        .withMessageContaining("teleported");
  }

  private Decoded decoded(OutboundRecord record) {
    return wired.decode(Wired.origin(Topic.PRODUCTS), record.key(), record.value());
  }

  private static Event update(Map<String, String> attributes) {
    return new Event("e-1", NOON, "customer_updated", "ada", attributes, List.of(), Money.NONE);
  }

  private static Map<String, String> everyAttributeOf(Topic topic) {
    Map<String, String> attributes = new HashMap<>();
    for (Schema.Field field : topic.schema().getFields()) {
      if (EventFields.isAttribute(field)) {
        attributes.put(
            field.name(),
            switch (field.schema().getTypes().get(1).getType()) {
              case INT, LONG -> "3";
              case BOOLEAN -> "true";
              default -> "some " + field.name();
            });
      }
    }
    attributes.put("customer_id", "ada");
    attributes.computeIfPresent("sender", (name, any) -> "agent");
    if (topic == Topic.CUSTOMERS) {
      attributes.put("customer.email", "ada@example.com");
    }
    return attributes;
  }
}
