package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.job.CommittedRecords;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.ProductHistory;
import io.lifestage.traffic.KafkaOutlet;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifestage product}: one product of the catalogue, shown or changed. */
@Command(
    name = "product",
    description = {
      "Shows a product as the catalogue has it, or publishes a new version of it.",
      "Those who watch it hear of a lower price, and that it is back in stock; those who like its category"
          + " of a new product."
    })
final class ProductCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Parameters(paramLabel = "SKU", description = "The product's number.")
  private String sku;

  @Option(
      names = "--price",
      paramLabel = "AMOUNT",
      description = "What it costs, such as 12.50, or \"12.50 EUR\" where it had no price.")
  private String price;

  @Option(
      names = "--available",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether it can be bought.")
  private Boolean available;

  @Option(names = "--name", paramLabel = "TEXT", description = "What people call it.")
  private String name;

  @Option(names = "--category", paramLabel = "TEXT", description = "Its category.")
  private String category;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "From when on it is so; else from now on.")
  private Instant from;

  @Override
  public Integer call() throws Exception {
    Product known = latest();
    Product changed = changed(known, from == null ? Instant.now() : from);
    Printout out = new Printout(spec.commandLine().getOut());
    if (changed == null && known == null) {
      spec.commandLine()
          .getErr()
          .println("The catalogue has no %s; --name, --price … make one".formatted(sku));
      return ExitCode.SOFTWARE;
    }
    if (changed != null) {
      try (KafkaOutlet outlet =
          new KafkaOutlet(
              kafka.properties(),
              space.prefix(),
              TrafficCommand.schemaIds(registry, space.prefix()))) {
        outlet.publish(List.of(changed));
      }
      out.line(known == null ? "New in the catalogue:" : "Published a new version:");
    }
    out.line(told(changed == null ? known : changed));
    return ExitCode.OK;
  }

  /** The version that is asked for, or null where none is. */
  private Product changed(Product known, Instant moment) {
    if (price == null && available == null && name == null && category == null) {
      return null;
    }
    Product before =
        known == null ? new Product(sku, 0, sku, "", Money.NONE, true, List.of()) : known;
    return new Product(
        sku,
        moment.toEpochMilli(),
        name == null ? before.name() : name,
        category == null ? before.category() : category,
        price == null ? before.price() : money(before.price().currency()),
        available == null ? before.available() : available,
        before.complements(),
        before.group());
  }

  private Money money(String known) {
    String[] parts = price.strip().split("\\s+", -1);
    String code = parts.length == 2 ? parts[1] : known;
    try {
      int digits = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
      BigDecimal amount = new BigDecimal(parts[0]);
      if (parts.length <= 2 && amount.signum() >= 0) {
        return new Money(amount.movePointRight(digits).longValueExact(), code);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Said below.
    }
    throw new ParameterException(
        spec.commandLine(),
        "Invalid value for option '--price': '%s' is no amount; write 12.50 or \"12.50 EUR\""
            .formatted(price));
  }

  /** The version with the greatest beginning, or null where there is none. */
  private Product latest() throws Exception {
    String topic = Topic.PRODUCTS.in(space.prefix());
    ProductHistory[] history = {ProductHistory.EMPTY};
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
        CommittedRecords records = CommittedRecords.open(kafka.properties())) {
      RecordPrinter printer = new RecordPrinter(schemas);
      records.toTheEnd(
          Set.copyOf(records.partitions(List.of(topic))),
          record -> {
            if (record.key() != null && sku.equals(new String(record.key(), UTF_8))) {
              history[0] =
                  record.value() == null
                      ? ProductHistory.EMPTY
                      : history[0].with(
                          product(new PrintedRecord(printer.read(record.value()))), Long.MIN_VALUE);
            }
            return true;
          },
          CommittedRecords.Progress.UNHEARD);
      return history[0].at(Long.MAX_VALUE);
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
  }

  private static Product product(PrintedRecord record) {
    String code = record.text("currency");
    return new Product(
        record.text("sku"),
        record.time("effective_at").toEpochMilli(),
        record.text("name"),
        orEmpty(record.text("category")),
        code == null ? Money.NONE : new Money(record.number("price_minor"), code),
        record.flag("available"),
        record.texts("complements"),
        orEmpty(record.text("item_group_id")));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static String told(Product product) {
    return "%s  %s [%s]  %s  %s, from %s%s"
        .formatted(
            product.sku(),
            product.name(),
            product.category(),
            product.price(),
            product.available() ? "can be bought" : "can't be bought",
            Instant.ofEpochMilli(product.effectiveAt()),
            product.complements().isEmpty()
                ? ""
                : "  goes with " + String.join(", ", product.complements()));
  }
}
