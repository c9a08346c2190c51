package io.lifestage.definition;

import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Expression;
import io.lifestage.lifecycle.Segment;
import io.lifestage.trait.Measure;
import io.lifestage.trait.Trait;
import io.lifestage.trait.ValueType;
import io.lifestage.trait.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads attributes, traits and segments. */
final class TraitsReader {
  private static final List<String> KEYS =
      List.of("traits", "version", "description", "attributes", "define", "segments");
  private static final List<String> MEASURES =
      List.of(
          "count",
          "sum",
          "min",
          "max",
          "first",
          "last",
          "unique",
          "most",
          "quantile",
          "interval",
          "ratio",
          "value");
  private static final List<String> TRAIT =
      List.of(
          "count",
          "sum",
          "min",
          "max",
          "first",
          "last",
          "unique",
          "most",
          "quantile",
          "interval",
          "ratio",
          "value",
          "of",
          "on",
          "when",
          "window",
          "at-most",
          "undone-by",
          "undone-when",
          "description");
  private static final Map<String, ValueType> ATTRIBUTE_TYPES =
      Map.of(
          "text", ValueType.TEXT,
          "number", ValueType.INTEGER,
          "decimal", ValueType.DECIMAL,
          "flag", ValueType.FLAG,
          "date", ValueType.TIME,
          "time", ValueType.TIME);
  private static final String NAME = "[a-z][a-z0-9_]{0,63}";
  private static final int AT_MOST = 64;
  private static final int MOST = 1_000;
  private static final List<ValueType> NUMBERS = List.of(ValueType.INTEGER);
  private static final List<ValueType> SINGLE =
      List.of(
          ValueType.INTEGER, ValueType.TEXT, ValueType.TIME, ValueType.FLAG, ValueType.DURATION);

  private final Document document;
  private final Variables variables;
  private final Formulas formulas;
  private final List<Trait> traits = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();

  TraitsReader(Document document, Variables variables) {
    this.document = document;
    this.variables = variables;
    this.formulas = new Formulas(document.problems(), variables);
  }

  List<Trait> traits() {
    return traits;
  }

  List<Segment> segments() {
    return segments;
  }

  /** Reads all, in the order of the file: what is computed from others comes after them. */
  void read() {
    Section root = document.section(KEYS);
    document.version(root);
    if (root.has("attributes")) {
      Section attributes =
          Section.open(document.problems(), "'attributes'", root.node("attributes"));
      for (String name : attributes.keys()) {
        requireName(attributes, name);
        String type = attributes.text(name, "");
        if (!type.isEmpty() && !ATTRIBUTE_TYPES.containsKey(type)) {
          attributes.wrong(
              name, "is '" + type + "'", Suggestion.among(type, ATTRIBUTE_TYPES.keySet()));
        }
        if (ATTRIBUTE_TYPES.containsKey(type)) {
          variables.declareAttribute(name, ATTRIBUTE_TYPES.get(type));
        } else {
          variables.declareBroken("attributes." + name);
        }
      }
    }
    if (!List.of("attributes", "define", "segments").containsAll(sections(root))) {
      variables.declareUnread();
    }
    if (root.has("define")) {
      Section define = Section.open(document.problems(), "'define'", root.node("define"));
      define.keys().forEach(name -> variables.declareLater("traits." + name));
      define.keys().forEach(name -> trait(define, name));
    }
    if (root.has("segments")) {
      Section all = Section.open(document.problems(), "'segments'", root.node("segments"));
      all.keys().forEach(name -> variables.declareLater("segments." + name));
      all.keys().forEach(name -> segment(all, name));
    }
  }

  /** What declares something, under whatever name. */
  private static List<String> sections(Section root) {
    return root.keys().stream().filter(key -> root.node(key) instanceof MappingNode).toList();
  }

  private void requireName(Section section, String name) {
    if (!name.matches(NAME)) {
      document
          .problems()
          .add(
              section.key(name),
              "'" + name + "' is no name",
              "a name has small letters, digits and underscores, at most 64");
    }
  }

  private void trait(Section define, String name) {
    requireName(define, name);
    if (variables.knowsTrait(name)) {
      document.problems().add(define.key(name), "two traits are called '" + name + "'", "");
      return;
    }
    Section section =
        Section.of(document.problems(), "the trait '" + name + "'", define.node(name), TRAIT);
    String measure = section.oneOf(MEASURES.toArray(String[]::new));
    Trait trait =
        measure == null
            ? null
            : measure.equals("value") || measure.equals("ratio")
                ? computed(section, name, measure)
                : counted(section, name, measure);
    if (trait == null) {
      variables.declareBroken("traits." + name);
    } else {
      traits.add(trait);
    }
  }

  private Trait computed(Section section, String name, String measure) {
    section.excludes(measure, "of", "on", "when", "window", "at-most", "undone-by", "undone-when");
    Formula formula =
        measure.equals("value") ? formulas.formula(section, "value", Asked.OF_TIME) : null;
    if (measure.equals("ratio")) {
      return ratio(section, name);
    }
    if (formula == null) {
      return null;
    }
    if (formula.type() == null) {
      section.wrong("value", "has to be one value", "");
      return null;
    }
    Trait trait =
        Trait.of(
            name, new Measure.Computed(formula, formula.type()), Window.allTime(), 1, Set.of());
    variables.declareTrait(trait, formula.variables());
    return trait;
  }

