package io.lifestage.traffic;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TroubleTest {
  private static final World SOUND =
      new World(5, 4_000, Worlds.BEGINNING, 10 * Rhythm.DAY, Worlds.BEGINNING, 0);
  private static final int DAYS = 7;

  /** A whole day, so that many are befallen. */
  private static final long FROM = Worlds.day(5);

  private static final long UNTIL = Worlds.day(6);

  private static final List<Event> WITHOUT = Worlds.told(SOUND, DAYS);

  static List<String> steps() {
    return Trouble.STEPS;
  }

  static List<String> methods() {
    return Trouble.METHODS;
  }

  @Test
  void beforeItBeginsEverythingIsTheSameToTheLetter() {
    List<Event> with = told("payment", 1);

    assertThat(before(with, FROM)).isEqualTo(before(WITHOUT, FROM)).isNotEmpty();
    assertThat(with).isNotEqualTo(WITHOUT);
  }

  @Test
  void whomItDoesNotBefallDoesWhatTheyDoWithoutIt() {
    Map<String, List<Event>> with = byCustomer(told("shipping", 0.5));
    Map<String, List<Event>> without = byCustomer(WITHOUT);
    Set<String> came =
        during(WITHOUT).stream()
            .filter(event -> reaches(event, "shipping"))
            .map(Event::customer)
            .collect(toSet());
    Set<String> otherwise =
        without.keySet().stream()
            .filter(who -> !without.get(who).equals(with.get(who)))
            .collect(toSet());

    assertThat(otherwise).as("of %d", without.size()).hasSizeBetween(came.size() / 4, came.size());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void nobodyPassesAStepThatFailsForEverybodyAndEverybodyElseDoes(String step) {
    List<Event> during = during(told(step, 1));
    int number = Trouble.STEPS.indexOf(step);

    assertThat(during).filteredOn(event -> reaches(event, step)).isEmpty();
    assertThat(during(WITHOUT)).filteredOn(event -> reaches(event, step)).hasSizeGreaterThan(15);
    if (number > 0) {
      String earlier = Trouble.STEPS.get(number - 1);
      assertThat(during).filteredOn(event -> reaches(event, earlier)).hasSizeGreaterThan(15);
    }
  }

  @Test
  void aShareOfThoseWhoComeIsStuck() {
    long with = during(told("payment", 0.6)).stream().filter(e -> reaches(e, "payment")).count();
    long without = during(WITHOUT).stream().filter(e -> reaches(e, "payment")).count();

    assertThat((double) with / without).isBetween(0.25, 0.55);
  }

  @Test
  void whenItIsOverTheyPassAgain() {
    List<Event> with = told("payment", 1);

    assertThat(with)
        .filteredOn(event -> event.at() >= UNTIL && reaches(event, "payment"))
        .hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aWayToPayThatIsDownIsRefusedAndNobodyPaysByIt(String method) {
    List<Event> during = during(told(method, 1));

    assertThat(during)
        .filteredOn(event -> event.type().equals(EventType.ORDER_PLACED))
        .isNotEmpty()
        .noneMatch(event -> event.says(Attribute.PAYMENT_METHOD, method));
    assertThat(during)
        .filteredOn(event -> event.says(Attribute.FAILURE_REASON, "provider_unavailable"))
        .isNotEmpty()
        .allMatch(event -> event.says(Attribute.PAYMENT_METHOD, method));
  }

  @Test
  void whoIsStuckStillDoesNothingImpossible() {
    ShopRules rules = new ShopRules(Worlds.simulation(SOUND).shop());

    told("placed", 0.5).forEach(rules::check);

    assertThat(rules.broken()).isEmpty();
  }

  @Test
  void whatNoShopHasIsRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> new Trouble("gift_wrap", 0.5, 0, 1))
        .hasMessageContainingAll("gift_wrap", "shipping", "paypal");
    assertThatThrownBy(() -> new Trouble("payment", 1.5, 0, 1)).hasMessageContaining("share");
    assertThatThrownBy(() -> new Trouble("payment", 0.5, 1, 0))
        .hasMessageContaining("does not end");
  }

  private static List<Event> told(String what, double share) {
    return Worlds.told(SOUND.troubledBy(List.of(new Trouble(what, share, FROM, UNTIL))), DAYS);
  }

  private static List<Event> before(List<Event> events, long moment) {
    return events.stream().filter(event -> event.at() < moment).toList();
  }

  private static List<Event> during(List<Event> events) {
    return events.stream().filter(event -> event.at() >= FROM && event.at() < UNTIL).toList();
  }

  private static Map<String, List<Event>> byCustomer(List<Event> events) {
    return events.stream().collect(groupingBy(Event::customer));
  }

  private static boolean reaches(Event event, String step) {
    return switch (step) {
      case "started" -> event.type().equals(EventType.CHECKOUT_STARTED);
      case "placed" -> event.type().equals(EventType.ORDER_PLACED);
      default -> event.says(Attribute.CHECKOUT_STEP, step);
    };
  }
}
