package io.lifestage.cli;

import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.RegistryException;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lifestage schemas}: the contracts of the topics, in a Schema Registry. */
@Command(name = "schemas", description = "The contracts of the topics, in a Schema Registry.")
final class SchemasCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "register",
      description = {
        "Registers the schema of every topic that has one, under <prefix><topic>-value, and holds"
            + " each of these subjects to FULL_TRANSITIVE.",
        "What is registered already stays as it is. A schema that does not go with those before it"
            + " is refused, and the message says why."
      })
  void register(
      @Mixin RegistryOptions options,
      @Option(
              names = "--prefix",
              defaultValue = "",
              paramLabel = "PREFIX",
              description = "Goes before every topic's name, as a space has it.")
          String prefix)
      throws RegistryException, IOException {
    try (SchemaRegistry registry = ConfluentRegistry.connect(options.properties())) {
      Map<Topic, Integer> ids = new Schemas(registry, prefix).register();
      PrintWriter out = spec.commandLine().getOut();
      ids.forEach((topic, id) -> out.printf("%6d  %s%n", id, topic.subjectIn(prefix)));
      out.flush();
    }
  }

  @Command(
      name = "list",
      description =
          "Prints each topic with its schema, as this release has them. Asks no registry.")
  void list() {
    PrintWriter out = spec.commandLine().getOut();
    Arrays.stream(Topic.values())
        .filter(topic -> topic.schema() != null)
        .forEach(
            topic -> out.printf("%-12s  %s%n", topic.plainName(), topic.schema().getFullName()));
    out.flush();
  }
}
