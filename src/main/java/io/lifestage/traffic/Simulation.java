package io.lifestage.traffic;

import io.lifestage.lifecycle.Event;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The events of a {@link World} in the order of their time, without end while people come.
 *
 * <p>People act one visit at a time, when their time has come. What a visit brings, to the delivery
 * of its order, waits among the pending events until nobody can tell of anything earlier. So what
 * is held is the people who will come again and what they have begun, however long it runs; and
 * where one stops asking changes nothing of what was told before.
 */
public final class Simulation implements Iterator<Event> {

  /** Events of a first visit on average; held by a test. */
  static final double EVENTS_OF_A_FIRST_VISIT = 6.6;

  /** How people send others. */
  interface Guests {

    /** Somebody is sent, from the same country, to come in the days after this moment. */
    void invite(Person.Invitation invitation, Country country, Dice dice, long after);
  }

  /** Somebody and when they act next; the number makes the order of equals certain. */
  private record Appointment(long at, long number, Person person) {}

  /** The first part of the season, in which those come whom the shop has known for long. */
  private static final int KNOWN_PART = 7;

  private final World world;
  private final Shop shop;
  private final Dice crowd;
  private final Arrivals customers;
  private final Arrivals visitors;
  private final PriorityQueue<Appointment> agenda =
      new PriorityQueue<>(
          Comparator.comparingLong(Appointment::at).thenComparingLong(Appointment::number));
  private final PriorityQueue<Event> pending = new PriorityQueue<>(Event.BY_TIME);
  private long people;
  private long reached = Long.MIN_VALUE;

  public Simulation(World world, Assortment assortment) {
    this.world = world;
    this.shop = new Shop(world, assortment);
    long seed = Dice.seed(world.seed(), world.beginning());
    this.crowd = new Dice(seed);
    this.customers =
        Arrivals.ofCustomers(
            Dice.of(seed, 1), world.customers(), world.beginning(), world.season());
    this.visitors =
        Arrivals.ofVisitors(
            Dice.of(seed, 2), world.rate() / EVENTS_OF_A_FIRST_VISIT, world.opening());
  }

  @Override
  public boolean hasNext() {
    liveUntilTheNextEventIsCertain();
    return !pending.isEmpty();
  }

  @Override
  public Event next() {
    Event next = peek();
    pending.remove();
    reached = next.at();
    return next;
  }

  /** The event that {@link #next} will return. */
  public Event peek() {
    if (!hasNext()) {
      throw new NoSuchElementException("nobody comes any more");
    }
    return pending.peek();
  }

  /** Where all of it happens. */
  public Shop shop() {
    return shop;
  }

  /**
   * The time of the last event that {@link #next} returned; the least there is before the first.
   */
  public long reached() {
    return reached;
  }

  /** How many people and events are held in memory. */
  int held() {
    return agenda.size() + pending.size();
  }

  private void liveUntilTheNextEventIsCertain() {
    while (true) {
      long appointment = agenda.isEmpty() ? Person.NEVER : agenda.peek().at();
      long arrival = Math.min(customers.next(), visitors.next());
      long first = Math.min(appointment, arrival);
      if (first == Person.NEVER || (!pending.isEmpty() && pending.peek().at() < first)) {
        return;
      }
      if (appointment <= arrival) {
        act(agenda.remove());
      } else if (customers.next() <= visitors.next()) {
        boolean early = arrival - world.beginning() < world.season() / KNOWN_PART;
        customers.take();
        act(
            newcomer(
                arrival, early && crowd.chance(0.7) ? Person.Entrance.KNOWN : Person.Entrance.NEW));
      } else {
        visitors.take();
        act(newcomer(arrival, Person.Entrance.PASSING));
      }
    }
  }

  private Appointment newcomer(long at, Person.Entrance entrance) {
    Dice dice = new Dice(crowd.next());
    Country country = dice.oneOf(Country.ALL, c -> c.share() * Rhythm.intensity(c, at));
    return new Appointment(at, people++, new Person(dice, country, entrance, null, shop));
  }

  private void act(Appointment appointment) {
    Person person = appointment.person();
    long next = person.live(appointment.at(), world, shop, pending::add, this::expect);
    if (next < Person.NEVER) {
      agenda.add(new Appointment(next, appointment.number(), person));
    }
  }

  private void expect(Person.Invitation invitation, Country country, Dice dice, long after) {
    Person friend =
        new Person(new Dice(dice.next()), country, Person.Entrance.INVITED, invitation, shop);
    long about = after + dice.between(Rhythm.HOUR, 6 * Rhythm.DAY);
    long at = Math.max(after + Rhythm.HOUR, Rhythm.hourOfDay(dice, country, about));
    agenda.add(new Appointment(at, people++, friend));
  }
}
