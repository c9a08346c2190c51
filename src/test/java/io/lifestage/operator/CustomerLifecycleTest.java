package io.lifestage.operator;

import static io.lifestage.operator.Shopping.NOON;
import static io.lifestage.operator.Shopping.added;
import static io.lifestage.operator.Shopping.consent;
import static io.lifestage.operator.Shopping.delivered;
import static io.lifestage.operator.Shopping.noonPlus;
import static io.lifestage.operator.Shopping.paid;
import static io.lifestage.operator.Shopping.placed;
import static io.lifestage.operator.Shopping.product;
import static io.lifestage.operator.Shopping.viewed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Policy;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.offer.ProductChange;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ReadBack;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The customer's operator: what it writes, holds, and finds again. */
@SuppressWarnings("try") // Flink's harness says that closing it throws any exception.
class CustomerLifecycleTest {
  private static final long END = Long.MAX_VALUE;

  static Stream<StateBackend> backends() {
    return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
  }

  // Output

  @Test
  void anOrderIsThankedForBeforeTimeReachesIt() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(placed("ada", "o1", Duration.ZERO));

      assertThat(slot.said(Topic.TRIGGERS, "journey")).containsExactly("thank-you");
      assertThat(slot.said(Topic.DECISIONS, "outcome")).containsExactly("ENTERED", "FIRED");
      assertThat(slot.records(Topic.TRANSITIONS)).isEmpty();
    }
  }

  @Test
  void theStageMovesWhenTimeReachesTheEvent() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(placed("ada", "o1", Duration.ZERO)).passTo(NOON);

      assertThat(slot.said(Topic.TRANSITIONS, "to")).containsExactly("awareness", "purchase");
      assertThat(slot.records()).extracting(ReadBack::key).containsOnly("ada");
      assertThat(slot.records(Topic.TRIGGERS)).hasSize(1);
    }
  }

  @Test
  void whatChangesACustomerIsCountedAndShown() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(placed("ada", "o1", Duration.ZERO)).passTo(NOON);

      assertThat(slot.observations())
          .extracting(Observation::metric)
          .contains(Metrics.TRIGGERS_FIRED, Metrics.POPULATION);
      assertThat(slot.profiles())
          .last()
          .satisfies(p -> assertThat(ReadBack.field(p, "orders")).contains("o1"));
    }
  }

  @Test
  void anEventThatChangesNothingYetIsNotShown() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(viewed("ada", Duration.ZERO));

      assertThat(slot.profiles()).isEmpty();
      assertThat(slot.records()).isEmpty();
    }
  }

  @Test
  void aCartLeftForAnHourIsRemindedOfByTimeAlone() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(consent("ada", Duration.ZERO), added("ada", "c1", Duration.ZERO));

      slot.passTo(noonPlus(Duration.ofHours(1)) - 1);
      assertThat(slot.records(Topic.TRIGGERS)).isEmpty();

      slot.passTo(noonPlus(Duration.ofHours(1)));
      assertThat(slot.said(Topic.TRIGGERS, "journey")).containsExactly("abandoned-cart");
    }
  }

  @Test
  void theOrderEndsTheWaitingOfItsCart() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(consent("ada", Duration.ZERO), added("ada", "c1", Duration.ZERO))
          .arrive(placed("ada", "o1", Duration.ofMinutes(59)))
          .passTo(noonPlus(Duration.ofDays(1)));

      assertThat(slot.said(Topic.TRIGGERS, "journey")).containsExactly("thank-you");
    }
  }

  // Duplicates and late events

  @Test
  void aDuplicateIsCountedAndChangesNothing() throws Exception {
    try (Slot slot = Slot.fresh()) {
      Event order = placed("ada", "o1", Duration.ZERO);
      slot.arrive(order).passTo(NOON + 5);
      List<OutboundRecord> before = slot.records();

      slot.arrive(order);

      assertThat(slot.records()).hasSameSizeAs(before);
      assertThat(counted(slot, Metrics.DUPLICATES)).isEqualTo(1);
    }
  }

  @Test
  void aLateOrderTakesBackTheReminderOfItsCart() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(consent("ada", Duration.ZERO), added("ada", "c1", Duration.ZERO))
          .passTo(noonPlus(Duration.ofMinutes(70)));

      slot.arrive(placed("ada", "o1", Duration.ofMinutes(30)));

      assertThat(slot.records(Topic.TRIGGERS))
          .extracting(r -> ReadBack.field(r, "journey") + " " + ReadBack.field(r, "status"))
          .containsExactlyInAnyOrder(
              "abandoned-cart ACTIVE", "abandoned-cart RETRACTED", "thank-you ACTIVE");
      assertThat(slot.records(Topic.LATE_EVENTS)).isEmpty();
      assertThat(counted(slot, Metrics.LATE)).isZero();
    }
  }

  @Test
  void anEventBeyondTheLatenessBoundGoesToTheLateEventsAndNowhereElse() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(viewed("ada", Duration.ZERO)).passTo(noonPlus(Duration.ofHours(3)));
      long before = slot.records().size();

      slot.arrive(placed("ada", "o1", Duration.ofHours(1)));

      assertThat(slot.records()).hasSize((int) before + 1);
      OutboundRecord late = slot.records(Topic.LATE_EVENTS).get(0);
      assertThat(ReadBack.key(late)).isEqualTo("ada");
      assertThat(late.timestamp()).isEqualTo(noonPlus(Duration.ofHours(1)));
      assertThat(late.headers())
          .contains(
              entry("lifestage.topic", "orders"),
              entry("lifestage.partition", "3"),
              entry("lifestage.offset", "1"),
              entry("lifestage.reason", "late"));
      assertThat(counted(slot, Metrics.LATE)).isEqualTo(1);
    }
  }

  @Test
  void anEventThatIsTooLateLeavesNoTraceInTheState() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.passTo(noonPlus(Duration.ofHours(3))).arrive(placed("ada", "o1", Duration.ZERO));

      assertThat(slot.records()).extracting(OutboundRecord::topic).containsExactly("late-events");
      assertThat(slot.timers()).isZero();
    }
  }

  // What the job makes itself

  @Test
  void aPriceDropIsNoSignOfLifeAndNoEventOfTheCustomer() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(viewed("ada", Duration.ZERO)).passTo(NOON);
      long counted = counted(slot, Metrics.EVENTS);
      slot.arrive(dropped("ada", Duration.ofDays(80))).passTo(noonPlus(Duration.ofDays(91)));

      assertThat(counted(slot, Metrics.EVENTS)).isEqualTo(counted);
      assertThat(slot.said(Topic.TRANSITIONS, "to")).contains("lapsed");
    }
  }

  @Test
  void aPriceDropMakesNobodyACustomer() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.sell(product("mug", Duration.ofDays(-1), true, 500))
          .arrive(dropped("nobody", Duration.ZERO))
          .passTo(noonPlus(Duration.ofHours(1)));

      assertThat(slot.records()).isEmpty();
      assertThat(slot.profiles()).isEmpty();
    }
  }

  private static Event dropped(String customer, Duration later) {
    Product now = product("mug", Duration.ZERO, true, 500);
    Product before = product("mug", Duration.ofDays(-1), true, 900);
    return ProductChange.between(before, now).toldTo(customer, noonPlus(later));
  }

  // Timers and state

  @Test
  void aCustomerHasOneTimerWhateverHappens() throws Exception {
    try (Slot slot = Slot.fresh()) {
      for (Event event : Crowd.of(7, 1, 60).events()) {
        slot.arrive(event);
        assertThat(slot.timers()).isEqualTo((int) slot.customers());
        slot.passTo(event.at());
        assertThat(slot.timers()).isEqualTo((int) slot.customers());
      }
      assertThat(slot.customers()).isPositive();
    }
  }

  @Test
  void anEarlierDeadlineReplacesTheTimer() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(viewed("ada", Duration.ofSeconds(3)), viewed("ada", Duration.ofSeconds(1)));
      assertThat(slot.timers()).isEqualTo(1);

      slot.passTo(noonPlus(Duration.ofSeconds(1)));

      assertThat(slot.said(Topic.TRANSITIONS, "to")).containsExactly("awareness");
    }
  }

  @Test
  void atTheEndOfAllTimeNothingWaitsAndTheCustomersRemain() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(consent("ada", Duration.ZERO), added("ada", "c1", Duration.ZERO))
          .arrive(placed("bob", "o1", Duration.ZERO))
          .passTo(END);

      assertThat(slot.timers()).isZero();
      assertThat(slot.customers()).isEqualTo(2);
      assertThat(slot.said(Topic.TRIGGERS, "journey"))
          .containsExactlyInAnyOrder("abandoned-cart", "thank-you", "win-back");
      assertThat(slot.said(Topic.TRANSITIONS, "to")).filteredOn("lapsed"::equals).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, CustomerLifecycle.ROOM})
  void theEndOfASpacesTimeIsDecidedAndNothingAfterIt(long room) throws Exception {
    long end = noonPlus(Duration.ofHours(1));
    try (Slot slot = Slot.holding(room, Policy.DEFAULT, end, new HashMapStateBackend(), null)) {
      slot.arrive(consent("ada", Duration.ZERO), added("ada", "c1", Duration.ZERO))
          .arrive(consent("bob", Duration.ZERO), added("bob", "c2", Duration.ofMillis(1)))
          .passTo(END);

      assertThat(slot.records(Topic.TRIGGERS)).extracting(ReadBack::key).containsExactly("ada");
      assertThat(slot.records()).allMatch(record -> record.timestamp() <= end);
      assertThat(slot.customers()).isEqualTo(2);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void restoredWithAShorterLatenessAndAnEarlierTimeItGoesOn() throws Exception {
    OperatorSubtaskState snapshot;
    try (Slot slot = Slot.fresh()) {
      slot.arrive(viewed("ada", Duration.ZERO)).passTo(noonPlus(Duration.ofMinutes(20)));
      snapshot = slot.arrive(viewed("ada", Duration.ofMinutes(21))).snapshot();
    }

    Policy shorter = Policy.of(Duration.ofMinutes(10), Instant.EPOCH);
    try (Slot restored =
        Slot.holding(CustomerLifecycle.ROOM, shorter, END, new HashMapStateBackend(), snapshot)) {
      restored
          .arrive(viewed("ada", Duration.ofMinutes(22)))
          .passTo(noonPlus(Duration.ofMinutes(19)))
          .passTo(noonPlus(Duration.ofMinutes(22)));

      assertThat(restored.said(Topic.TRANSITIONS, "to")).containsExactly("consideration");
    }
  }

  // Snapshots

  @ParameterizedTest
  @MethodSource("backends")
  void aCartThatWaitsIsRemindedOfAfterARestoreOnce(StateBackend backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (Slot slot = Slot.starting(backend, END, 1, 0, null)) {
      slot.arrive(consent("ada", Duration.ZERO), added("ada", "c1", Duration.ZERO))
          .passTo(noonPlus(Duration.ofMinutes(30)));
      snapshot = slot.snapshot();
    }

    try (Slot restored = Slot.starting(backend, END, 1, 0, snapshot)) {
      assertThat(restored.timers()).isEqualTo(1);
      restored.passTo(noonPlus(Duration.ofMinutes(60)));
      restored.passTo(noonPlus(Duration.ofDays(2)));

      assertThat(restored.said(Topic.TRIGGERS, "journey")).containsExactly("abandoned-cart");
      assertThat(restored.timers()).isEqualTo(1);
      assertThat(restored.customers()).isEqualTo(1);
    }
  }

  @Test
  void afterARestoreAnEventIsStillKnownAndTheCatalogueStillThere() throws Exception {
    Event order = placed("ada", "o1", Duration.ZERO);
    OperatorSubtaskState snapshot;
    try (Slot slot = Slot.fresh()) {
      slot.sell(product("camera", Duration.ZERO, true, 100, "film"))
          .sell(product("film", Duration.ZERO, true, 900))
          .arrive(consent("ada", Duration.ZERO), order, paid("ada", "o1", Duration.ZERO))
          .passTo(NOON);
      snapshot = slot.snapshot();
    }

    try (Slot restored = Slot.starting(new HashMapStateBackend(), END, 1, 0, snapshot)) {
      restored.passTo(NOON).arrive(order, delivered("ada", "o1", Duration.ofHours(1)));
      restored.passTo(noonPlus(Duration.ofDays(4)));

      assertThat(counted(restored, Metrics.DUPLICATES)).isEqualTo(1);
      assertThat(restored.aside(OfferTypes.PROVISIONAL))
          .extracting(message -> ((OfferMessage.OfDecision) message).provisional())
          .extracting(one -> one.trigger().wanted().categories())
          .containsExactly(List.of("photo"));
    }
  }

  @Test
  void twoInstancesShareWhatOneHeldAndNothingFiresTwice() throws Exception {
    List<String> carts = IntStream.range(0, 20).mapToObj(i -> "c" + i).toList();
    OperatorSubtaskState snapshot;
    try (Slot slot = Slot.fresh()) {
      for (String cart : carts) {
        String customer = "customer-" + cart;
        slot.arrive(consent(customer, Duration.ZERO), added(customer, cart, Duration.ZERO));
      }
      snapshot = slot.passTo(NOON).snapshot();
    }

    List<String> reminded = new ArrayList<>();
    for (int index = 0; index < 2; index++) {
      OperatorSubtaskState share = Slot.share(snapshot, 2, index);
      try (Slot one = Slot.starting(new HashMapStateBackend(), END, 2, index, share)) {
        assertThat(one.customers()).isBetween(1L, 19L);
        assertThat(one.timers()).isEqualTo((int) one.customers());
        one.passTo(noonPlus(Duration.ofHours(2)));
        one.records(Topic.TRIGGERS).forEach(trigger -> reminded.add(ReadBack.key(trigger)));
      }
    }
    assertThat(reminded)
        .containsExactlyInAnyOrderElementsOf(carts.stream().map(c -> "customer-" + c).toList());
  }

  // Against the core

  /** With everybody in memory, with a few, and with one at a time. */
  @ParameterizedTest
  @CsvSource({"1, 33554432", "2, 33554432", "3, 33554432", "1, 100000", "2, 100000", "3, 0"})
  void theOperatorSaysWhatTheCoreSays(long seed, long room) throws Exception {
    Crowd crowd = Crowd.of(seed, 25, 40);
    Bookkeeper core = new Bookkeeper(crowd.catalogue());
    try (Slot slot = Slot.holding(room, new HashMapStateBackend(), null)) {
      slot.sell(crowd.products());
      for (Crowd.Arrival arrival : crowd.disturbed()) {
        slot.passTo(arrival.watermark()).arrive(arrival.event());
        core.passTo(arrival.watermark()).arrive(arrival.event());
      }
      assertThat(slot.timers()).isPositive();
      assertThat(slot.timers()).isBetween(core.waiting(), (int) slot.customers());
      slot.passTo(crowd.end());
      core.passTo(crowd.end());

      assertThat(slot.records().stream().filter(r -> !r.topic().equals("late-events")))
          .extracting(ReadBack::line)
          .containsExactlyInAnyOrderElementsOf(core.lines());
      assertThat(core.dispositions()).as("every kind of arrival, seed %d", seed).hasSize(4);
      assertThat(slot.records(Topic.LATE_EVENTS)).hasSize(core.tooLate());
      assertThat(slot.timers()).isBetween(core.waiting(), (int) slot.customers());
    }
  }

  @ParameterizedTest
  @MethodSource("roomsAndBackends")
  void restoredAgainAndAgainItSaysWhatTheCoreSays(long room, StateBackend backend)
      throws Exception {
    Crowd crowd = Crowd.of(4, 25, 40);
    Bookkeeper core = new Bookkeeper(crowd.catalogue());
    List<String> said = new ArrayList<>();
    Slot slot = Slot.holding(room, backend, null).sell(crowd.products());
    int arrivals = 0;
    for (Crowd.Arrival arrival : crowd.disturbed()) {
      slot.passTo(arrival.watermark()).arrive(arrival.event());
      core.passTo(arrival.watermark()).arrive(arrival.event());
      if (++arrivals % 100 == 0) {
        OperatorSubtaskState checkpoint = slot.snapshot();
        said.addAll(lines(slot));
        slot.close();
        slot = Slot.holding(room, backend, checkpoint).passTo(arrival.watermark());
      }
    }
    slot.passTo(crowd.end());
    core.passTo(crowd.end());
    said.addAll(lines(slot));
    slot.close();

    assertThat(arrivals).as("restored a few times").isGreaterThan(500);
    assertThat(said).containsExactlyInAnyOrderElementsOf(core.lines());
  }

  static Stream<Arguments> roomsAndBackends() {
    EmbeddedRocksDBStateBackend timersOnTheHeap = new EmbeddedRocksDBStateBackend();
    timersOnTheHeap.setPriorityQueueStateType(PriorityQueueStateType.HEAP);
    return Stream.of(
        arguments(CustomerLifecycle.ROOM, new HashMapStateBackend()),
        arguments(CustomerLifecycle.ROOM, new EmbeddedRocksDBStateBackend()),
        arguments(CustomerLifecycle.ROOM, timersOnTheHeap),
        arguments(100_000, new EmbeddedRocksDBStateBackend()),
        arguments(0, timersOnTheHeap));
  }

  private static List<String> lines(Slot slot) {
    return slot.records().stream()
        .filter(r -> !r.topic().equals("late-events"))
        .map(ReadBack::line)
        .toList();
  }

  @Test
  void whoIsHeldIsNotWrittenBeforeACheckpoint() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.arrive(viewed("ada", Duration.ZERO)).passTo(NOON);
      slot.arrive(viewed("ada", Duration.ofSeconds(1))).passTo(noonPlus(Duration.ofSeconds(1)));
      assertThat(slot.stored()).isZero();

      assertThat(slot.customers()).as("at the checkpoint").isEqualTo(1);
    }
  }

  @Test
  void inMemoryACustomerCountsForMoreThanTheirBytes() throws Exception {
    Crowd crowd = Crowd.of(5, 25, 60);
    Bookkeeper core = new Bookkeeper(crowd.catalogue());
    List<CustomerRecord> customers = new ArrayList<>(List.of(StoredSomebody.record()));
    for (Crowd.Arrival arrival : crowd.disturbed()) {
      core.passTo(arrival.watermark()).arrive(arrival.event());
    }
    customers.addAll(core.customers());
    core.passTo(crowd.end());
    customers.addAll(core.customers());

    assertThat(customers)
        .allSatisfy(
            customer -> {
              DataOutputSerializer bytes = new DataOutputSerializer(4_096);
              new CustomerRecordCodec().write(customer, bytes);
              assertThat(HeldCustomers.sizeOf(customer)).isGreaterThan(3L * bytes.length());
            });
  }

  private static long counted(Slot slot, String metric) {
    return slot.observations().stream().filter(o -> o.metric().equals(metric)).count();
  }
}
