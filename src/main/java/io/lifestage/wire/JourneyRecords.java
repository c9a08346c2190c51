package io.lifestage.wire;

import static io.lifestage.wire.AvroRecords.at;
import static io.lifestage.wire.AvroRecords.numberOrNull;
import static io.lifestage.wire.AvroRecords.sorted;
import static io.lifestage.wire.AvroRecords.textOrNull;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;
import io.lifestage.wire.avro.Audience;
import io.lifestage.wire.avro.DecisionOutcome;
import io.lifestage.wire.avro.Item;
import io.lifestage.wire.avro.TakenBack;
import io.lifestage.wire.avro.TriggerStatus;
import io.lifestage.wire.avro.Verdict;

/** Triggers and decisions as Avro records. */
final class JourneyRecords {
  private JourneyRecords() {}

  static io.lifestage.wire.avro.Trigger of(Trigger trigger) {
    return io.lifestage.wire.avro.Trigger.newBuilder()
        .setTriggerId(trigger.id())
        .setStatus(TriggerStatus.valueOf(trigger.status().name()))
        .setKind(trigger.kind())
        .setJourney(trigger.journey())
        .setJourneyVersion(trigger.version())
        .setInstanceKey(trigger.instanceKey())
        .setCustomer(trigger.customer())
        .setAudience(Audience.valueOf(trigger.audience().name()))
        .setChannel(trigger.channel())
        .setTemplate(trigger.template())
        .setData(sorted(trigger.data()))
        .setItems(trigger.items().stream().map(JourneyRecords::item).toList())
        .setPriority(trigger.priority())
        .setOfferValueMinor(numberOrNull(trigger.offerValue()))
        .setAt(at(trigger.at()))
        .setNotBefore(at(trigger.notBefore()))
        .setExpiresAt(at(trigger.expiresAt()))
        .setStage(trigger.stage())
        .setCycle(trigger.cycle() == 0 ? null : trigger.cycle())
        .setCauses(AvroRecords.ids(trigger.causes()))
        .setCausePlaces(AvroRecords.places(trigger.causes()))
        .setRevision(trigger.revision())
        .build();
  }

  static io.lifestage.wire.avro.Decision of(Decision decision) {
    return io.lifestage.wire.avro.Decision.newBuilder()
        .setJourney(decision.journey())
        .setJourneyVersion(decision.version())
        .setCustomer(decision.customer())
        .setInstanceKey(decision.instanceKey())
        .setOutcome(DecisionOutcome.valueOf(decision.outcome().name()))
        .setReason(decision.reason())
        .setAt(at(decision.at()))
        .setStage(decision.stage())
        .setStep(decision.step())
        .setTriggerId(decision.triggerId())
        .setDecidedBy(decision.decidedBy())
        .setUntil(AvroRecords.atOrNull(decision.until()))
        .setVerdicts(
            decision.verdicts().stream()
                .map(v -> new Verdict(v.guard(), v.passed(), v.detail()))
                .toList())
        .setCauses(AvroRecords.ids(decision.causes()))
        .setCausePlaces(AvroRecords.places(decision.causes()))
        .setTakesBack(decision.takesBack() == null ? null : takenBack(decision.takesBack()))
        .build();
  }

  private static TakenBack takenBack(Decision.TakenBack gone) {
    return new TakenBack(
        DecisionOutcome.valueOf(gone.outcome().name()), gone.reason(), at(gone.at()));
  }

  private static Item item(Trigger.Item item) {
    boolean priced = item.price() != 0;
    Trigger.Fit fit = item.fit();
    boolean learnt = fit != null && fit.support() > 0;
    return new Item(
        item.sku(),
        item.name(),
        item.category(),
        priced ? item.price() : null,
        priced ? textOrNull(item.currency()) : null,
        numberOrNull(item.quantity()),
        item.score(),
        fit == null ? null : fit.source(),
        learnt ? fit.support() : null,
        learnt ? fit.lift() : null,
        numberOrNull(item.priceThen()));
  }
}
