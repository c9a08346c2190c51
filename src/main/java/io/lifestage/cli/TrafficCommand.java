package io.lifestage.cli;

import io.lifestage.lifecycle.Product;
import io.lifestage.traffic.Assortment;
import io.lifestage.traffic.KafkaOutlet;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.RegistryException;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lifestage traffic}: believable customers of a home-and-garden shop. */
@Command(
    name = "traffic",
    description = "Believable customers of a home-and-garden shop: the same seed, the same events.",
    subcommands = TrafficRunCommand.class)
final class TrafficCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "catalogue",
      description = {
        "Publishes the shop's catalogue of about 200 products to the topic products, each with the"
            + " complements that somebody chose by hand.",
        "`traffic run` publishes its own when it begins a world, and what changes in it; this is for"
            + " a job that is to know the products before."
      })
  void catalogue(
      @Mixin KafkaOptions kafka,
      @Mixin RegistryOptions registry,
      @Mixin SpaceOption space,
      @Option(
              names = "--past",
              defaultValue = "120d",
              paramLabel = "SPAN",
              converter = SpanConverter.class,
              description =
                  "Effective from the beginning of the day so long ago (${DEFAULT-VALUE}).")
          Duration past)
      throws IOException, RegistryException {
    Instant from = Instant.now().minus(past).truncatedTo(ChronoUnit.DAYS);
    List<Product> products = Assortment.homeAndGarden().effectiveAt(from.toEpochMilli());
    try (KafkaOutlet outlet =
        new KafkaOutlet(kafka.properties(), space.prefix(), schemaIds(registry, space.prefix()))) {
      outlet.publish(products);
    }
    spec.commandLine().getOut().printf("%d products, effective from %s%n", products.size(), from);
    spec.commandLine().getOut().flush();
  }

  static Map<Topic, Integer> schemaIds(RegistryOptions options, String prefix)
      throws IOException, RegistryException {
    try (SchemaRegistry registry = ConfluentRegistry.connect(options.properties())) {
      return new Schemas(registry, prefix).register();
    }
  }
}
