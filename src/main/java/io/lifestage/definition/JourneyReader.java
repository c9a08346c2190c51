package io.lifestage.definition;

import io.lifestage.journey.Entry;
import io.lifestage.journey.EventMatch;
import io.lifestage.journey.Exit;
import io.lifestage.journey.Goal;
import io.lifestage.journey.InFlight;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Status;
import io.lifestage.journey.Step;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Expression;
import io.lifestage.trait.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a journey. */
final class JourneyReader {
  private static final List<String> KEYS =
      List.of(
          "journey",
          "version",
          "description",
          "service",
          "purpose",
          "tags",
          "status",
          "entry",
          "per",
          "re-entry",
          "steps",
          "exit",
          "goal",
          "holdout",
          "in-flight");
  private static final List<String> ENTRY =
      List.of("on", "stage", "enters", "leaves", "absence", "date", "when");
  private static final List<String> DATE = List.of("of", "offset", "at", "yearly");
  private static final List<String> EXIT = List.of("on", "stage", "same", "when", "reason");
  private static final Map<String, String> SUBJECTS =
      Map.of(
          "cart", Attribute.CART_ID,
          "order", Attribute.ORDER_ID,
          "conversation", Attribute.CONVERSATION_ID,
          "product", Attribute.SKU);

  private final Document document;
  private final Problems problems;
  private final Formulas formulas;
  private final Variables variables;
  private final Duration arbitration;
  private final Set<String> remembers = new HashSet<>();
  private Asked run;
  private InstanceKey key;
  private boolean isPerProduct;

  /**
   * Reads beside the other definitions.
   *
   * @param arbitration how long a trigger of marketing waits for a better one
   */
  JourneyReader(Document document, Variables variables, Duration arbitration) {
    this.document = document;
    this.problems = document.problems();
    this.variables = variables;
    this.formulas = new Formulas(problems, variables);
    this.arbitration = arbitration;
  }

  /** The journey; null where it has mistakes. */
  Journey read() {
    Section root = document.section(KEYS);
    int version = document.version(root);
    Section entering = root.section("entry", ENTRY);
    if (entering == null) {
      root.missing("entry", "say what starts a run");
    }
    isPerProduct = SUBJECTS.get("product").equals(subject(root.text("per", "customer")));
    Entry entry = entering == null ? null : entry(entering);
    key = key(root, entry);
    run = Asked.ofARun(entry == null ? Variables.attributesOf(EventType.all()) : knownFrom(entry));
    Set<String> types = typesOf(entry);
    Condition filter = Condition.ALWAYS;
    if (entering != null && entering.has("when")) {
      boolean atEvent = entry instanceof Entry.OnEvent || entry instanceof Entry.OnStage;
      Asked asked = atEvent ? Asked.of(types) : entry == null ? run.hearing(EventType.all()) : run;
      Formula formula = remembered(formulas.condition(entering, "when", asked));
      filter = formula == null ? Condition.ALWAYS : formula;
    }
    if (!root.has("steps")) {
      root.missing("steps", "say what a run does");
    }
    boolean service = root.flag("service", false);
    List<Exit> exits = exits(root);
    StepsReader reader =
        new StepsReader(
            problems,
            formulas,
            new StepsReader.Surroundings(
                this::match, run, key, exits, service ? Duration.ZERO : arbitration, remembers));
    List<Step> steps = reader.read(root.nodes("steps"));
    if (root.has("steps") && reader.emits() == 0) {
      root.wrong("steps", "emit nothing: the journey can never fire", "add a step 'emit'");
    }
    Goal goal = goal(root.section("goal", List.of("on", "same", "when", "within")));
    Journey.Terms terms =
        new Journey.Terms(
            service,
            root.text("purpose", service ? "service" : "marketing"),
            Set.copyOf(root.texts("tags")),
            root.share("holdout"),
            Status.valueOf(
                root.word("status", List.of("active", "paused", "archived"))
                    .toUpperCase(Locale.ROOT)),
            inFlight(root, reader.names()),
            remembers);
    if (service) {
      doubtServing(root);
    }
    ReEntry reEntry = reEntry(root);
    if (entry instanceof Entry.OnDate date && date.yearly() && reEntry instanceof ReEntry.Once) {
      entering
          .section("date", DATE)
          .doubt("yearly", "comes once all the same", "write 're-entry: after-exit'");
    }
    if (exits.isEmpty() && reEntry instanceof ReEntry.Once) {
      doubtLastWait(root);
    }
    if (entry == null || key == null || steps.isEmpty() || !problems.isEmpty()) {
      return null;
    }
    try {
      return new Journey(
          document.id(), version, terms, entry, filter, key, reEntry, steps, exits, goal);
    } catch (IllegalArgumentException e) {
      problems.add(root.node(), e.getMessage(), "");
      return null;
    }
  }

