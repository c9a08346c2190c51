package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Look;
import io.lifestage.offer.Look.Mark;
import io.lifestage.offer.Watching;
import io.lifestage.wire.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What watchers are told, when, and what is remembered of them. */
@SuppressWarnings("try") // Flink's harness says that closing it throws any exception.
class TellWatchersTest {
  private static final int GROUPS = 720;
  private static final long NOON = Shopping.NOON;
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int DISORDER = 5_000;

  /** Two in a second, five at most. */
  private static final Watching FEW = new Watching(720, 5, 2, true);

  static Stream<StateBackend> backends() {
    return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
  }

  /** One parallel instance in Flink's harness. */
  private static final class Shelf implements AutoCloseable {
    private final KeyedTwoInputStreamOperatorTestHarness<
            String, Look, Announcement, Decoded.OfEvent>
        harness;

    Shelf(TellWatchers operator, StateBackend backend) throws Exception {
      this(operator, backend, 1, 0, null);
    }

    Shelf(
        TellWatchers operator,
        StateBackend backend,
        int parallelism,
        int index,
        OperatorSubtaskState restored)
        throws Exception {
      harness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              operator,
              operator.byCategory() ? look -> look.category() : look -> look.sku(),
              operator.byCategory()
                  ? version -> TellWatchers.product(version).category()
                  : version -> TellWatchers.product(version).sku(),
              Types.STRING,
              GROUPS,
              parallelism,
              index);
      harness.setStateBackend(backend);
      harness.setup(
          new CodecTypeInfo<>(Decoded.OfEvent.class, new ArrivalCodec())
              .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.open();
    }

    static Shelf few() throws Exception {
      return new Shelf(TellWatchers.ofProducts(FEW), new HashMapStateBackend());
    }

    static Shelf ofCategories() throws Exception {
      return new Shelf(TellWatchers.ofCategories(Watching.CATEGORY), new HashMapStateBackend());
    }

    Shelf look(String customer, Mark mark, long at) throws Exception {
      return look(new Look("mug", "kitchen", customer, mark, at));
    }

    Shelf look(Look look) throws Exception {
      harness.processElement1(new StreamRecord<>(look, look.at()));
      return this;
    }

    Shelf sell(Product product) throws Exception {
      harness.processElement2(
          new StreamRecord<>(new Announcement.OfProduct(product), product.effectiveAt()));
      return this;
    }

    Shelf passTo(long time) throws Exception {
      harness.processBothWatermarks(new Watermark(time));
      return this;
    }

    List<Event> told() {
      return harness.extractOutputValues().stream().map(Decoded.OfEvent::event).toList();
    }

    List<String> customers() {
      return told().stream().map(Event::customer).toList();
    }

    /** Customers with the second after noon in which they were told. */
    List<String> seconds() {
      return told().stream()
          .map(e -> e.customer() + " " + (e.at() - NOON) / SECOND)
          .sorted()
          .toList();
    }

