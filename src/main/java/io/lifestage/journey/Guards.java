package io.lifestage.journey;

import io.lifestage.lifecycle.Condition;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What keeps a shop from annoying its customers: asked of every trigger of marketing to a customer,
 * whatever journey it is of. Journeys marked service are free of all of it, and count in nothing.
 *
 * @param id its name
 * @param version counted up with every change
 * @param zone where customers' days and hours are reckoned
 * @param caps how often somebody may be written to
 * @param quietHours when nobody is written to
 * @param pauses what withholds everything for as long as it holds
 * @param arbitration how long a trigger waits for a better one; zero for not at all
 * @param holdout who gets nothing, to be compared with
 */
public record Guards(
    String id,
    int version,
    Zone zone,
    List<Cap> caps,
    List<QuietHours> quietHours,
    List<Pause> pauses,
    Duration arbitration,
    Holdout holdout) {

  /** No guards but those that each journey brings. */
  public static final Guards NONE =
      new Guards(
          "none",
          1,
          new Zone("time_zone", ZoneId.of("UTC")),
          List.of(),
          List.of(),
          List.of(),
          Duration.ZERO,
          Holdout.NOBODY);

  public Guards {
    caps = List.copyOf(caps);
    quietHours = List.copyOf(quietHours);
    pauses = List.copyOf(pauses);
  }

  /** How far back sendings have to be remembered. */
  public Duration memory() {
    Duration longest = arbitration;
    for (Cap cap : caps) {
      // The longest month, and a day for the clocks that are put back in it.
      Duration period =
          cap.period() instanceof Period.Rolling rolling ? rolling.length() : Duration.ofDays(32);
      longest = period.compareTo(longest) > 0 ? period : longest;
    }
    return longest;
  }

  /**
   * Where a customer's clock stands.
   *
   * @param attribute the customer's attribute that names the zone, such as {@code Europe/Berlin}
   * @param otherwise for customers of whom none is known, or one that there is not
   */
  public record Zone(String attribute, ZoneId otherwise) {}

  /**
   * How often somebody may be written to.
   *
   * @param name what decisions call it
   * @param channel the channel that it is about, or null for all together
   * @param tag the tag of journeys that it is about, or null for all together
   * @param atMost how many triggers
   * @param period in which time
   */
  public record Cap(String name, String channel, String tag, int atMost, Period period) {
    public Cap {
      if (atMost < 1 || atMost > MOST) {
        throw new IllegalArgumentException(
            "cap " + name + ": at most " + atMost + "; it lies from 1 to " + MOST);
      }
    }

    /** As many sendings are remembered of a customer. */
    public static final int MOST = 100;

    /** Whether a trigger over this channel, of a journey with these tags, counts. */
    public boolean counts(String over, Set<String> tags) {
      return (channel == null || channel.equals(over)) && (tag == null || tags.contains(tag));
    }
  }

  /** A stretch of time in which triggers are counted. */
  public sealed interface Period {

    /**
     * Any stretch of that length: there is none with more triggers than the cap lets through.
     *
     * @param length how long
     */
    record Rolling(Duration length) implements Period {}

    /**
     * A day, a week from Monday or a month, as the customer's calendar has it.
     *
     * @param unit which
     */
    record Calendar(Unit unit) implements Period {}

    /** The unit of a calendar. */
    enum Unit {
      DAY,
      WEEK,
      MONTH
    }
  }

  /**
   * A part of the customer's day.
   *
   * @param channels the channels that keep quiet; empty for all
   * @param from its beginning, on the customer's clock
   * @param to its end, exclusive; earlier than the beginning where it goes over midnight
   * @param hold whether a trigger waits for the end, else it is withheld
   */
  public record QuietHours(Set<String> channels, LocalTime from, LocalTime to, boolean hold) {
    public QuietHours {
      channels = Set.copyOf(channels);
      if (from.equals(to)) {
        throw new IllegalArgumentException("quiet hours from " + from + " to " + to);
      }
    }
  }

  /**
   * Something that withholds everything for as long as it holds, such as a complaint.
   *
   * @param reason what decisions say
   * @param condition what it is
   */
  public record Pause(String reason, Condition condition) {}

  /**
   * A share of all customers who get nothing.
   *
   * @param share of 10,000
   * @param salt another one chooses others
   */
  public record Holdout(int share, String salt) {
    public static final Holdout NOBODY = new Holdout(0, "");

    public Holdout {
      if (share < 0 || share > Step.Split.WHOLE) {
        throw new IllegalArgumentException("a holdout of " + share + " of 10,000");
      }
    }
  }
}
