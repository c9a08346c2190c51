package io.lifestage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The orders in which events are tried. */
class ArrivalsTest {
  private static final long BOUND = 5_000;

  @Test
  void fewEventsComeInEveryOrderThatTheBoundLetsBe() {
    assertThat(firsts(0, 1_000, 2_000)).hasSize(6);
    assertThat(firsts(0, 5_000)).hasSize(2);
    assertThat(firsts(0, 5_001)).hasSize(1);
    // The first may stand behind the second, and the third before it, but not both.
    assertThat(firsts(0, 3_000, 6_000)).hasSize(3);
  }

  @Test
  void manyEventsComeInADrawnSampleWithinTheBound() {
    long[] moments = new Random(3).longs(60, 1, 60_000).sorted().toArray();
    List<List<Event>> orders = orders(moments);

    assertThat(orders).hasSize(120);
    assertThat(new HashSet<>(orders)).hasSizeGreaterThan(100);
    for (List<Event> order : orders) {
      long latest = 0;
      for (Event event : order) {
        latest = Math.max(latest, event.at());
        assertThat(latest - event.at()).isLessThanOrEqualTo(BOUND);
      }
    }
  }

  @Test
  void everyEventComesTwiceInSomeOrder() {
    assertThat(orders(0, 10_000, 20_000))
        .extracting(Arrivals::told)
        .containsExactly("e0, e0 again, e1, e2", "e0, e1, e1 again, e2", "e0, e1, e2, e2 again");
  }

  @Test
  void aSeedGivesTheSameOrders() {
    long[] moments = new long[20];
    assertThat(orders(moments)).isEqualTo(orders(moments));
  }

  /** The orders without what comes twice. */
  private static Set<List<Event>> firsts(long... moments) {
    Set<List<Event>> firsts = new HashSet<>();
    orders(moments).forEach(order -> firsts.add(order.stream().distinct().toList()));
    return firsts;
  }

  private static List<List<Event>> orders(long... moments) {
    List<Event> events = new ArrayList<>();
    for (long moment : moments) {
      String id = "e" + events.size();
      events.add(new Event(id, moment + 1, "page_viewed", "ada", Map.of(), List.of(), Money.NONE));
    }
    return new Arrivals(events, BOUND, 120).orders(new Random(1));
  }
}
