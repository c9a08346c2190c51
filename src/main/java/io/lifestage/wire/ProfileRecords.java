package io.lifestage.wire;

import static io.lifestage.wire.AvroRecords.at;
import static io.lifestage.wire.AvroRecords.atOrNull;
import static io.lifestage.wire.AvroRecords.lines;
import static io.lifestage.wire.AvroRecords.sorted;
import static io.lifestage.wire.AvroRecords.textOrNull;

import io.lifestage.decision.Profile;
import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.wire.avro.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Profiles as Avro records. */
final class ProfileRecords {
  private ProfileRecords() {}

  static io.lifestage.wire.avro.Profile of(Profile profile) {
    return io.lifestage.wire.avro.Profile.newBuilder()
        .setCustomer(profile.customer())
        .setAt(at(profile.at()))
        .setStage(profile.stage())
        .setCycle(profile.cycle())
        .setStageSince(profile.stage() == null ? null : at(profile.stageSince()))
        .setFirstSeenAt(atOrNull(profile.firstSeenAt()))
        .setLastActivityAt(atOrNull(profile.lastActivityAt()))
        .setFirstTouch(sorted(profile.firstTouch()))
        .setTraits(sorted(numbers(profile.traits())))
        .setTraitTexts(sorted(texts(profile.traits())))
        .setSegments(profile.segments())
        .setOpenCarts(profile.openCarts().stream().map(ProfileRecords::cart).toList())
        .setOpenConversations(
            profile.openConversations().stream().map(ProfileRecords::conversation).toList())
        .setOrders(profile.orders().stream().map(ProfileRecords::order).toList())
        .setPaidOrders(profile.paidOrders())
        .setLifetimeValueMinor(sorted(profile.lifetimeValue()))
        .setConsents(sorted(profile.consents()))
        .setAttributes(sorted(profile.attributes()))
        .setJourneys(profile.journeys().stream().map(ProfileRecords::run).toList())
        .setEvents(profile.events())
        .build();
  }

  private static Map<String, Double> numbers(Map<String, Object> traits) {
    Map<String, Double> numbers = new HashMap<>();
    traits.forEach(
        (name, value) -> {
          if (value instanceof Number number) {
            numbers.put(name, number.doubleValue());
          } else if (value instanceof Boolean flag) {
            numbers.put(name, flag ? 1d : 0d);
          } else if (value instanceof Instant time) {
            numbers.put(name, (double) time.toEpochMilli());
          } else if (value instanceof Duration duration) {
            numbers.put(name, (double) duration.toMillis());
          }
        });
    return numbers;
  }

  private static Map<String, String> texts(Map<String, Object> traits) {
    Map<String, String> texts = new HashMap<>();
    traits.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            texts.put(name, text);
          }
        });
    return texts;
  }

  private static io.lifestage.wire.avro.Cart cart(Cart cart) {
    return new io.lifestage.wire.avro.Cart(
        cart.id(),
        lines(cart.lines()),
        textOrNull(cart.currency()),
        at(cart.openedAt()),
        at(cart.changedAt()),
        cart.checkout(),
        cart.abandoned());
  }

  private static io.lifestage.wire.avro.Conversation conversation(Conversation conversation) {
    return new io.lifestage.wire.avro.Conversation(
        conversation.id(),
        textOrNull(conversation.subject()),
        at(conversation.startedAt()),
        atOrNull(conversation.askedAt()),
        atOrNull(conversation.answeredAt()));
  }

  private static io.lifestage.wire.avro.Order order(Order order) {
    boolean priced = !order.total().equals(Money.NONE);
    return new io.lifestage.wire.avro.Order(
        order.id(),
        lines(order.lines()),
        priced ? order.total().minor() : null,
        priced ? order.total().currency() : null,
        order.refunded(),
        atOrNull(order.placedAt()),
        atOrNull(order.paidAt()),
        atOrNull(order.deliveredAt()),
        atOrNull(order.cancelledAt()));
  }

  private static Run run(Profile.Run of) {
    Instance run = of.instance();
    return new Run(
        run.journey(),
        run.version(),
        run.key(),
        at(run.enteredAt()),
        run.step(),
        of.step(),
        at(run.stepSince()),
        at(run.wakeAt()),
        AvroRecords.ids(run.causes()));
  }
}