  private List<Exit> exits(Section root) {
    List<Exit> exits = new ArrayList<>();
    for (Node node : root.nodes("exit")) {
      Section section = Section.of(problems, "an exit", node, EXIT);
      Exit exit = exit(section);
      if (exit == null) {
        continue;
      }
      exits.stream()
          .filter(before -> exit.stages().isEmpty() && comesFirst(before, exit.events(), key))
          .findFirst()
          .ifPresent(
              before ->
                  problems.add(
                      section.place("on"),
                      "this exit is never taken: '" + before.reason() + "' comes first",
                      "put it before, or give that one a 'when'"));
      exits.add(exit);
    }
    return exits;
  }

  /** Whether all that a match looks out for ends the run before. */
  static boolean comesFirst(Exit exit, EventMatch match, InstanceKey key) {
    boolean aboutAll = !exit.events().sameKey() || match.sameKey() || isAboutAll(key);
    return aboutAll
        && exit.events().condition() == Condition.ALWAYS
        && exit.events().types().containsAll(match.types());
  }

  private static boolean isAboutAll(InstanceKey key) {
    return !(key instanceof InstanceKey.ByAttribute);
  }

  /** What only marketing is asked for. */
  private static void doubtServing(Section root) {
    for (String key : List.of("purpose", "holdout")) {
      if (root.has(key)) {
        root.doubt(key, "says nothing in a journey that is a service", "take it out");
      }
    }
  }

  /** A wait behind which nothing comes, and during which nothing can end the run. */
  private static void doubtLastWait(Section root) {
    List<Node> steps = root.nodes("steps");
    if (!steps.isEmpty()) {
      Section last = Section.open(Problems.unheard(), "", steps.get(steps.size() - 1));
      for (String key : List.of("delay", "hold")) {
        if (last.has(key)) {
          root.doubt(
              last.key(key),
              "nothing comes after this wait; the run only ends later",
              "take it out");
        }
      }
    }
  }

  private Entry entry(Section section) {
    String which = section.oneOf("on", "stage", "enters", "leaves", "absence", "date");
    if (which == null) {
      return null;
    }
    return switch (which) {
      case "on" -> {
        Set<String> types = section.names("on", "event type", EventType.all());
        yield types.isEmpty() ? null : new Entry.OnEvent(types);
      }
      case "stage" -> {
        Set<String> names = section.names("stage", "stage", variables.stages());
        yield names.isEmpty() ? null : new Entry.OnStage(names);
      }
      case "enters", "leaves" -> {
        String name = section.name(which, "segment", variables.segments());
        yield name == null ? null : new Entry.OnSegment(name, which.equals("enters"));
      }
      case "absence" -> absence(section.section("absence", List.of("of", "for")));
      default -> date(section.section("date", DATE));
    };
  }

