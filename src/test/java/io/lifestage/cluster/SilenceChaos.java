package io.lifestage.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody says anything any more, by the wall's clock. The windows of an hour and of a day fall in
 * {@link LifecycleIT}, where time runs on by itself.
 */
class SilenceChaos {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @AutoClose private static Installation installation;

  @BeforeAll
  static void startEverything(@TempDir Path folder) throws Exception {
    installation = Installation.start(folder, 1);
  }

  @Test
  void windowsOfOneAndFiveMinutesFallToZeroByThemselves() throws Exception {
    String job = installation.submitJob("--disorder", "1s");
    Instant now = Instant.now();
    installation.send(
        "",
        List.of(
            Happenings.orderPlaced("ada", "o-1", now), Happenings.pageViewed("ben", "page", now)));

    await("something to be counted")
        .atMost(PATIENCE)
        .until(() -> latest("/5m").values().stream().anyMatch(count -> count > 0));
    await("the windows to fall to zero")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              assertThat(latest("/1m").values()).isNotEmpty().containsOnly(0L);
              assertThat(latest("/5m").values()).isNotEmpty().containsOnly(0L);
            });
    assertThat(installation.flink.restarts(job)).isZero();
  }

  /** The last value of each series whose window is this. */
  private static Map<String, Long> latest(String window) throws Exception {
    StockReader stock = new StockReader(installation.registry.url());
    Map<String, Long> latest = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> point : installation.committed("metrics")) {
      String series = new String(point.key(), UTF_8);
      if (series.endsWith(window)) {
        latest.put(series, (Long) stock.read(point.value()).get("count"));
      }
    }
    return latest;
  }
}
