package io.lifestage.traffic;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.traffic.Disturbance.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
  private static final List<Event> EVENTS = Worlds.told(Worlds.of(42, 300, 0), 60);
  private static final Wish DISORDER = new Wish(Duration.ofSeconds(30), 0, 0);

  @Test
  void withoutAWishNothingChanges() {
    assertThat(disturbed(Wish.NONE)).extracting(Sending::event).isEqualTo(EVENTS);
    assertThat(disturbed(Wish.NONE)).allMatch(s -> s.at() == s.event().at());
  }

  @Test
  void disorderSendsEveryEventOnceAndNotInOrder() {
    List<Sending> sendings = disturbed(DISORDER);

    assertThat(sendings).extracting(Sending::event).containsExactlyInAnyOrderElementsOf(EVENTS);
    assertThat(sendings).extracting(Sending::event).isNotEqualTo(EVENTS);
  }

  @Test
  void noEventIsOvertakenByMoreThanTheDisorder() {
    long latest = 0;
    for (Sending sending : disturbed(DISORDER)) {
      assertThat(latest - sending.event().at()).isLessThanOrEqualTo(30_000);
      latest = Math.max(latest, sending.event().at());
    }
  }

  @Test
  void sendingsComeInTheOrderOfTheirTime() {
    assertThat(disturbed(new Wish(Duration.ofSeconds(3), 0.1, 0.1)))
        .isSortedAccordingTo(Comparator.comparingLong(Sending::at));
  }

  @Test
  void duplicatesAreTheSameEventAgain() {
    List<Sending> sendings = disturbed(new Wish(Duration.ZERO, 0.1, 0));
    var byId = sendings.stream().map(Sending::event).collect(groupingBy(Event::id));

    assertThat(sendings.size() - EVENTS.size())
        .isBetween(EVENTS.size() * 8 / 100, EVENTS.size() * 12 / 100);
    assertThat(byId.values()).allMatch(same -> same.stream().distinct().count() == 1);
  }

  @Test
  void lateEventsAreHeldBackForMinutesToHours() {
    List<Sending> sendings = disturbed(new Wish(Duration.ofSeconds(3), 0, 0.05));
    long late = sendings.stream().filter(s -> s.at() - s.event().at() > 600_000 - 1).count();

    assertThat(sendings).hasSameSizeAs(EVENTS);
    assertThat(late).isBetween(EVENTS.size() * 4L / 100, EVENTS.size() * 6L / 100);
    assertThat(sendings).allMatch(s -> s.at() - s.event().at() < 7_200_000);
  }

  @Test
  void theSameSeedDisturbsInTheSameWay() {
    Wish wish = new Wish(Duration.ofSeconds(3), 0.01, 0.01);

    assertThat(disturbed(wish)).isEqualTo(disturbed(wish));
  }

  @Test
  void whatIsReleasedIsWhatHasHappenedAndWasHeldBack() {
    Disturbance disturbance =
        new Disturbance(EVENTS.iterator(), 0, new Wish(Duration.ofHours(1), 0, 0), 1);
    List<Event> sent = new ArrayList<>();
    long reached = 0;
    for (int i = 0; i < 1_000; i++) {
      Sending sending = disturbance.next();
      reached = sending.at();
      sent.add(sending.event());
    }
    disturbance.release(reached).forEach(sending -> sent.add(sending.event()));

    long moment = reached;
    assertThat(sent)
        .containsExactlyInAnyOrderElementsOf(
            EVENTS.stream().filter(event -> event.at() <= moment).toList());
  }

  private static List<Sending> disturbed(Wish wish) {
    List<Sending> sendings = new ArrayList<>();
    new Disturbance(EVENTS.iterator(), 0, wish, 1).forEachRemaining(sendings::add);
    return sendings;
  }
}
