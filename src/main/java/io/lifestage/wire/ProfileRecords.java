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
        .setTraits(sorted(profile.traits()))
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

  private static Run run(Instance run) {
    return new Run(
        run.journey(),
        run.version(),
        run.key(),
        at(run.enteredAt()),
        run.step(),
        at(run.stepSince()),
        at(run.wakeAt()),
        run.causes());
  }
}
