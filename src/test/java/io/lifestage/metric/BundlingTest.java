package io.lifestage.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BundlingTest {
  private static final long PANE = 1_700_000_000_000L;

  private final Bundling bundling = new Bundling();

  @Test
  void oneObservationStandsForAllOfALabelAndPane() {
    bundling.add(Observation.of(Metrics.REVENUE, "currency", "EUR", PANE + 1, 500));
    bundling.add(Observation.of(Metrics.REVENUE, "currency", "EUR", PANE + 4_999, 700));
    bundling.add(Observation.of(Metrics.REVENUE, "currency", "EUR", PANE + 5_000, 900));
    bundling.add(Observation.of(Metrics.REVENUE, "currency", "USD", PANE, 10));
    bundling.add(Observation.one(Metrics.EVENTS, "type", "order_placed", PANE));

    assertThat(bundling.drain())
        .containsExactly(
            new ObservationBundle(
                Metrics.REVENUE,
                "currency",
                List.of(
                    new Observation(Metrics.REVENUE, "currency", "EUR", PANE, 2, 1200),
                    new Observation(Metrics.REVENUE, "currency", "EUR", PANE + 5_000, 1, 900),
                    new Observation(Metrics.REVENUE, "currency", "USD", PANE, 1, 10))),
            new ObservationBundle(
                Metrics.EVENTS,
                "type",
                List.of(Observation.one(Metrics.EVENTS, "type", "order_placed", PANE))));
    assertThat(bundling.drain()).isEmpty();
  }

  @Test
  void aSketchHoldsTheQuantitiesThatWereAddedUp() {
    Observation late = Observation.of(Metrics.CHAT_RESPONSE, "subject", "sales", PANE + 2, 70_000);
    bundling.add(Observation.of(Metrics.CHAT_RESPONSE, "subject", "sales", PANE + 1, 1_000));
    bundling.add(late);
    bundling.add(late.withdrawn());

    Observation bundled = bundling.drain().get(0).observations().get(0);

    assertThat(bundled.count()).isEqualTo(1);
    assertThat(bundled.sum()).isEqualTo(1_000);
    assertThat(bundled.sketch().estimates().p99()).isEqualTo(1_002);
  }

  @Test
  void aSketchTellsApartTheCustomersWhoseVisitsWereAddedUp() {
    for (String customer : List.of("ada", "bob", "ada")) {
      bundling.add(Observation.of(Metrics.REACH, "source", "search", PANE, customer));
    }

    Observation bundled = bundling.drain().get(0).observations().get(0);

    assertThat(bundled.count()).isEqualTo(3);
    assertThat(bundled.sum()).isZero();
    assertThat(bundled.sketch().estimates().distinct()).isEqualTo(2);
  }

  @Test
  void ofReadingsTheLatestStands() {
    Observation latest = new Observation(Metrics.LAG, "topic", "chat", PANE + 3, 8, 0);
    bundling.add(new Observation(Metrics.LAG, "topic", "chat", PANE + 1, 5, 0));
    bundling.add(latest);
    bundling.add(new Observation(Metrics.LAG, "topic", "chat", PANE + 2, 6, 0));

    assertThat(bundling.drain())
        .containsExactly(new ObservationBundle(Metrics.LAG, "topic", List.of(latest)));
  }
}
