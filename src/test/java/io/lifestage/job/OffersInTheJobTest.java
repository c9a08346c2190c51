package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.definition.RetailPack;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.operator.Bookkeeper;
import io.lifestage.operator.Crowd;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Origin;
import io.lifestage.wire.ReadBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What customers teach each other, in the whole job: the same offers in whichever order events come
 * in, on however many slots, and after a failure. Nothing is chosen by hand in this shop.
 */
class OffersInTheJobTest {
  private static final int DISORDER = 5_000;
  private static final Crowd CROWD = withoutHandChosen(Crowd.of(23, 600, 60));

  /** No metrics are looked at here. */
  private static final Instant LAST = Instant.ofEpochMilli(CROWD.end());

  private static List<String> expected;

  @RegisterExtension
  private static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @BeforeAll
  static void askTheCore() {
    Bookkeeper core = new Bookkeeper(CROWD.catalogue());
    CROWD.events().forEach(core::arrive);
    expected = core.passTo(CROWD.end()).linesWithOffers();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4"})
  void theOffersAreTheSameInAnyOrderOfArrivalAndOnAnyNumberOfSlots(long seed, int parallelism)
      throws Exception {
    Shelf shelf = Shelf.sound();

    WholeJobTest.run(RetailPack.sources(), inputs(seed), parallelism, CROWD.end(), 0, LAST, shelf);

    assertThat(WholeJobTest.decided(shelf)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(sources(shelf)).contains("learnt", "category");
    assertThat(sources(shelf)).filteredOn("learnt"::equals).hasSizeGreaterThan(20);
  }

  @Test
  void afterAFailureTheyAreTheSame() throws Exception {
    List<Decoded> inputs = inputs(4);
    Shelf shelf = Shelf.failingAt(5);

    WholeJobTest.run(RetailPack.sources(), inputs, 2, CROWD.end(), inputs.size() / 8, LAST, shelf);

    assertThat(shelf.failures()).isEqualTo(1);
    assertThat(WholeJobTest.decided(shelf)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> sources(Shelf shelf) {
    return shelf.records().stream()
        .filter(record -> record.topic().equals("triggers"))
        .flatMap(record -> items((List<?>) ReadBack.value(record).get("items")))
        .map(item -> String.valueOf(item.get("source")))
        .toList();
  }

  private static Stream<GenericRecord> items(List<?> items) {
    return items.stream().map(item -> (GenericRecord) item);
  }

  /** Each event up to the disorder bound after its time. */
  private static List<Decoded> inputs(long seed) {
    Random random = new Random(seed);
    List<Map.Entry<Long, Event>> arrivals = new ArrayList<>();
    for (Event event : CROWD.events()) {
      arrivals.add(Map.entry(event.at() + random.nextInt(DISORDER), event));
    }
    arrivals.sort(Comparator.comparingLong(Map.Entry::getKey));
    List<Decoded> inputs = new ArrayList<>();
    for (Product product : CROWD.products()) {
      inputs.add(
          new Decoded.OfProduct(
              product, new Origin("products", 0, inputs.size(), product.effectiveAt())));
    }
    inputs.addAll(WholeJobTest.read(arrivals.stream().map(Map.Entry::getValue).toList()));
    return inputs;
  }

  private static Crowd withoutHandChosen(Crowd crowd) {
    Product[] plain =
        Stream.of(crowd.products())
            .map(
                p ->
                    new Product(
                        p.sku(),
                        p.effectiveAt(),
                        p.name(),
                        p.category(),
                        p.price(),
                        p.available(),
                        List.of()))
            .toArray(Product[]::new);
    return new Crowd(crowd.seed(), crowd.events(), plain, crowd.end());
  }
}