  private Entry absence(Section section) {
    Set<String> types = section.names("of", "event type", EventType.all());
    if (!section.has("of")) {
      section.missing("of", "name the event types that are missed");
    }
    if (!section.has("for")) {
      section.missing("for", "an absence without a bound never comes: say how long, such as 60d");
    }
    Duration silence = section.positive("for", null);
    return types.isEmpty() || silence == null ? null : new Entry.OnAbsence(types, silence);
  }

  private Entry date(Section section) {
    if (!section.has("of")) {
      section.missing("of", "say which date, such as attributes.birthday");
      return null;
    }
    Asked asked = isPerProduct ? Asked.ofProducts() : Asked.OF_STATE;
    Formula formula = formulas.value(section, "of", asked, List.of(ValueType.TIME));
    if (formula == null) {
      return null;
    }
    Duration offset = section.duration("offset");
    Set<String> types = formula.changedBy();
    return new Entry.OnDate(
        dayOrMoment(section.text("of", "").strip(), formula),
        offset == null ? Duration.ZERO : offset,
        section.time("at"),
        section.flag("yearly", false),
        types == null || types.isEmpty() ? EventType.all() : types);
  }

  /** A day that the shop says of a customer begins where the customer is, not where UTC is. */
  private static Expression dayOrMoment(String text, Formula formula) {
    if (!text.matches("attributes\\.[a-z0-9_]+")) {
      return formula;
    }
    String name = text.substring("attributes.".length());
    return scope -> {
      String said = scope.attributes().get(name);
      return said != null && said.length() == 10 ? said : formula.of(scope);
    };
  }

  private Set<String> typesOf(Entry entry) {
    return entry instanceof Entry.OnEvent on ? on.types() : Set.of();
  }

  /** What a run can know of what started it: a stage and a segment say nothing. */
  private Set<String> knownFrom(Entry entry) {
    if (entry instanceof Entry.OnDate) {
      return isPerProduct ? Set.of(Attribute.SKU) : Set.of();
    }
    return entry instanceof Entry.OnEvent on
        ? Variables.attributesOf(on.types())
        : entry instanceof Entry.OnAbsence absence
            ? Variables.attributesOf(absence.types())
            : Set.of();
  }

  private static String subject(String per) {
    return SUBJECTS.getOrDefault(per, per);
  }

  private InstanceKey key(Section root, Entry entry) {
    String per = root.text("per", "customer");
    if (per.equals("customer")) {
      return new InstanceKey.PerCustomer();
    }
    if (per.equals("cycle")) {
      return new InstanceKey.PerCycle();
    }
    String attribute = subject(per);
    if (isPerProduct && entry instanceof Entry.OnDate) {
      return new InstanceKey.ByAttribute(attribute);
    }
    Set<String> types =
        entry instanceof Entry.OnEvent on
            ? on.types()
            : entry instanceof Entry.OnAbsence absence ? absence.types() : Set.of();
    if (entry != null && types.isEmpty()) {
      root.wrong(
          "per",
          "is '" + per + "', and what starts a run is no event that could name one",
          "write customer or cycle");
      return null;
    }
    for (String type : types) {
      Set<String> known = EventType.attributes(EventType.sourceOf(type));
      if (!known.contains(attribute)) {
        Set<String> words = new HashSet<>(known);
        words.addAll(List.of("customer", "cycle"));
        SUBJECTS.forEach(
            (word, of) -> {
              if (known.contains(of)) {
                words.add(word);
              }
            });
        root.wrong(
            "per",
            "is '" + per + "', which " + type + " does not say",
            Suggestion.among(per, words));
        return null;
      }
    }
    return new InstanceKey.ByAttribute(attribute);
  }

  private ReEntry reEntry(Section root) {
    Node node = root.node("re-entry");
    if (node instanceof org.yaml.snakeyaml.nodes.MappingNode) {
      Section section = root.section("re-entry", List.of("after"));
      Duration rest = section.positive("after", null);
      if (!section.has("after")) {
        section.missing("after", "say how long, such as 7d");
      }
      return rest == null ? new ReEntry.Once() : new ReEntry.AfterRest(rest);
    }
    return switch (root.word("re-entry", List.of("once", "after-exit", "every-time"))) {
      case "after-exit" -> new ReEntry.AfterExit();
      case "every-time" -> new ReEntry.EveryTime();
      default -> new ReEntry.Once();
    };
  }

