package io.lifestage.definition;

import io.lifestage.definition.Spec.Case;
import io.lifestage.definition.Spec.Expectation;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Basket;
import io.lifestage.offer.Sale;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads specifications, and names every mistake in all of them. */
public final class SpecReader {
  private static final String START = "2026-03-02T10:00:00Z";
  private static final String CUSTOMER = "ada";

  private static final List<String> KEYS =
      List.of(
          "spec",
          "description",
          "journey",
          "customer",
          "start",
          "products",
          "bought-together",
          "given",
          "cases");

  private static final List<String> OF_CASES =
      List.of(
          "case",
          "description",
          "journey",
          "customer",
          "start",
          "products",
          "bought-together",
          "given",
          "events",
          "until",
          "expect");

  private static final List<String> OF_PRODUCTS =
      List.of("sku", "from", "name", "category", "price", "available", "complements", "group");

  private static final List<String> OF_BASKETS = List.of("skus", "times");

  /** Baskets of other products, without which all that is bought is bought together. */
  private static final int OTHER_BASKETS = 50;

  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Source source;
  private final Library library;
  private final Problems problems;
  private Section file;

  private SpecReader(Source source, Library library) {
    this.source = source;
    this.library = library;
    this.problems = new Problems(source);
  }

  /**
   * Reads.
   *
   * @param library the definitions that they are about
   * @throws DefinitionException with every mistake, if there is any
   */
  public static List<Spec> read(List<Source> sources, Library library) {
    List<Spec> specs = new ArrayList<>();
    List<Problem> all = new ArrayList<>();
    for (Source source : sources) {
      SpecReader reader = new SpecReader(source, library);
      specs.add(reader.read());
      all.addAll(reader.problems.inOrder());
    }
    if (!all.isEmpty()) {
      throw new DefinitionException(all);
    }
    return specs;
  }

  private Spec read() {
    Node node = Document.compose(source.text(), problems);
    if (node == null) {
      return new Spec(source.file(), "", List.of());
    }
    file = Section.of(problems, "a specification", node, KEYS);
    String name = file.required("spec", "begin with 'spec: <name>'");
    if (file.nodes("cases").isEmpty()) {
      file.missing("cases", "add a list of cases");
    }
    List<Case> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node one : file.nodes("cases")) {
      Case read = readCase(Section.of(problems, "a case", one, OF_CASES));
      if (!names.add(read.name())) {
        problems.add(one, "two cases are called '" + read.name() + "'", "");
      }
      cases.add(read);
    }
    return new Spec(source.file(), name, List.copyOf(cases));
  }

  private Case readCase(Section section) {
    String name = section.required("case", "say in a sentence what it claims");
    Section whose = section.has("start") ? section : file;
    long start = start(whose);
    String customer = section.text("customer", file.text("customer", CUSTOMER));
    EventsReader events = new EventsReader(problems, library.attributes(), customer, start);
    events.read(file.nodes("given"), true);
    events.read(section.nodes("given"), true);
    events.read(section.nodes("events"), false);
    List<Product> products = new ArrayList<>();
    file.nodes("products").forEach(node -> products.add(product(node, start)));
    section.nodes("products").forEach(node -> products.add(product(node, start)));
    List<Sale> sold = new ArrayList<>();
    file.nodes("bought-together").forEach(node -> sold.addAll(sales(node, start)));
    section.nodes("bought-together").forEach(node -> sold.addAll(sales(node, start)));
    Set<String> journeys = journeys(section.has("journey") ? section : file);
    List<Expectation> expectations = List.of();
    if (section.has("expect")) {
      expectations =
          new ExpectationsReader(problems, library.definitions(), journeys, start)
              .read(section.node("expect"));
    } else {
      section.missing("expect", "say what has to follow");
    }
    return new Case(
        name,
        section.node().getStartMark().getLine() + 1,
        journeys,
        customer,
        start,
        until(section, start, events.events()),
        events.events(),
        products.stream().sorted(Comparator.comparingLong(Product::effectiveAt)).toList(),
        List.copyOf(sold),
        expectations);
  }

  private Set<String> journeys(Section section) {
    return section.names("journey", "journey", library.definitions().journeys().keySet());
  }

  private static long start(Section section) {
    String text = section.text("start", START);
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      section.wrong("start", "is '" + text + "'", "write a moment like " + START);
      return Instant.parse(START).toEpochMilli();
    }
  }

  private static long until(Section section, long start, List<Event> events) {
    long last = events.isEmpty() ? start : events.get(events.size() - 1).at();
    long least = Math.max(start, last);
    if (!section.has("until")) {
      return least;
    }
    Long until = Moments.read(section.text("until", ""), start);
    if (until == null) {
      section.wrong("until", "is '" + section.text("until", "") + "'", EventsReader.MOMENT);
      return least;
    }
    if (until < least) {
      section.wrong("until", "is before the last event", "time goes on to it anyway");
    }
    return Math.max(until, least);
  }

  /** Baskets of other customers, a day before the start. */
  private List<Sale> sales(Node node, long start) {
    Section section = Section.of(problems, "what is bought together", node, OF_BASKETS);
    List<String> skus = section.texts("skus");
    if (new HashSet<>(skus).size() < 2) {
      section.missing("skus", "name two products, or more");
    }
    List<Sale> sales = new ArrayList<>();
    for (int i = section.number("times", 3, 1, 1000); i > 0; i--) {
      sales.add(Sale.of(Basket.ordered(start - DAY, skus)));
    }
    for (int i = 0; i < OTHER_BASKETS; i++) {
      List<String> others = List.of("(other " + i + ")", "(another " + i + ")");
      sales.add(Sale.of(Basket.ordered(start - DAY, others)));
    }
    return sales;
  }

  private Product product(Node node, long start) {
    Section section = Section.of(problems, "a product", node, OF_PRODUCTS);
    String sku = section.required("sku", "say which product it is");
    Money price = EventsReader.money(section, "price", "");
    Long from =
        section.has("from") ? Moments.read(section.text("from", ""), start) : Long.valueOf(0);
    if (from == null) {
      section.wrong("from", "is '" + section.text("from", "") + "'", EventsReader.MOMENT);
    }
    return new Product(
        sku,
        from == null ? 0 : from,
        section.text("name", sku),
        section.text("category", ""),
        price == null ? Money.NONE : price,
        section.flag("available", true),
        section.texts("complements"),
        section.text("group", ""));
  }
}
