package io.lifestage.cli;

import com.google.errorprone.annotations.FormatMethod;
import io.lifestage.lifecycle.Product;
import io.lifestage.traffic.Assortment;
import io.lifestage.traffic.Bookmark;
import io.lifestage.traffic.Continuation;
import io.lifestage.traffic.Disturbance;
import io.lifestage.traffic.KafkaOutlet;
import io.lifestage.traffic.Outlet;
import io.lifestage.traffic.Player;
import io.lifestage.traffic.Shop;
import io.lifestage.traffic.Storekeeper;
import io.lifestage.traffic.ToldSoFar;
import io.lifestage.traffic.Trouble;
import io.lifestage.traffic.World;
import io.lifestage.wire.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
          + " given, twice the same command gives the same events, byte for byte.",
      "The shop's catalogue goes to the topic products before the first event, and what changes in it"
          + " as it happens: prices that drop for some days, what runs out and comes back, what is"
          + " new.",
      "With --trouble something in the shop does not work for a while. It stays in the world:"
          + " started again without the option, traffic goes on with what is left of it."
    })
final class TrafficRunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;

  @Mixin private TrafficOptions options;

  @Option(
      names = {"--print", "--dry-run"},
      description = "Prints the events as lines of JSON instead; needs neither Kafka nor registry.")
  private boolean print;

  private final Assortment assortment = Assortment.homeAndGarden();

  @Override
  public Integer call() throws IOException, RegistryException, InterruptedException {
    options.refuseWhatDoesNotGoTogether();
    long now = System.currentTimeMillis();
    if (print) {
      Continuation fresh =
          troubled(Continuation.fromTheBeginning(options.world(now), assortment), now);
      try (Outlet outlet = new PrintedEvents(spec.commandLine().getOut())) {
        play(fresh, outlet, now);
      }
      return ExitCode.OK;
    }
    ToldSoFar told = told();
    Continuation continuation = continuation(told, now);
    try (KafkaOutlet kafkaOutlet =
        new KafkaOutlet(
            kafka.properties(),
            options.prefix(),
            TrafficCommand.schemaIds(registry, options.prefix()))) {
      play(continuation, stocked(kafkaOutlet, continuation, told, now), now);
    }
    return ExitCode.OK;
  }

  /**
   * Publishes the catalogue where a world begins, and what changes in it as the world goes on.
   * Where another shop's may stand it begins now: what it was before is the other's.
   */
  private static Outlet stocked(
      KafkaOutlet outlet, Continuation continuation, ToldSoFar told, long now) throws IOException {
    Bookmark from = continuation.from();
    Shop shop = continuation.simulation().shop();
    long published = continuation.simulation().reached();
    if (told.bookmark().isEmpty()) {
      boolean joins = told.anything();
      published = joins ? now : from.world().beginning();
      List<Product> stock = shop.stock(published);
      outlet.publish(joins ? stock.stream().map(product -> product.from(now)).toList() : stock);
    }
    return new Storekeeper(outlet, outlet::publish, shop, from.shift(), published);
  }

  private ToldSoFar told() throws IOException {
    try {
      return ToldSoFar.in(kafka.properties(), options.prefix());
    } catch (KafkaException e) {
      throw new KafkaException(
          "Kafka at %s: %s".formatted(kafka.bootstrapServers(), e.getMessage()), e);
    }
  }

  private Continuation continuation(ToldSoFar told, long now) {
    if (!told.anything()) {
      World world = options.world(now);
      say(
          "A new world of seed %d and %,d customers, from %s on",
          world.seed(), world.customers(), Instant.ofEpochMilli(world.beginning()));
      return troubled(Continuation.fromTheBeginning(world, assortment), now);
    }
    if (told.bookmark().isEmpty() && !options.live()) {
      throw options.wrong(
          "the topics of %s hold events of others; choose another --space"
              .formatted(options.prefix()));
    }
    if (told.bookmark().isEmpty()) {
      say("The topics hold events of others: no past is played in, only what happens from now on");
      return troubled(Continuation.unseenUntil(now, options.world(now), assortment), now);
    }
    Bookmark bookmark = told.bookmark().get();
    options.refuseAnotherWorldThan(bookmark.world());
    say(
        "The topics hold %,d events of the world of seed %d; finding the place …",
        bookmark.told(), bookmark.world().seed());
    Continuation after = Continuation.after(bookmark, assortment);
    if (!options.live()) {
      return troubled(after, now);
    }
    say(
        after.isInThePast()
            ? "The past was not played to its end: its rest follows now. A job that was idle"
                + " meanwhile takes it for late"
            : "Going on from now, as if the world had stood still meanwhile");
    long resumed = System.currentTimeMillis();
    // To find the place in the troubled world takes its time too, and meanwhile it stands still.
    return troubled(after.resumedAt(resumed), resumed).resumedAt(System.currentTimeMillis());
  }

  private Continuation troubled(Continuation continuation, long now) {
    long reached = continuation.simulation().reached();
    try {
      return continuation.troubledBy(
          options.troubles(continuation.from(), reached, now), assortment);
    } catch (IllegalArgumentException e) {
      throw options.wrong("--trouble: " + e.getMessage());
    }
  }

  private void sayWhatDoesNotWork(Continuation continuation) {
    long shift = continuation.from().shift();
    for (Trouble trouble : continuation.from().world().troubles()) {
      if (trouble.until() > continuation.simulation().reached()) {
        say(
            "Trouble: %s fails for %.0f%% of the carts that come to it, from %s to %s",
            trouble.what(),
            100 * trouble.share(),
            Instant.ofEpochMilli(trouble.from() + shift).truncatedTo(ChronoUnit.SECONDS),
            Instant.ofEpochMilli(trouble.until() + shift).truncatedTo(ChronoUnit.SECONDS));
      }
    }
  }

  @SuppressWarnings("SystemConsoleNull") // Java 22 and later take a log for a terminal; no harm.
  private void play(Continuation continuation, Outlet outlet, long now)
      throws IOException, InterruptedException {
    sayWhatDoesNotWork(continuation);
    Bookmark from = continuation.from();
    PrintWriter err = spec.commandLine().getErr();
    TrafficProgress progress =
        new TrafficProgress(err, System.console() != null, options.live(), now);
    Player player =
        new Player(from, options.pace(from), System::currentTimeMillis, Thread::sleep, progress);
    Disturbance sendings =
        new Disturbance(
            continuation.simulation(), from.told(), options.wish(), from.world().seed());
    OrderlyEnd end = new OrderlyEnd(player::stop);
    try {
      long sent = player.play(sendings, outlet, options.end(from.world(), now));
      progress.end();
      say("%,d events sent", sent);
    } finally {
      end.reached();
    }
  }

  @FormatMethod
  private void say(String form, Object... values) {
    spec.commandLine().getErr().println(form.formatted(values));
    spec.commandLine().getErr().flush();
  }
}