  private InFlight inFlight(Section root, Set<String> names) {
    if (root.node("in-flight") instanceof org.yaml.snakeyaml.nodes.MappingNode) {
      Section section = root.section("in-flight", List.of("migrate"));
      Section steps =
          Section.open(
              problems,
              "'migrate'",
              section.has("migrate") ? section.node("migrate") : section.node());
      Map<String, String> mapping = new java.util.LinkedHashMap<>();
      for (String step : steps.keys()) {
        String to = steps.text(step, step);
        if (!names.contains(to)) {
          steps.wrong(step, "leads to '" + to + "', which is no step", Suggestion.among(to, names));
        }
        mapping.put(step, to);
      }
      return new InFlight.Migrate(mapping);
    }
    return switch (root.word("in-flight", List.of("stay", "drain", "migrate"))) {
      case "drain" -> new InFlight.Drain();
      case "migrate" -> new InFlight.Migrate(Map.of());
      default -> new InFlight.Stay();
    };
  }

  private Exit exit(Section section) {
    String which = section.oneOf("on", "stage");
    if (which == null) {
      return null;
    }
    String reason = section.reason("decisions give it as their reason");
    if (which.equals("stage")) {
      section.excludes("stage", "same", "when");
      Set<String> names = section.names("stage", "stage", variables.stages());
      return names.isEmpty() ? null : Exit.onStage(reason, names.toArray(String[]::new));
    }
    EventMatch match = match(section);
    return match == null ? null : new Exit(reason, match, Set.of());
  }

  private Goal goal(Section section) {
    if (section == null) {
      return null;
    }
    EventMatch match = match(section);
    Duration within = section.positive("within", null);
    if (!section.has("within")) {
      section.missing("within", "say for how long the goal is looked out for, such as 7d");
    }
    return match == null || within == null ? null : new Goal(match, within);
  }

  /** Events that a run looks out for. */
  private EventMatch match(Section section) {
    Set<String> types = section.names("on", "event type", EventType.all());
    if (!section.has("on")) {
      section.missing("on", "name the event types");
    }
    Condition condition = Condition.ALWAYS;
    if (section.has("when")) {
      Asked asked = run.hearing(types.isEmpty() ? EventType.all() : types);
      Formula formula = remembered(formulas.condition(section, "when", asked));
      if (formula == null) {
        return null;
      }
      condition = formula;
    }
    if (types.isEmpty()) {
      return null;
    }
    boolean same = section.flag("same", false);
    return same && !canBeTheSame(section, types) ? null : new EventMatch(types, same, condition);
  }

  /** Whether any of these events says what the run is about. */
  private boolean canBeTheSame(Section section, Set<String> types) {
    if (!(key instanceof InstanceKey.ByAttribute by)) {
      return true;
    }
    List<String> silent =
        types.stream()
            .filter(type -> !Variables.attributesOf(Set.of(type)).contains(by.attribute()))
            .sorted()
            .toList();
    if (silent.isEmpty()) {
      return true;
    }
    String what =
        "never holds of " + String.join(", ", silent) + ", which has no '" + by.attribute() + "'";
    String hint =
        by.attribute().equals(Attribute.SKU)
            ? "write when: run.sku in event.skus"
            : "leave it out, or compare something else in 'when'";
    if (silent.size() < types.size()) {
      section.doubt("same", what, hint);
      return true;
    }
    section.wrong("same", what, hint);
    return false;
  }

  private Formula remembered(Formula formula) {
    if (formula != null) {
      StepsReader.note(formula, remembers);
    }
    return formula;
  }
}
