package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * A conversation: a bot answers first, then a person in seconds or minutes, the next day, or never.
 */
final class Chat {
  private static final Map<String, List<String>> QUESTIONS =
      Map.of(
          "sales",
          List.of("Which of these fits a small balcony?", "Is this in stock in my size?"),
          "support",
          List.of("Where is my order?", "How do I return one of the items?"),
          "other",
          List.of("Do you have a store near me?", "Can I change my newsletter address?"));
  private static final int AGENTS = 12;

  private final Person person;
  private final Dice dice;
  private final Journal visit;
  private final Journal journal;
  private final String subject;

  Chat(Person person, Journal visit) {
    this.person = person;
    this.dice = person.dice;
    this.visit = visit;
    this.journal = visit.pause(dice.around(10_000, 0.6)).beside();
    this.subject = subject();
    journal
        .always(Attribute.CONVERSATION_ID, "chat-" + dice.word(12))
        .always(Attribute.SUBJECT, subject);
  }

  /** Holds it; the visit goes on after a while, whether or not somebody has answered. */
  void hold() {
    journal.note(EventType.CONVERSATION_STARTED, Attribute.PAGE, "/help");
    says("customer", 2 * Rhythm.SECOND, dice.oneOf(QUESTIONS.get(subject)));
    says("bot", Rhythm.SECOND, "Thank you. Let me see what I can find for you.");
    if (dice.chance(subject.equals("sales") ? 0.1 : 0.35)) {
      says("customer", dice.around(15_000, 0.5), "Thank you, that helps.");
      resolve(0.3, 5);
    } else {
      says("customer", dice.around(25_000, 0.6), "I would rather ask a person.");
      waitForAnAgent();
    }
    visit.pause(dice.between(Rhythm.MINUTE, 6 * Rhythm.MINUTE));
  }

  private String subject() {
    double support = person.paidOrders > 0 ? 0.55 : 0.15;
    double what = dice.fraction();
    return what < support ? "support" : what < 0.9 ? "sales" : "other";
  }

  private void waitForAnAgent() {
    long askedAt = journal.now();
    boolean atWork = atWork(askedAt);
    if (dice.chance(atWork ? 0.08 : 0.5)) {
      if (dice.chance(0.5)) {
        says("customer", dice.between(2 * Rhythm.MINUTE, 6 * Rhythm.MINUTE), "Anybody there?");
      }
      return;
    }
    long wait = atWork ? dice.around(70 * Rhythm.SECOND, 1.1) : morning(askedAt) - askedAt;
    if (wait > 5 * Rhythm.MINUTE && dice.chance(0.4)) {
      says("customer", dice.between(2 * Rhythm.MINUTE, 4 * Rhythm.MINUTE), "Anybody there?");
    }
    journal.always(Attribute.AGENT_ID, "agent-" + dice.from(1, AGENTS));
    journal.pauseUntil(askedAt + wait * 7 / 10).note(EventType.CONVERSATION_ASSIGNED);
    journal.pauseUntil(askedAt + wait);
    says("agent", 0, "Hello, I am looking into it.");
    int rounds = dice.from(0, 3);
    for (int i = 0; i < rounds; i++) {
      says("customer", dice.around(30_000, 0.7), "I see. And what would you suggest?");
      says("agent", dice.around(45_000, 0.7), "I would do it like this.");
    }
    if (dice.chance(0.85)) {
      resolve(0.5, wait < 3 * Rhythm.MINUTE ? 5 : wait < 15 * Rhythm.MINUTE ? 4 : 2);
    }
  }

  private void resolve(double rates, int best) {
    journal.pause(dice.around(20_000, 0.5)).note(EventType.CONVERSATION_RESOLVED);
    if (dice.chance(rates)) {
      String stars = Integer.toString(Math.max(1, best - dice.below(best) * dice.below(2)));
      journal
          .pause(dice.around(15_000, 0.5))
          .note(EventType.CONVERSATION_RATED, Attribute.RATING, stars);
    }
  }

  private void says(String sender, long after, String text) {
    journal.pause(after).note(EventType.MESSAGE_SENT, Attribute.SENDER, sender, "text", text);
  }

  /** Staff answers from eight to eight, not on Sundays, where the shop is. */
  private static boolean atWork(long at) {
    LocalDateTime local = Country.DE.local(at);
    return local.getHour() >= 8 && local.getHour() < 20 && local.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private long morning(long after) {
    long at = after;
    while (!atWork(at)) {
      at += 10 * Rhythm.MINUTE;
    }
    return at + dice.around(6 * Rhythm.MINUTE, 0.8);
  }
}
