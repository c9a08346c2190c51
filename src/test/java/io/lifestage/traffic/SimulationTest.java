package io.lifestage.traffic;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  private static final long NINETY_DAYS = Duration.ofDays(90).toMillis();

  /** 120 days of past, shared by the tests that only read it. */
  private static final List<Event> PAST = Worlds.told(Worlds.of(42, 2_000, 0), 120);

  @Test
  void theSameSeedTellsTheSameEventsToTheLetter() {
    String once = Worlds.told(Worlds.of(7, 50, 0.01), 125).toString();

    assertThat(Worlds.told(Worlds.of(7, 50, 0.01), 125).toString().equals(once)).isTrue();
    assertThat(once).hasSizeGreaterThan(100_000);
  }

  @Test
  void anotherSeedTellsOthers() {
    Set<String> ids =
        Worlds.told(Worlds.of(7, 100, 0), 30).stream().map(Event::id).collect(toSet());

    assertThat(Worlds.told(Worlds.of(8, 100, 0), 30)).noneMatch(event -> ids.contains(event.id()));
  }

  @Test
  void anotherBeginningTellsOthers() {
    Set<String> ids = PAST.stream().map(Event::id).collect(toSet());
    World later = new World(42, 50, Worlds.day(1), Worlds.SEASON, Worlds.day(1) + Worlds.SEASON, 0);

    assertThat(Worlds.told(later, 30)).noneMatch(event -> ids.contains(event.id()));
  }

  @Test
  void whatWasToldUpToAMomentDoesNotDependOnWhatFollows() {
    World quiet = Worlds.of(42, 300, 0);
    World busyAfterTheSeason = Worlds.of(42, 300, 1);

    assertThat(Worlds.told(quiet, 120)).isEqualTo(Worlds.told(busyAfterTheSeason, 120));
  }

  @Test
  void eventsComeInTheOrderOfTheirTime() {
    assertThat(PAST).isSortedAccordingTo(Event.BY_TIME);
  }

  @Test
  void nothingHappensBeforeTheBeginning() {
    assertThat(PAST.get(0).at()).isGreaterThanOrEqualTo(Worlds.BEGINNING);
  }

  @Test
  void noTwoEventsShareAnIdAndIdsLookLikeUuids() {
    assertThat(PAST.stream().map(Event::id).distinct()).hasSameSizeAs(PAST);
    assertThat(PAST)
        .allMatch(e -> e.id().matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f-]{16}"));
  }

  @Test
  void everyEventSaysWhatItsTypeRequires() {
    assertThat(PAST)
        .allMatch(
            e ->
                e.attributes()
                    .keySet()
                    .containsAll(EventType.required(EventType.topicOf(e.type()), e.type())));
  }

  @Test
  void everyEventFitsTheSchemaOfItsTopic() {
    Map<Topic, Integer> ids = new HashMap<>();
    Stream.of(Topic.values()).forEach(topic -> ids.put(topic, 1));
    EventEncoder encoder = new EventEncoder("", ids);

    assertThat(PAST).noneMatch(event -> encoder.encode(event).value().length == 0);
  }

  @Test
  void theKeyOfAnEventIsTheOneOfItsIds() {
    assertThat(PAST)
        .allMatch(
            e ->
                e.customer()
                    .equals(
                        CustomerKey.of(
                            e.get(Attribute.CUSTOMER_ID), e.get(Attribute.ANONYMOUS_ID))));
  }

  @Test
  void everyTypeOfEventOccursButOutcomes() {
    Set<String> expected =
        EventType.topics().stream()
            .filter(topic -> !topic.equals("outcomes"))
            .flatMap(topic -> EventType.of(topic).stream())
            .collect(toSet());

    assertThat(PAST.stream().map(Event::type).collect(toSet())).isEqualTo(expected);
  }

  @Test
  void nobodyDoesTheImpossible() {
    ShopRules rules = new ShopRules(Worlds.simulation(Worlds.of(42, 2_000, 0)).shop());

    PAST.forEach(rules::check);

    assertThat(rules.broken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {42, 43})
  void nobodyDoesTheImpossibleThoughPricesChangeAndProductsRunOut(long seed) {
    Simulation simulation = Worlds.simulation(Worlds.of(seed, 1_000, 0).alive());
    ShopRules rules = new ShopRules(simulation.shop());

    List<Event> told = Worlds.told(simulation, Worlds.day(120));
    told.forEach(rules::check);

    assertThat(rules.broken()).isEmpty();
    assertThat(told).anyMatch(event -> event.type().equals(EventType.ORDER_PAID));
  }

  /** Twin of the claim above: the rules are not those of a shop in which nothing changes. */
  @Test
  void inAShopThatStandsStillWhatThoseCustomersDoWouldBeImpossible() {
    ShopRules still = new ShopRules(Worlds.simulation(Worlds.of(42, 300, 0)).shop());

    Worlds.told(Worlds.of(42, 300, 0).alive(), 60).forEach(still::check);

    assertThat(still.broken())
        .anyMatch(broken -> broken.contains("has another price"))
        .anyMatch(broken -> broken.contains("is at another price"));
  }

  @Test
  void aLivingWorldTellsTheSameTwiceToo() {
    assertThat(Worlds.told(Worlds.of(7, 50, 0.01).alive(), 125))
        .isEqualTo(Worlds.told(Worlds.of(7, 50, 0.01).alive(), 125));
  }

  @Test
  void onlyReservedMailDomainsAreUsed() {
    assertThat(PAST.stream().map(e -> e.get("customer.email")).filter(mail -> mail != null))
        .isNotEmpty()
        .allMatch(mail -> mail.endsWith("@example.com"));
  }

  @Test
  void thereIsWhatEveryStageNeeds() {
    Map<String, Long> paid = countByCustomer(EventType.ORDER_PAID);
    Map<String, Long> viewed = countByCustomer(EventType.PRODUCT_VIEWED);
    Map<String, Long> checkouts = countByCustomer(EventType.CHECKOUT_STARTED);
    Set<String> everybody = PAST.stream().map(Event::customer).collect(toSet());

    assertThat(everybody).as("awareness").anyMatch(who -> !viewed.containsKey(who));
    assertThat(viewed).as("consideration").anySatisfy((who, n) -> assertThat(n).isGreaterThan(3));
    assertThat(checkouts.keySet()).as("purchase").anyMatch(who -> !paid.containsKey(who));
    assertThat(paid.values()).as("retention").filteredOn(n -> n < 3).hasSizeGreaterThan(100);
    assertThat(paid.values()).as("loyalty").filteredOn(n -> n >= 3).hasSizeGreaterThan(50);
    assertThat(countByCustomer(EventType.REFERRAL_CONVERTED)).as("advocacy").isNotEmpty();
  }

  @Test
  void someFallSilentForNinetyDaysAndSomeOfThemReturn() {
    Map<String, Long> last = new HashMap<>();
    Set<String> returned = new HashSet<>();
    for (Event event : PAST) {
      if (EventType.topicOf(event.type()).equals("clickstream")) {
        Long before = last.put(event.customer(), event.at());
        if (before != null && event.at() - before > NINETY_DAYS) {
          returned.add(event.customer());
        }
      }
    }

    assertThat(returned).hasSizeGreaterThan(20);
    assertThat(last.values())
        .filteredOn(at -> Worlds.day(120) - at > NINETY_DAYS)
        .hasSizeGreaterThan(100);
  }

  @Test
  void mostConsentToMarketingMailAndSomeWithdraw() {
    Map<String, Boolean> consent = new HashMap<>();
    Set<String> withdrawn = new HashSet<>();
    for (Event event : PAST) {
      if (event.says(Attribute.CHANNEL, "email") && event.says(Attribute.PURPOSE, "marketing")) {
        boolean granted = event.says(Attribute.GRANTED, "true");
        if (Boolean.TRUE.equals(consent.put(event.customer(), granted)) && !granted) {
          withdrawn.add(event.customer());
        }
      }
    }

    assertThat(consent.values().stream().filter(granted -> granted).count())
        .isGreaterThan(consent.size() * 6L / 10);
    assertThat(withdrawn).isNotEmpty();
  }

  @Test
  void paymentsFailMoreOftenByCardThanByPaypal() {
    assertThat(failureRate("card")).isGreaterThan(2 * failureRate("paypal"));
  }

  @Test
  void salesQuestionsAreAnsweredBySomebodyOrNobody() {
    Map<String, List<Event>> chats =
        PAST.stream()
            .filter(e -> e.says(Attribute.SUBJECT, "sales"))
            .collect(groupingBy(e -> e.get(Attribute.CONVERSATION_ID)));
    long answered =
        chats.values().stream()
            .filter(chat -> chat.stream().anyMatch(e -> e.says(Attribute.SENDER, "agent")))
            .count();

    assertThat(answered).isBetween(chats.size() * 5L / 10, chats.size() * 9L / 10);
  }

  @Test
  void moreHappensInTheEveningThanAtNight() {
    Map<Integer, Long> byHour =
        PAST.stream()
            .filter(e -> e.says(Attribute.COUNTRY, "DE"))
            .filter(e -> EventType.topicOf(e.type()).equals("clickstream"))
            .collect(groupingBy(e -> Country.DE.local(e.at()).getHour(), counting()));

    assertThat(byHour.get(20)).isGreaterThan(4 * byHour.get(3));
  }

  @Test
  void visitorsMakeTheRateThatIsAskedFor() {
    World visitorsOnly = new World(3, 0, Worlds.BEGINNING, Worlds.SEASON, Worlds.BEGINNING, 0.1);

    double seconds = Duration.ofDays(7).toSeconds();
    assertThat(Worlds.told(visitorsOnly, 7).size() / seconds).isBetween(0.08, 0.14);
    assertThat(Worlds.told(visitorsOnly.alive(), 7).size() / seconds).isBetween(0.08, 0.14);
  }

  @Test
  void whatIsHeldDoesNotGrowWithoutEnd() {
    World world = new World(5, 0, Worlds.BEGINNING, Worlds.SEASON, Worlds.BEGINNING, 0.002);
    Simulation simulation = Worlds.simulation(world);
    int afterTwoYears = mostHeld(simulation, 700, 800);
    int afterThree = mostHeld(simulation, 1_000, 1_100);

    assertThat(afterThree).isBetween(1, afterTwoYears * 5 / 4);
  }

  private static int mostHeld(Simulation simulation, int fromDay, int untilDay) {
    int most = 0;
    while (simulation.peek().at() < Worlds.day(untilDay)) {
      if (simulation.next().at() >= Worlds.day(fromDay)) {
        most = Math.max(most, simulation.held());
      }
    }
    return most;
  }

  private static Map<String, Long> countByCustomer(String type) {
    return PAST.stream()
        .filter(e -> e.type().equals(type))
        .collect(groupingBy(Event::customer, counting()));
  }

  private static double failureRate(String method) {
    long failed = count(EventType.PAYMENT_FAILED, method);
    return (double) failed / (failed + count(EventType.ORDER_PLACED, method));
  }

  private static long count(String type, String method) {
    return PAST.stream()
        .filter(e -> e.type().equals(type) && e.says(Attribute.PAYMENT_METHOD, method))
        .count();
  }
}
