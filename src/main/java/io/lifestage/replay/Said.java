package io.lifestage.replay;

import io.lifestage.decision.Customer;
import io.lifestage.definition.Moments;
import io.lifestage.definition.Spec.Aspect;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Transition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that the engine said.
 *
 * @param aspect what kind of thing
 * @param at when, epoch milliseconds
 * @param texts what it says, by the names that specifications use
 * @param because the ids of the events that it rests on
 * @param whole all of it: two that say the same are equal in it
 */
record Said(Aspect aspect, long at, Map<String, String> texts, List<String> because, String whole) {

  static Said of(Transition transition, long start) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("at", Moments.offset(transition.at(), start));
    texts.put("from", orNone(transition.from()));
    texts.put("to", transition.to());
    texts.put("cause", transition.cause());
    texts.put("cycle", String.valueOf(transition.cycle()));
    return new Said(
        Aspect.TRANSITION, transition.at(), texts, transition.evidence(), transition.toString());
  }

  static Said of(Trigger trigger, long start) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("at", Moments.offset(trigger.at(), start));
    texts.put("journey", trigger.journey());
    texts.put("kind", trigger.kind());
    texts.put("instance", trigger.instanceKey());
    texts.put("to", trigger.audience().name().toLowerCase(Locale.ROOT));
    texts.put("channel", trigger.channel());
    texts.put("template", trigger.template());
    texts.put("priority", String.valueOf(trigger.priority()));
    texts.put("items", String.join(", ", trigger.items().stream().map(i -> i.sku()).toList()));
    texts.put("expires", Moments.offset(trigger.expiresAt(), start));
    trigger.data().forEach((name, value) -> texts.put("data." + name, value));
    return new Said(Aspect.TRIGGER, trigger.at(), texts, ids(trigger.causes()), trigger.toString());
  }

  static Said of(Decision decision, long start) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("at", Moments.offset(decision.at(), start));
    texts.put("journey", decision.journey());
    texts.put("instance", decision.instanceKey());
    if (decision.step() != null) {
      texts.put("step", decision.step());
    }
    texts.put("outcome", decision.outcome().name().toLowerCase(Locale.ROOT));
    texts.put("reason", decision.reason());
    return new Said(
        Aspect.DECISION, decision.at(), texts, ids(decision.causes()), decision.toString());
  }

  /** The customer at a moment. */
  static Said of(Customer customer, long at) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("stage", orNone(customer.stage()));
    texts.put("cycle", String.valueOf(customer.cycle()));
    return new Said(Aspect.CUSTOMER, at, texts, List.of(), texts.toString());
  }

  /** Whether it has all of these texts. */
  boolean has(Map<String, String> some) {
    return some.entrySet().stream().allMatch(e -> e.getValue().equals(texts.get(e.getKey())));
  }

  private static String orNone(String stage) {
    return stage == null ? "none" : stage;
  }

  private static List<String> ids(List<Cause> causes) {
    List<String> ids = new ArrayList<>();
    causes.forEach(cause -> ids.add(cause.event()));
    return ids;
  }
}
