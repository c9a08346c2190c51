package io.lifestage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorekeeperTest {
  private static final World WORLD = Worlds.of(42, 200, 0).alive();
  private static final int DAYS = 30;
  private static final List<Event> EVENTS = Worlds.told(WORLD, DAYS);

  /** The moments of events and of versions, as they were sent. */
  private final List<Object> sent = new ArrayList<>();

  @Test
  void eachVersionIsThereBeforeTheFirstEventOfItsMomentOrLater() throws Exception {
    tell(EVENTS, 0, WORLD.beginning());

    long events = WORLD.beginning();
    long versions = WORLD.beginning();
    for (Object one : sent) {
      if (one instanceof Event event) {
        events = event.at();
      } else {
        long at = ((Product) one).effectiveAt();
        assertThat(at).as("never later than an event").isGreaterThan(events);
        assertThat(at).as("in their order").isGreaterThanOrEqualTo(versions);
        versions = at;
      }
    }
    assertThat(versions()).hasSizeGreaterThan(50);
    assertThat(Worlds.simulation(WORLD).shop().nextChange(versions)).isGreaterThan(events);
  }

  @Test
  void whoGoesOnPublishesWhatIsLeft() throws Exception {
    tell(EVENTS, 0, WORLD.beginning());
    List<Product> atOnce = versions();
    sent.clear();
    int half = EVENTS.size() / 2;

    tell(EVENTS.subList(0, half), 0, WORLD.beginning());
    tell(EVENTS.subList(half, EVENTS.size()), 0, EVENTS.get(half - 1).at());

    assertThat(versions()).isEqualTo(atOnce);
  }

  @Test
  void whatIsToldLaterIsInForceLater() throws Exception {
    tell(EVENTS, 0, WORLD.beginning());
    List<Long> moments = versions().stream().map(p -> p.effectiveAt() + 5 * Rhythm.HOUR).toList();
    sent.clear();

    tell(
        EVENTS.stream().map(event -> later(event, 5 * Rhythm.HOUR)).toList(),
        5 * Rhythm.HOUR,
        WORLD.beginning());

    assertThat(versions()).extracting(Product::effectiveAt).isEqualTo(moments);
  }

  private void tell(List<Event> events, long shift, long published) throws IOException {
    Shop shop = Worlds.simulation(WORLD).shop();
    try (Storekeeper keeper = new Storekeeper(new Sent(), sent::addAll, shop, shift, published)) {
      for (Event event : events) {
        keeper.send(event, "here");
      }
      keeper.flush();
    }
  }

  private List<Product> versions() {
    return sent.stream().filter(Product.class::isInstance).map(Product.class::cast).toList();
  }

  private static Event later(Event event, long by) {
    return new Event(
        event.id(),
        event.at() + by,
        event.type(),
        event.customer(),
        event.attributes(),
        event.lines(),
        event.value());
  }

  private final class Sent implements Outlet {
    @Override
    public void send(Event event, String bookmark) {
      sent.add(event);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