    long keys(String state) {
      try (Stream<?> keys =
          harness.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
        return keys.count();
      }
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  // What is told

  @Test
  void aPriceDropReachesThoseWhoWatchLargestInterestFirst() throws Exception {
    try (Shelf shelf = Shelf.few()) {
      shelf
          .sell(mug(-DAY, 1000, true))
          .look("looks", Mark.VIEWED, NOON - 5 * MINUTE)
          .look("wishes", Mark.WISHED, NOON - 4 * MINUTE)
          .look("has it in the cart", Mark.IN_CART, NOON - 3 * MINUTE)
          .sell(mug(0, 900, true))
          .passTo(NOON + MINUTE);

      assertThat(shelf.customers()).containsExactly("has it in the cart", "wishes", "looks");
      assertThat(shelf.told()).extracting(Event::type).containsOnly(EventType.PRICE_DROPPED);
      assertThat(shelf.told())
          .extracting(event -> (event.at() - NOON) / SECOND)
          .containsExactly(0L, 0L, 1L);
    }
  }

  @Test
  void whoLookedAfterTheDropIsNotTold() throws Exception {
    try (Shelf shelf = Shelf.few()) {
      shelf
          .sell(mug(-DAY, 1000, true))
          .look("after", Mark.VIEWED, NOON + 1)
          .look("at the moment", Mark.VIEWED, NOON)
          .sell(mug(0, 900, true))
          .passTo(NOON + MINUTE);

      assertThat(shelf.customers()).containsExactly("at the moment");
    }
  }

  @Test
  void whatComesBackIsToldAndTheBuyerIsNot() throws Exception {
    try (Shelf shelf = Shelf.few()) {
      shelf
          .sell(mug(-2 * DAY, 1000, true))
          .sell(mug(-DAY, 1000, false))
          .look("waits", Mark.WISHED, NOON - 3 * 60 * MINUTE)
          .look("buys elsewhere", Mark.IN_CART, NOON - 3 * 60 * MINUTE)
          .look("buys elsewhere", Mark.BOUGHT, NOON - 60 * MINUTE)
          .sell(mug(0, 1000, true))
          .passTo(NOON + MINUTE);

      assertThat(shelf.customers()).containsExactly("waits");
      assertThat(shelf.told()).extracting(Event::type).containsExactly(EventType.BACK_IN_STOCK);
    }
  }

  @Test
  void nothingIsPutOutBeforeTimeHasReachedIt() throws Exception {
    try (Shelf shelf = Shelf.few()) {
      shelf
          .sell(mug(-DAY, 1000, true))
          .look("ada", Mark.VIEWED, NOON - 1)
          .sell(mug(0, 900, true))
          .passTo(NOON - 1);
      assertThat(shelf.told()).isEmpty();

      shelf.passTo(NOON);
      assertThat(shelf.told()).hasSize(1);
    }
  }

  @Test
  void aChangeThatComesLateIsToldFromNowOnAndNeverInThePast() throws Exception {
    try (Shelf shelf = Shelf.few()) {
      shelf
          .sell(mug(-DAY, 1000, true))
          .look("ada", Mark.VIEWED, NOON - DAY / 2)
          .passTo(NOON + MINUTE)
          .sell(mug(0, 900, true))
          .passTo(NOON + 2 * MINUTE);

      assertThat(shelf.told()).extracting(Event::at).containsExactly(NOON + MINUTE + 1);
      assertThat(shelf.told())
          .extracting(Event::id)
          .containsExactly("price_dropped/mug/" + NOON + "/ada");
    }
  }

  @Test
  void anEmptyShelfStopsTheSlicesThatAreLeft() throws Exception {
    try (Shelf shelf = Shelf.few()) {
      for (String customer : List.of("a", "b", "c", "d", "e")) {
        shelf.look(customer, Mark.VIEWED, NOON - 1);
      }
      shelf
          .sell(mug(-DAY, 1000, true))
          .sell(mug(0, 900, true))
          .sell(mug(SECOND, 900, false))
          .passTo(NOON + MINUTE);

      // At the moment of a slice the change comes first.
      assertThat(shelf.told()).extracting(Event::at).containsExactly(NOON, NOON);
      assertThat(shelf.keys("fan-out-v1")).isZero();
      assertThat(shelf.keys("fan-out-slices-v1")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"another currency", "no price", "a higher price", "an unknown product"})
  void garbageReachesNobody(String what) throws Exception {
    try (Shelf shelf = Shelf.few()) {
      shelf.look("ada", Mark.VIEWED, NOON - 1);
      Product first = mug(-DAY, 1000, true);
      switch (what) {
        case "another currency" ->
            shelf.sell(first).sell(priced("mug", 0, new Money(1, "USD"), true));
        case "no price" -> shelf.sell(first).sell(mug(0, 0, true));
        case "a higher price" -> shelf.sell(first).sell(mug(0, 2000, true));
        default -> shelf.sell(first).sell(priced("pot", 0, new Money(1, "EUR"), true));
      }
      shelf.passTo(NOON + MINUTE);

      assertThat(shelf.told()).isEmpty();
    }
  }

  // Arrival and parallelism

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theOrderOfArrivalAndTheNumberOfInstancesChangeNothing(long seed) throws Exception {
    List<HeldChange> all = history(new Random(99));

    assertThat(told(arriving(all, new Random(seed)), seed % 2 == 0 ? 4 : 1))
        .isEqualTo(told(all, 1))
        .hasSizeGreaterThan(100);
  }

  private static List<HeldChange> history(Random random) {
    List<HeldChange> all = new ArrayList<>();
    Watching watching = Watching.PRODUCT;
    assertThat(watching.atMost()).isGreaterThan(1000);
    for (int i = 0; i < 20; i++) {
      all.add(new HeldChange(NOON, null, priced("p" + i, 0, new Money(1000, "EUR"), true)));
    }
    for (int i = 0; i < 1500; i++) {
      long at = NOON + random.nextInt(600_000);
      String sku = "p" + random.nextInt(20);
      if (random.nextInt(12) == 0) {
        Money price = new Money(700 + random.nextInt(300), "EUR");
        all.add(new HeldChange(at, null, priced(sku, at - NOON, price, random.nextInt(4) > 0)));
      } else {
        Mark mark = List.of(Mark.values()).get(random.nextInt(4));
        all.add(HeldChange.of(new Look(sku, "", "c" + random.nextInt(40), mark, at)));
      }
    }
    all.sort(HeldChange.BY_TIME);
    return all;
  }

  private static List<HeldChange> arriving(List<HeldChange> all, Random random) {
    record Delayed(long at, HeldChange change) {}
    return all.stream()
        .map(change -> new Delayed(change.at() + random.nextInt(DISORDER), change))
        .sorted(Comparator.comparingLong(Delayed::at))
        .map(Delayed::change)
        .toList();
  }

  private static List<String> told(List<HeldChange> arriving, int parallelism) throws Exception {
    Watching slow = new Watching(720, 1000, 3, true);
    List<String> told = new ArrayList<>();
    for (int index = 0; index < parallelism; index++) {
      try (Shelf shelf =
          new Shelf(
              TellWatchers.ofProducts(slow), new HashMapStateBackend(), parallelism, index, null)) {
        long latest = Long.MIN_VALUE;
        for (HeldChange change : arriving) {
          String sku = change.look() == null ? change.product().sku() : change.look().sku();
          if (Slot.isOf(sku, parallelism, index)) {
            if (change.look() == null) {
              shelf.sell(change.product());
            } else {
              shelf.look(change.look());
            }
          }
          latest = Math.max(latest, change.at());
          shelf.passTo(latest - DISORDER - 1);
        }
        shelf.passTo(NOON + DAY);
        shelf.told().forEach(event -> told.add(event.at() + " " + event));
      }
    }
    told.sort(Comparator.naturalOrder());
    return told;
  }

  // A crowd

  @Test
  void twoHundredThousandWatchersAreNoStorm() throws Exception {
    try (Shelf shelf =
        new Shelf(TellWatchers.ofProducts(Watching.PRODUCT), new EmbeddedRocksDBStateBackend())) {
      shelf.sell(mug(-DAY, 1000, true));
      for (int i = 0; i < 200_000; i++) {
        shelf.look("c" + i, i % 10 == 0 ? Mark.IN_CART : Mark.VIEWED, NOON - DAY / 2 + i);
        if (i % 5_000 == 0) {
          shelf.passTo(NOON - DAY / 2 + i);
        }
      }
      shelf.sell(mug(0, 900, true)).passTo(NOON);

      assertThat(shelf.told()).as("the first second").hasSize(500);
      shelf.passTo(NOON + 10 * SECOND);
      assertThat(shelf.told()).as("ten more").hasSize(11 * 500);

      shelf.passTo(NOON + 60 * MINUTE);
      List<String> customers = shelf.customers();
      assertThat(customers).as("the bound").hasSize(200_000).doesNotHaveDuplicates();
      Set<String> first = new HashSet<>(customers.subList(0, 20_000));
      assertThat(first).as("carts first").allMatch(c -> Integer.parseInt(c.substring(1)) % 10 == 0);
      assertThat(shelf.keys("fan-out-slices-v1")).isZero();

      shelf.passTo(NOON + 32 * DAY);
      assertThat(shelf.keys("product-watchers-v1")).as("after the window").isZero();
      assertThat(shelf.harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void theSameLookWithinAnHourIsWrittenOnce() throws Exception {
    try (Shelf shelf = Shelf.few()) {
      shelf.look("ada", Mark.VIEWED, NOON).passTo(NOON);
      int aside = shelf.harness.getSideOutput(TellWatchers.LOOKS).size();

      shelf.look("ada", Mark.VIEWED, NOON + 1).passTo(NOON + 1);

      assertThat(shelf.harness.getSideOutput(TellWatchers.LOOKS)).hasSize(aside);
    }
  }

  // Restoring

  @ParameterizedTest
  @MethodSource("backends")
  void aSnapshotInTheMiddleLosesAndDoublesNobody(StateBackend backend) throws Exception {
    OperatorSubtaskState snapshot;
    List<String> before;
    try (Shelf shelf = new Shelf(TellWatchers.ofProducts(FEW), backend)) {
      for (String customer : List.of("a", "b", "c", "d")) {
        shelf.look(customer, Mark.VIEWED, NOON - 1);
      }
      shelf.sell(mug(-DAY, 1000, true)).sell(mug(0, 900, true)).passTo(NOON);
      shelf
          .look(new Look("pot", "", "waits", Mark.WISHED, NOON + 10))
          .sell(priced("pot", 5, new Money(1000, "EUR"), true))
          .sell(priced("pot", 20, new Money(900, "EUR"), true));
      before = shelf.seconds();
      snapshot = shelf.harness.snapshot(1, 1);
    }
    List<String> all = new ArrayList<>(before);
    for (int index = 0; index < 3; index++) {
      OperatorSubtaskState share =
          TwoInputStreamOperatorTestHarness.repartitionOperatorState(snapshot, GROUPS, 1, 3, index);
      try (Shelf shelf = new Shelf(TellWatchers.ofProducts(FEW), backend, 3, index, share)) {
        shelf.passTo(NOON + MINUTE);
        all.addAll(shelf.seconds());
      }
    }

    assertThat(before).hasSize(2);
    assertThat(all.stream().map(one -> one.substring(0, one.indexOf(' '))))
        .containsExactlyInAnyOrder("a", "b", "c", "d", "waits");
  }

  // New arrivals

  @Test
  void aNewProductReachesWhoIsInterestedInItsCategory() throws Exception {
    try (Shelf shelf = Shelf.ofCategories()) {
      shelf
          .look("ada", Mark.VIEWED, NOON - 80 * DAY)
          .look(new Look("tent", "garden", "bob", Mark.VIEWED, NOON - 1))
          .sell(mug(0, 900, true))
          .passTo(NOON);

      assertThat(shelf.customers()).containsExactly("ada");
      assertThat(shelf.told()).extracting(Event::type).containsExactly(EventType.NEW_ARRIVAL);
    }
  }

  @Test
  void aDeliveryOfManyProductsIsToldOneAfterTheOther() throws Exception {
    try (Shelf shelf = Shelf.ofCategories()) {
      shelf.look("ada", Mark.VIEWED, NOON - DAY);
      for (int i = 0; i < 50; i++) {
        shelf.sell(priced("new" + i, i, new Money(900, "EUR"), true));
      }
      shelf.passTo(NOON + 9 * SECOND + 50);
      assertThat(shelf.told()).as("one a second").hasSize(10);

      shelf.passTo(NOON + MINUTE);
      assertThat(shelf.told()).extracting(Event::id).doesNotHaveDuplicates().hasSize(50);
      shelf.passTo(NOON + 120 * DAY);
      assertThat(shelf.keys("fan-out-v1")).isZero();
      assertThat(shelf.keys("product-watchers-v1")).isZero();
    }
  }

  @Test
  void theFirstLoadOfACatalogueReachesNobody() throws Exception {
    try (Shelf shelf = Shelf.ofCategories()) {
      shelf.look("ada", Mark.VIEWED, NOON).passTo(NOON);

      shelf.sell(mug(-DAY, 900, true)).passTo(NOON + MINUTE);

      assertThat(shelf.told()).isEmpty();
    }
  }

  @Test
  void onlyTheFirstVersionIsAnArrivalAndLooksTakeTheCatalogsCategory() throws Exception {
    try (Shelf shelf = Shelf.few()) {
      shelf
          .sell(mug(-DAY, 1000, true))
          .look(new Look("mug", "", "ada", Mark.VIEWED, NOON))
          .sell(mug(1, 1000, true))
          .passTo(NOON + MINUTE);

      assertThat(shelf.harness.getSideOutput(TellWatchers.ARRIVALS)).hasSize(1);
      assertThat(shelf.harness.getSideOutput(TellWatchers.LOOKS))
          .extracting(record -> record.getValue().category())
          .containsExactly("kitchen");
    }
  }

  private static Product mug(long after, long price, boolean available) {
    return priced("mug", after, new Money(price, "EUR"), available);
  }

  private static Product priced(String sku, long after, Money price, boolean available) {
    return new Product(sku, NOON + after, "Mug", "kitchen", price, available, List.of());
  }
}
