package io.lifestage.lifecycle;

import java.util.Objects;

/**
 * A chat that is not resolved.
 *
 * @param id the chat system's number
 * @param subject sales, support or other; empty where nobody said
 * @param startedAt when it began, epoch milliseconds
 * @param askedAt when the customer wrote what no person has answered yet; 0 where all is answered
 * @param answeredAt when a person first answered; 0 where none has
 */
public record Conversation(
    String id, String subject, long startedAt, long askedAt, long answeredAt) {

  public Conversation {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(subject, "subject");
  }

  /** A conversation that has just begun, no message counted. */
  public static Conversation started(String id, long at) {
    return new Conversation(id, "", at, 0, 0);
  }

  /** Whether the customer waits for a person. A bot's answer does not end the waiting. */
  public boolean waiting() {
    return askedAt > 0;
  }

  /** The conversation with this event folded in. */
  public Conversation after(Event event) {
    String about = event.get(Attribute.SUBJECT) == null ? subject : event.get(Attribute.SUBJECT);
    if (!event.type().equals(EventType.MESSAGE_SENT)) {
      return new Conversation(id, about, startedAt, askedAt, answeredAt);
    }
    if (event.says(Attribute.SENDER, "customer")) {
      long asked = askedAt > 0 ? askedAt : event.at();
      return new Conversation(id, about, startedAt, asked, answeredAt);
    }
    if (event.says(Attribute.SENDER, "agent")) {
      long answered = answeredAt > 0 ? answeredAt : event.at();
      return new Conversation(id, about, startedAt, 0, answered);
    }
    return new Conversation(id, about, startedAt, askedAt, answeredAt);
  }
}