  /** The share that one number has in another; 0 where that is 0. */
  private Trait ratio(Section section, String name) {
    List<String> of = section.texts("ratio");
    if (of.size() != 2) {
      section.wrong("ratio", "has to name two traits", "write ratio: [part, whole]");
      return null;
    }
    List<Variable> asks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String trait = of.get(i);
      Node node = section.nodes("ratio").get(i);
      Variable variable = variables.find("traits." + trait, Asked.OF_TIME);
      if (variable == null) {
        String[] why = variables.whyNot("traits." + trait, Asked.OF_TIME);
        document.problems().add(node, why[0], why[1]);
        return null;
      }
      asks.add(variable);
    }
    Expression share =
        scope -> {
          double whole = scope.number(of.get(1));
          return whole == 0 ? 0d : scope.number(of.get(0)) / whole;
        };
    Trait trait =
        Trait.of(
            name, new Measure.Computed(share, ValueType.DECIMAL), Window.allTime(), 1, Set.of());
    variables.declareTrait(trait, asks);
    return trait;
  }

  private Trait counted(Section section, String name, String measure) {
    boolean typesInMeasure = measure.equals("count") || measure.equals("interval");
    if (typesInMeasure) {
      section.excludes(measure, "on", "of");
    } else if (!measure.equals("quantile")) {
      section.excludes(measure, "of");
    }
    if (!measure.equals("unique")) {
      section.excludes(measure, "undone-by", "undone-when");
    } else if (section.has("undone-when") && !section.has("undone-by")) {
      section.missing("undone-by", "say which events take one back, as it says when");
    }
    String typesKey = typesInMeasure ? measure : "on";
    Set<String> types = section.names(typesKey, "event type", EventType.all());
    if (!typesInMeasure && !section.has("on")) {
      section.missing("on", "name the event types that count");
    }
    if (types.isEmpty()) {
      return null;
    }
    Asked asked = Asked.of(types);
    Measure what = measure(section, measure, asked);
    Condition when =
        section.has("when") ? formulas.condition(section, "when", asked) : Condition.ALWAYS;
    Set<String> undo = section.names("undone-by", "event type", EventType.all());
    Condition undoWhen =
        section.has("undone-when") && !undo.isEmpty()
            ? formulas.condition(section, "undone-when", Asked.of(undo))
            : Condition.ALWAYS;
    if (what == null || when == null || undoWhen == null) {
      return null;
    }
    try {
      Trait trait =
          new Trait(
              name,
              what,
              types,
              when,
              window(section),
              undo,
              undoWhen,
              section.number("at-most", AT_MOST, 1, MOST));
      variables.declareTrait(trait, List.of());
      return trait;
    } catch (IllegalArgumentException e) {
      document.problems().add(section.node(), e.getMessage(), "");
      return null;
    }
  }

  private Measure measure(Section section, String measure, Asked asked) {
    return switch (measure) {
      case "count" -> new Measure.Count();
      case "interval" -> new Measure.Interval();
      case "sum" -> of(section, measure, asked, NUMBERS, Measure.Sum::new);
      case "min" -> of(section, measure, asked, NUMBERS, Measure.Min::new);
      case "max" -> of(section, measure, asked, NUMBERS, Measure.Max::new);
      case "unique" -> of(section, measure, asked, List.of(ValueType.TEXT), Measure.Unique::new);
      case "most" -> of(section, measure, asked, List.of(ValueType.TEXT), Measure.Most::new);
      case "first" -> of(section, measure, asked, SINGLE, f -> new Measure.First(f, f.type()));
      case "last" -> of(section, measure, asked, SINGLE, f -> new Measure.Last(f, f.type()));
      default -> {
        double share = section.decimal("quantile", 0, 1);
        yield of(section, "of", asked, NUMBERS, f -> new Measure.Quantile(share, f));
      }
    };
  }

  private Measure of(
      Section section,
      String key,
      Asked asked,
      List<ValueType> types,
      java.util.function.Function<Formula, Measure> make) {
    if (!section.has(key)) {
      section.missing(key, "say of what, such as event.value");
      return null;
    }
    Formula formula = formulas.value(section, key, asked, types);
    return formula == null ? null : make.apply(formula);
  }

  private Window window(Section section) {
    String text = section.text("window", "all-time");
    if (text.equals("all-time")) {
      return Window.allTime();
    }
    if (text.equals("cycle")) {
      return Window.cycle();
    }
    Duration length = section.positive("window", null);
    return length == null ? Window.allTime() : Window.rolling(length);
  }

  private void segment(Section all, String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
      requireName(all, name);
    }
    Section section =
        Section.of(
            document.problems(),
            "the segment '" + name + "'",
            all.node(name),
            List.of("when", "description"));
    if (!section.has("when")) {
      section.missing("when", "say what holds of its customers");
    }
    Formula condition = formulas.condition(section, "when", Asked.OF_STATE);
    if (condition == null) {
      variables.declareBroken("segments." + name);
      return;
    }
    if (segments.stream().anyMatch(s -> s.name().equals(name))) {
      document.problems().add(all.key(name), "two segments are called '" + name + "'", "");
      return;
    }
    Set<String> types = condition.changedBy() == null ? Set.of() : condition.changedBy();
    segments.add(new Segment(name, condition, types, condition.traits()));
    variables.declareSegment(name, types, condition.traits());
  }
}
