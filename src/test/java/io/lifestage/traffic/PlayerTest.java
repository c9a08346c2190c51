package io.lifestage.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.lifestage.lifecycle.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayerTest {
  private static final World WORLD =
      new World(1, 200, Worlds.BEGINNING, Worlds.SEASON, Worlds.day(10), 0.2);
  private static final Assortment SHOP = Assortment.homeAndGarden();

  private final Sent sent = new Sent();
  private long now;

  @Test
  void thePastIsPlayedAtOnceAndTheRestWhenItsTimeComes() throws Exception {
    now = Worlds.day(10);

    play(Continuation.fromTheBeginning(WORLD, SHOP), Worlds.day(11));

    assertThat(sent.events).isEqualTo(Worlds.told(WORLD, 11));
    for (int i = 0; i < sent.events.size(); i++) {
      long due = Math.max(Worlds.day(10), sent.events.get(i).at());
      assertThat(sent.times.get(i)).isBetween(due, due + 1);
    }
  }

  @Test
  void stoppedAndResumedAtOnceItTellsWhatOneLongRunTells() throws Exception {
    now = Worlds.day(12);
    Continuation first = Continuation.fromTheBeginning(WORLD, SHOP);
    sent.stopAfter = 3_000;
    play(first, Worlds.day(14));
    sent.stopAfter = Integer.MAX_VALUE;
    Bookmark last = Bookmark.read(sent.bookmark).orElseThrow();

    play(Continuation.after(last, SHOP), Worlds.day(14));

    assertThat(last.told()).isBetween(3_000L, 3_001L);
    assertThat(sent.events).isEqualTo(Worlds.told(WORLD, 14));
  }

  @Test
  void troubleThatBeginsWhileItIsStoppedLeavesWhatWasToldAndIsThereWhenItIsResumedAgain()
      throws Exception {
    now = Worlds.day(12);
    play(Continuation.fromTheBeginning(WORLD, SHOP), Worlds.day(12));
    Trouble trouble = new Trouble("payment", 1, Worlds.day(12), Worlds.day(16));
    World troubled = WORLD.troubledBy(List.of(trouble));

    play(
        Continuation.after(lastBookmark(), SHOP).troubledBy(List.of(trouble), SHOP),
        Worlds.day(14));
    now = Worlds.day(14);
    play(Continuation.after(lastBookmark(), SHOP), Worlds.day(18));

    assertThat(sent.events).isEqualTo(Worlds.told(troubled, 18));
    assertThat(sent.events).isNotEqualTo(Worlds.told(WORLD, 18));
  }

  @Test
  void troubleThatWouldChangeWhatWasToldIsRefused() throws Exception {
    now = Worlds.day(12);
    play(Continuation.fromTheBeginning(WORLD, SHOP), Worlds.day(12));
    Continuation after = Continuation.after(lastBookmark(), SHOP);
    Trouble tooEarly = new Trouble("payment", 1, Worlds.day(11), Worlds.day(16));

    assertThatThrownBy(() -> after.troubledBy(List.of(tooEarly), SHOP))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("told already");
  }

  @Test
  void resumedAfterAnOutageTheWorldHasStoodStill() throws Exception {
    now = Worlds.day(11);
    play(Continuation.fromTheBeginning(WORLD, SHOP), Worlds.day(11));
    Bookmark last = Bookmark.read(sent.bookmark).orElseThrow();
    List<Event> before = List.copyOf(sent.events);
    now = Worlds.day(11) + Duration.ofHours(5).toMillis();

    Continuation resumed = Continuation.after(last, SHOP).resumedAt(now);
    play(resumed, now + Duration.ofHours(6).toMillis());

    List<Event> after = sent.events.subList(before.size(), sent.events.size());
    List<Event> unshifted = Worlds.told(WORLD, 12).subList(before.size(), sent.events.size());
    assertThat(after).isNotEmpty().allMatch(event -> event.at() >= Worlds.day(11) + 5 * 3_600_000);
    assertThat(after).extracting(Event::id).isEqualTo(unshifted.stream().map(Event::id).toList());
    assertThat(after.get(0).at()).isEqualTo(Worlds.day(11) + 5 * 3_600_000);
    assertThat(Bookmark.read(sent.bookmark).orElseThrow().shift())
        .isEqualTo(resumed.from().shift());
  }

  @Test
  void anUnfinishedPastIsFinishedWithoutAShift() {
    Bookmark inThePast = new Bookmark(WORLD, 0, 10);
    Continuation after = Continuation.after(inThePast, SHOP);

    Continuation resumed = after.resumedAt(Worlds.day(11));

    assertThat(after.isInThePast()).isTrue();
    assertThat(resumed.from()).isEqualTo(inThePast);
  }

  @Test
  void aPastToldToItsEndIsOverThoughNothingHasHappenedSince() throws Exception {
    now = Worlds.day(11);
    play(Continuation.fromTheBeginning(WORLD, SHOP), now);
    Bookmark last = Bookmark.read(sent.bookmark).orElseThrow();
    Continuation after = Continuation.after(last, SHOP);

    Continuation resumed = after.resumedAt(now);

    assertThat(after.isInThePast()).isFalse();
    assertThat(resumed.from()).as("nobody waited for anything").isEqualTo(last);
  }

  @Test
  void aWorldUnseenUntilNowTellsNothingOfItsPast() throws Exception {
    now = Worlds.day(11);

    play(Continuation.unseenUntil(now, WORLD, SHOP), Worlds.day(12));

    assertThat(sent.events).isNotEmpty().allMatch(event -> event.at() >= Worlds.day(11));
  }

  @Test
  void fasterThanTheWallADayTakesAsMuchLess() throws Exception {
    now = 1_000;
    Continuation world = Continuation.fromTheBeginning(WORLD, SHOP);

    play(world, Pace.faster(24), Worlds.day(1));

    assertThat(now - 1_000).isBetween(0L, 3_600_000L);
    assertThat(sent.times.get(sent.times.size() - 1) - 1_000)
        .isCloseTo(
            (sent.events.get(sent.events.size() - 1).at() - sent.events.get(0).at()) / 24,
            offset(2L));
  }

  private Bookmark lastBookmark() {
    return Bookmark.read(sent.bookmark).orElseThrow();
  }

  private void play(Continuation continuation, long end) throws Exception {
    play(continuation, Pace.live(continuation.from().shift()), end);
  }

  /** The clock stands still but for waiting, so a wait of any length takes no time. */
  private void play(Continuation continuation, Pace pace, long end) throws Exception {
    Player player =
        new Player(
            continuation.from(),
            pace,
            () -> now,
            millis -> now += Math.max(1, millis),
            (count, at, wall, caughtUp) -> {});
    sent.player = player;
    player.play(
        new Disturbance(
            continuation.simulation(), continuation.from().told(), Disturbance.Wish.NONE, 1),
        sent,
        end);
  }

  private final class Sent implements Outlet {
    private final List<Event> events = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private String bookmark;
    private Player player;
    private int stopAfter = Integer.MAX_VALUE;

    @Override
    public void send(Event event, String mark) throws IOException {
      events.add(event);
      times.add(now);
      bookmark = mark;
      if (events.size() == stopAfter) {
        player.stop();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
