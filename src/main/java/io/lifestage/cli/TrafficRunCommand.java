package io.lifestage.cli;

import com.google.errorprone.annotations.FormatMethod;
import io.lifestage.traffic.Assortment;
import io.lifestage.traffic.Bookmark;
import io.lifestage.traffic.Continuation;
import io.lifestage.traffic.Disturbance;
import io.lifestage.traffic.KafkaOutlet;
import io.lifestage.traffic.Outlet;
import io.lifestage.traffic.Pace;
import io.lifestage.traffic.Player;
import io.lifestage.traffic.ToldSoFar;
import io.lifestage.traffic.World;
import io.lifestage.wire.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lifestage traffic run}: plays the shop's customers. */
@Command(
    name = "run",
    description = {
      "Plays the shop's customers into the topics clickstream, chat, orders and customers.",
      "In the live space (no --space) it begins with the past, as fast as Kafka takes it, and goes on"
          + " in real time until it is stopped. Started again, it never plays the past twice: it goes"
          + " on after the last event that the topics hold, as if the world had stood still"
          + " meanwhile. Topics with events of others get no past, only what happens from now on.",
      "In a space of its own it plays from so long before --until to --until and ends; with --until"
          + " given, twice the same command gives the same events, byte for byte."
    })
final class TrafficRunCommand implements Callable<Integer> {
  private static final long SEED = 42;
  private static final int CUSTOMERS = 10_000;
  private static final double LIVE_RATE = 5;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final Duration SEASON = Duration.ofDays(120);

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;

  @Option(
      names = {"--space", "--prefix"},
      defaultValue = "",
      paramLabel = "PREFIX",
      description = "Plays in a space of its own: this goes before every topic's name.")
  private String space;

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
            + " on average over a week; in the live space from the end of the past on (5), in a space"
            + " of its own all along (0)."
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
      names = {"--print", "--dry-run"},
      description = "Prints the events as lines of JSON instead; needs neither Kafka nor registry.")
  private boolean print;

  private final Assortment shop = Assortment.homeAndGarden();

  @Override
  public Integer call() throws IOException, RegistryException, InterruptedException {
    refuseWhatDoesNotGoTogether();
    long now = System.currentTimeMillis();
    if (print) {
      Continuation fresh = Continuation.fromTheBeginning(world(now), shop);
      try (Outlet outlet = new PrintedEvents(spec.commandLine().getOut())) {
        play(fresh, outlet, now);
      }
      return ExitCode.OK;
    }
    Continuation continuation = continuation(told(), now);
    try (KafkaOutlet outlet =
        new KafkaOutlet(kafka.properties(), space, TrafficCommand.schemaIds(registry, space))) {
      if (continuation.from().told() == 0) {
        outlet.publish(shop.effectiveAt(continuation.from().world().beginning()));
      }
      play(continuation, outlet, now);
    }
    return ExitCode.OK;
  }

  private void refuseWhatDoesNotGoTogether() {
    if (speed != null && space.isEmpty()) {
      throw wrong(
          "--speed needs a space of its own (--space PREFIX): in the live space event time is the"
              + " wall's time, and the past is played in as fast as it goes anyway");
    }
    if (speed != null && speed <= 0) {
      throw wrong("--speed has to be more than 0");
    }
    if (until != null && duration != null) {
      throw wrong("--until and --duration both say when to end; give one of them");
    }
    if ((customers != null && customers < 0) || (rate != null && rate < 0)) {
      throw wrong("--customers and --rate can't be negative");
    }
  }

  /** The world that the options describe. */
  private World world(long now) {
    boolean live = space.isEmpty();
    long opening = !live && until != null ? until.toEpochMilli() : now;
    long beginning = Math.floorDiv(opening - past.toMillis(), MINUTE) * MINUTE;
    return new World(
        Objects.requireNonNullElse(seed, SEED),
        Objects.requireNonNullElse(customers, CUSTOMERS),
        beginning,
        Math.max(SEASON.toMillis(), past.toMillis()),
        live ? opening : beginning,
        Objects.requireNonNullElse(rate, live ? LIVE_RATE : 0));
  }

  private ToldSoFar told() throws IOException {
    try {
      return ToldSoFar.in(kafka.properties(), space);
    } catch (KafkaException e) {
      throw new KafkaException(
          "Kafka at %s: %s".formatted(kafka.bootstrapServers(), e.getMessage()), e);
    }
  }

  private Continuation continuation(ToldSoFar told, long now) {
    if (!told.anything()) {
      World world = world(now);
      say(
          "A new world of seed %d and %,d customers, from %s on",
          world.seed(), world.customers(), Instant.ofEpochMilli(world.beginning()));
      return Continuation.fromTheBeginning(world, shop);
    }
    if (told.bookmark().isEmpty() && !space.isEmpty()) {
      throw wrong(
          "the topics of %s hold events of others; choose another --space".formatted(space));
    }
    if (told.bookmark().isEmpty()) {
      say("The topics hold events of others: no past is played in, only what happens from now on");
      return Continuation.unseenUntil(now, world(now), shop);
    }
    Bookmark bookmark = told.bookmark().get();
    refuseAnotherWorldThan(bookmark.world());
    say(
        "The topics hold %,d events of the world of seed %d; finding the place …",
        bookmark.told(), bookmark.world().seed());
    Continuation after = Continuation.after(bookmark, shop);
    if (!space.isEmpty()) {
      return after;
    }
    Continuation resumed = after.resumedAt(System.currentTimeMillis());
    say(
        resumed.equals(after)
            ? "The past was not played to its end: its rest follows now. A job that was idle"
                + " meanwhile takes it for late"
            : "Going on from now, as if the world had stood still meanwhile");
    return resumed;
  }

  private void refuseAnotherWorldThan(World world) {
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

  @SuppressWarnings("SystemConsoleNull") // Java 22 and later take a log for a terminal; no harm.
  private void play(Continuation continuation, Outlet outlet, long now)
      throws IOException, InterruptedException {
    Bookmark from = continuation.from();
    PrintWriter err = spec.commandLine().getErr();
    boolean live = space.isEmpty();
    TrafficProgress progress = new TrafficProgress(err, System.console() != null, live, now);
    Player player =
        new Player(from, pace(from), System::currentTimeMillis, Thread::sleep, progress);
    Disturbance sendings =
        new Disturbance(
            continuation.simulation(),
            from.told(),
            new Disturbance.Wish(disorder, duplicates, late),
            from.world().seed());
    OrderlyEnd end = new OrderlyEnd(player::stop);
    try {
      long sent = player.play(sendings, outlet, end(from.world(), now));
      progress.end();
      say("%,d events sent", sent);
    } finally {
      end.reached();
    }
  }

  private Pace pace(Bookmark from) {
    if (space.isEmpty()) {
      return Pace.live(from.shift());
    }
    return speed == null ? Pace.HURRIED : Pace.faster(speed);
  }

  private long end(World world, long now) {
    if (until != null) {
      return until.toEpochMilli();
    }
    if (space.isEmpty()) {
      return duration == null ? Long.MAX_VALUE : now + duration.toMillis();
    }
    return duration == null ? now : world.beginning() + duration.toMillis();
  }

  @FormatMethod
  private void say(String form, Object... values) {
    spec.commandLine().getErr().println(form.formatted(values));
    spec.commandLine().getErr().flush();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
