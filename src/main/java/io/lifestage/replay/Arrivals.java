package io.lifestage.replay;

import io.lifestage.lifecycle.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The orders in which events may come in, when none is further behind the latest than a bound; in
 * each order one of them comes twice.
 */
final class Arrivals {
  private final List<Event> events;
  private final long bound;
  private final int most;

  /**
   * @param events in event-time order
   * @param bound the disorder bound, milliseconds
   * @param most how many orders at most
   */
  Arrivals(List<Event> events, long bound, int most) {
    this.events = events;
    this.bound = bound;
    this.most = most;
  }

  /**
   * All orders where they are few, else a sample; as many, at least, as there are events, so that
   * each comes twice once.
   *
   * @param random draws the sample, and when the second one comes
   */
  List<List<Event>> orders(Random random) {
    List<List<Event>> orders = new ArrayList<>();
    collect(new ArrayList<>(events), new ArrayList<>(), orders);
    if (orders.size() > most) {
      orders.clear();
      for (int i = 0; i < most; i++) {
        orders.add(drawn(random));
      }
    }
    int distinct = orders.size();
    for (int i = distinct; i < Math.min(most, events.size()); i++) {
      orders.add(orders.get(i % distinct));
    }
    List<List<Event>> all = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      all.add(events.isEmpty() ? List.of() : withOneTwice(orders.get(i), i, random));
    }
    return all;
  }

  /** Every order, up to one more than are wanted. */
  private void collect(List<Event> left, List<Event> chosen, List<List<Event>> orders) {
    if (left.isEmpty()) {
      orders.add(List.copyOf(chosen));
      return;
    }
    int choices = mayComeNext(left);
    for (int i = 0; i < choices && orders.size() <= most; i++) {
      Event next = left.remove(i);
      chosen.add(next);
      collect(left, chosen, orders);
      chosen.remove(chosen.size() - 1);
      left.add(i, next);
    }
  }

  private List<Event> drawn(Random random) {
    List<Event> left = new ArrayList<>(events);
    List<Event> order = new ArrayList<>();
    while (!left.isEmpty()) {
      order.add(left.remove(random.nextInt(mayComeNext(left))));
    }
    return order;
  }

  /** How many of the events that are left may come before the first of them. */
  private int mayComeNext(List<Event> left) {
    int choices = 1;
    while (choices < left.size() && left.get(choices).at() - left.get(0).at() <= bound) {
      choices++;
    }
    return choices;
  }

  private List<Event> withOneTwice(List<Event> order, int number, Random random) {
    Event twice = events.get(number % events.size());
    int first = order.indexOf(twice) + 1;
    int last = first;
    while (last < order.size() && order.get(last).at() - twice.at() <= bound) {
      last++;
    }
    List<Event> again = new ArrayList<>(order);
    again.add(first + random.nextInt(last - first + 1), twice);
    return again;
  }

  /** The order for people, such as e2, e1, e2 again. */
  static String told(List<Event> order) {
    Set<String> seen = new HashSet<>();
    List<String> told = new ArrayList<>();
    for (Event event : order) {
      told.add(seen.add(event.id()) ? event.id() : event.id() + " again");
    }
    return String.join(", ", told);
  }
}
