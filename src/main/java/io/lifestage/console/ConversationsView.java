package io.lifestage.console;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.console.People.OpenChat;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Ratios;
import io.lifestage.metric.RollingWindow;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chats: which are open, who waits for an answer, and how long answers take. */
final class ConversationsView {
  private static final String SUBJECT = "subject";
  private static final int SHOWN = 100;

  private ConversationsView() {}

  static Map<String, Object> of(Board board, RollingWindow window, Masking.Eye eye) {
    MetricBook book = board.metrics;
    Collection<OpenChat> open = board.people.openChats();
    List<OpenChat> waiting =
        open.stream()
            .filter(chat -> chat.askedAt() != null)
            .sorted(Comparator.comparing(OpenChat::askedAt))
            .toList();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("open", open.size());
    map.put("waiting", waiting.size());
    map.put("by_subject", bySubject(open));
    map.put("longest_waiting", waiting.stream().limit(SHOWN).map(chat -> chat(chat, eye)).toList());
    map.put("started", Numbers.split(book, Metrics.CHATS_STARTED, SUBJECT, window));
    map.put("first_answers", Numbers.split(book, Metrics.CHAT_RESPONSE, SUBJECT, window));
    map.put("satisfaction", Numbers.split(book, Metrics.SATISFACTION, SUBJECT, window));
    map.put(
        "mean_satisfaction", Numbers.ratio(book, Ratios.definition("mean_satisfaction"), window));
    map.put("unanswered_share", Numbers.ratio(book, Ratios.definition("unanswered_share"), window));
    map.put("course", course(book, window));
    return map;
  }

  private static List<Map<String, Object>> bySubject(Collection<OpenChat> open) {
    Map<String, long[]> counts = new TreeMap<>();
    for (OpenChat chat : open) {
      long[] pair = counts.computeIfAbsent(chat.subject(), any -> new long[2]);
      pair[0]++;
      pair[1] += chat.askedAt() == null ? 0 : 1;
    }
    return counts.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue()[0]))
        .map(
            entry -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("label", entry.getKey());
              row.put("open", entry.getValue()[0]);
              row.put("waiting", entry.getValue()[1]);
              return row;
            })
        .toList();
  }

  private static Map<String, Object> chat(OpenChat chat, Masking.Eye eye) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("customer", eye.customer(chat.customer()));
    map.put("conversation", eye.id(chat.conversation()));
    map.put("subject", chat.subject());
    map.put("started_at", String.valueOf(chat.startedAt()));
    map.put("asked_at", String.valueOf(chat.askedAt()));
    map.put("answered_before", chat.answeredAt() != null);
    return map;
  }

  private static Map<String, Object> course(MetricBook book, RollingWindow window) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", Numbers.moments(book, window));
    map.put("started", Numbers.course(book, Metrics.CHATS_STARTED, window, Value::count));
    map.put(
        "mean_response_s",
        Numbers.course(
            book,
            Metrics.CHAT_RESPONSE,
            window,
            value -> value.count() == 0 ? 0 : value.sum() / 1000.0 / value.count()));
    return map;
  }
}
