package io.lifestage.decision;

import io.lifestage.lifecycle.Conversation;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.util.Map;

/** How many customers wait for a person, as the metrics are told of it. */
final class Questions {
  private Questions() {}

  /** Who waits for a person now, and who did before; also of conversations that are forgotten. */
  static void observe(Draft draft, Map<String, Conversation> before) {
    for (Conversation chat : before.values()) {
      if (chat.waiting() && !waitsAlike(chat, draft.conversations.get(chat.id()))) {
        draft.effects.observations().add(waiting(draft, chat).withdrawn());
      }
    }
    for (Conversation chat : draft.conversations.values()) {
      if (chat.waiting() && !waitsAlike(chat, before.get(chat.id()))) {
        draft.effects.observations().add(waiting(draft, chat));
      }
    }
  }

  private static boolean waitsAlike(Conversation chat, Conversation other) {
    return other != null && other.waiting() && other.subject().equals(chat.subject());
  }

  private static Observation waiting(Draft draft, Conversation chat) {
    return Observation.one(Metrics.QUESTIONS_WAITING, "subject", chat.subject(), draft.now());
  }
}
