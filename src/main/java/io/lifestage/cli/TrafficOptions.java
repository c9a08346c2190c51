package io.lifestage.cli;

import io.lifestage.traffic.Bookmark;
import io.lifestage.traffic.Disturbance;
import io.lifestage.traffic.Pace;
import io.lifestage.traffic.Trouble;
import io.lifestage.traffic.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which world traffic plays, from when to when, how fast, and how disturbed. */
final class TrafficOptions {
  private static final long SEED = 42;
  private static final int CUSTOMERS = 10_000;
  private static final double LIVE_RATE = 20;

  /**
   * A visit takes minutes to lead to an order: so early visitors come, to be seen buying at once.
   */
  private static final Duration BUSY_BEFORE = Duration.ofMinutes(15);

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final Duration SEASON = Duration.ofDays(120);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SpaceOption space;

  @Option(names = "--seed", paramLabel = "N", description = "Of all chance (" + SEED + ").")
  private Long seed;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description = "People who come within the first 120 days or the past, if longer (10000).")
  private Integer customers;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS/S",
      description = {
        "Visitors beside the customers, so many that their first visits make so many events a second"
            + " on average over a week; in the live space from a quarter of an hour before now on (20),"
            + " in a space of its own all along (0)."
      })
  private Double rate;

  @Option(
      names = "--past",
      defaultValue = "120d",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      description =
          "How long before now, or before --until in a space, it begins (${DEFAULT-VALUE}).")
  private Duration past;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Ends at this event time, such as 2026-03-01T00:00:00Z.")
  private Instant until;

  @Option(
      names = "--duration",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      description =
          "Ends so long after now in the live space, so long after the beginning in another.")
  private Duration duration;

  @Option(
      names = "--speed",
      paramLabel = "TIMES",
      description =
          "So many times as fast as real time, in a space of its own only; else as fast as it goes.")
  private Double speed;

  @Option(
      names = "--disorder",
      defaultValue = "0s",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      description = "Holds each event back for up to so long, so that they overtake each other.")
  private Duration disorder;

  @Option(
      names = "--duplicates",
      defaultValue = "0%",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = "Sends so many events a second time, such as 1%%.")
  private double duplicates;

  @Option(
      names = "--late",
      defaultValue = "0%",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description = "Holds so many events back from ten minutes to two hours, such as 0.1%%.")
  private double late;

  @Option(
      names = "--trouble",
      paramLabel = "WHAT=SHARE[@WHEN][/SPAN]",
      converter = PlannedTrouble.Converter.class,
      description = {
        "Something in the shop does not work, for so many of the carts that come to it: a step of the"
            + " checkout (started, address, shipping, payment, review, placed) or a way to pay (card,"
            + " paypal, invoice, bank_transfer, apple_pay, ideal). payment=60%% begins now and lasts"
            + " an hour, payment=60%%@+2m/30m in two minutes and for half an hour; in a space it needs"
            + " its moment, card=100%%@2026-03-01T11:00:00Z/1h. What happened before is the same as"
            + " without it. Can be given several times."
      })
  private List<PlannedTrouble> troubles = List.of();

  /** The prefix of the space, empty in the live one. */
  String prefix() {
    return space.prefix();
  }

  /** Whether events go where event time is the wall's. */
  boolean live() {
    return space.name().isEmpty();
  }

  Disturbance.Wish wish() {
    return new Disturbance.Wish(disorder, duplicates, late);
  }

  void refuseWhatDoesNotGoTogether() {
    if (speed != null && space.name().isEmpty()) {
      throw wrong(
          "--speed needs a space of its own (--space NAME): in the live space event time is the"
              + " wall's time, and the past is played in as fast as it goes anyway");
    }
    if (speed != null && speed <= 0) {
      throw wrong("--speed has to be more than 0");
    }
    if (!live() && troubles.stream().anyMatch(trouble -> trouble.at() == null)) {
      throw wrong(
          "in a space of its own --trouble needs its moment, such as"
              + " payment=60%@2026-03-01T11:00:00Z");
    }
    if (until != null && duration != null) {
      throw wrong("--until and --duration both say when to end; give one of them");
    }
    if ((customers != null && customers < 0) || (rate != null && rate < 0)) {
      throw wrong("--customers and --rate can't be negative");
    }
  }

  /** The world that the options describe, with a catalogue that lives. */
  World world(long now) {
    long opening = !live() && until != null ? until.toEpochMilli() : now;
    long beginning = Math.floorDiv(opening - past.toMillis(), MINUTE) * MINUTE;
    World world =
        new World(
            Objects.requireNonNullElse(seed, SEED),
            Objects.requireNonNullElse(customers, CUSTOMERS),
            beginning,
            Math.max(SEASON.toMillis(), past.toMillis()),
            live() ? Math.max(beginning, opening - BUSY_BEFORE.toMillis()) : beginning,
            Objects.requireNonNullElse(rate, live() ? LIVE_RATE : 0));
    return world.alive();
  }

  /**
   * What does not work in the shop, in the world's time, but for what the world knows already.
   *
   * @param reached the time in the world up to which everything was told, epoch milliseconds
   */
  List<Trouble> troubles(Bookmark from, long reached, long now) {
    return troubles.stream()
        .map(trouble -> trouble.inTheWorld(now, from.shift(), reached + 1))
        .filter(trouble -> !from.world().troubles().contains(trouble))
        .toList();
  }

  /** Options that were given have to be those of the world that the topics hold. */
  void refuseAnotherWorldThan(World world) {
    boolean another =
        (seed != null && seed != world.seed())
            || (customers != null && customers != world.customers())
            || (rate != null && rate != world.rate());
    if (another) {
      throw wrong(
          ("the topics hold a world of --seed %d --customers %d --rate %s; go on with that one"
                  + " (leave the options out), or choose another --space")
              .formatted(world.seed(), world.customers(), world.rate()));
    }
  }

  Pace pace(Bookmark from) {
    if (live()) {
      return Pace.live(from.shift());
    }
    return speed == null ? Pace.HURRIED : Pace.faster(speed);
  }

  /** Where event time ends, epoch milliseconds. */
  long end(World world, long now) {
    if (until != null) {
      return until.toEpochMilli();
    }
    if (live()) {
      return duration == null ? Long.MAX_VALUE : now + duration.toMillis();
    }
    return duration == null ? now : world.beginning() + duration.toMillis();
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
