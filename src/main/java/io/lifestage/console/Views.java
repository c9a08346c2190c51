package io.lifestage.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifestage.metric.RollingWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The documents of the API, by name: what {@code GET} answers and what is sent when it changes. */
final class Views {
  /** The documents that go on by themselves. */
  static final Set<String> LIVE =
      Set.of("lifecycle", "checkout", "conversations", "triggers", "journeys", "job", "metrics");

  /**
   * Which document, and how.
   *
   * @param view one of {@link #LIVE}
   * @param reveal whether personal data is asked for
   * @param outcome the kind of decisions that is asked for, or null for all
   */
  record Query(String view, RollingWindow window, boolean reveal, String outcome) {}

  /** Further behind than this, event time is not now. */
  private static final Duration CATCHING_UP = Duration.ofMinutes(2);

  private final Board board;
  private final Masking masking;
  private final InstantSource clock;
  private final ObjectMapper json = new ObjectMapper();

  Views(Board board, Masking masking, InstantSource clock) {
    this.board = board;
    this.masking = masking;
    this.clock = clock;
  }

  /** The document as it is now. */
  byte[] document(Query query) {
    return bytes(board.look(all -> content(all, query)));
  }

  /** How the console and what it depends on are doing. */
  byte[] status() {
    return bytes(statusMap());
  }

  Map<String, Object> statusMap() {
    return board.look(
        all -> {
          Map<String, Object> map = new LinkedHashMap<>(all.health.asMap(clock.instant()));
          map.put(
              "event_time",
              all.metrics.now() == 0 ? null : Instant.ofEpochMilli(all.metrics.now()).toString());
          map.put("alerts_open", all.alarms.open());
          map.put("notices", notices(all));
          return map;
        });
  }

  /** What is as it should be and still to be known: numbers of now are not yet those of now. */
  private List<String> notices(Board all) {
    Duration behind = Duration.ofMillis(clock.millis() - all.metrics.now());
    if (!all.health.isWhole()) {
      return List.of("The topics are still being read; what is shown grows until then.");
    }
    if (all.metrics.now() == 0 || behind.compareTo(CATCHING_UP) < 0 || all.health.isSilent()) {
      return List.of();
    }
    Instant reached = Instant.ofEpochMilli(all.metrics.now()).truncatedTo(ChronoUnit.MINUTES);
    return List.of(
        "The job is catching up: it has decided everything until %s. Windows end there."
            .formatted(reached));
  }

  /** As JSON. */
  byte[] bytes(Object content) {
    try {
      return json.writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps, lists, texts and numbers can be written", e);
    }
  }

  private Map<String, Object> content(Board all, Query query) {
    Masking.Eye eye = masking.eye(query.reveal());
    RollingWindow window = query.window();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("view", query.view());
    map.put("window", window.label());
    map.put(
        "at", all.metrics.now() == 0 ? null : Instant.ofEpochMilli(all.metrics.now()).toString());
    map.putAll(
        switch (query.view()) {
          case "lifecycle" -> LifecycleView.of(all, window);
          case "checkout" -> CheckoutView.of(all, window);
          case "conversations" -> ConversationsView.of(all, window, eye);
          case "triggers" -> TriggersView.of(all, window, query.outcome(), eye);
          case "journeys" -> JourneysView.of(all, window);
          case "job" -> JobView.of(all, window, clock.instant(), eye);
          case "metrics" -> MetricsView.of(all, window);
          default -> throw new IllegalArgumentException(query.view());
        });
    return map;
  }
}
