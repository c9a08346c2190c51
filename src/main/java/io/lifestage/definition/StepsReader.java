package io.lifestage.definition;

import io.lifestage.journey.EventMatch;
import io.lifestage.journey.Exit;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Step;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Expression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads steps. What branches is a tree in the file, and a list with places to go on in the journey:
 * always further down, so that every run ends.
 */
final class StepsReader {
  private static final List<String> ITEMS =
      List.of("none", "cart", "order", "viewed", "complements", "due", "product");

  private static final Duration LONGEST = Duration.ofDays(730);
  private static final List<String> STEP =
      List.of("name", "delay", "hold", "branch", "split", "emit", "description");
  private static final List<String> HOLD = List.of("for", "reset", "at-most", "until");
  private static final List<String> EMIT =
      List.of(
          "name",
          "kind",
          "to",
          "channel",
          "template",
          "items",
          "at-most-items",
          "items-price",
          "carry",
          "data",
          "constants",
          "only-if",
          "priority",
          "offer-value",
          "valid-for");

  private final Problems problems;
  private final Formulas formulas;
  private final Surroundings around;
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int emits;

  /**
   * What the journey is beside its steps.
   *
   * @param matches reads which events are looked out for
   * @param run what its formulas may ask
   * @param key what a run is about; null where that is not known
   * @param exits what ends a run before a step hears of it
   * @param arbitration how long its triggers wait for a better one
   * @param remembers gathers what its formulas ask of the event that started the run
   */
  record Surroundings(
      Function<Section, EventMatch> matches,
      Asked run,
      InstanceKey key,
      List<Exit> exits,
      Duration arbitration,
      Set<String> remembers) {}

  StepsReader(Problems problems, Formulas formulas, Surroundings around) {
    this.problems = problems;
    this.formulas = formulas;
    this.around = around;
  }

  /** Notes what a formula asks of the run, so that the run remembers it. */
  static void note(Formula formula, Set<String> remembers) {
    for (String name : formula.names()) {
      if (name.startsWith("run.")) {
        remembers.add(name.substring("run.".length()));
      }
    }
  }

  /** How many steps emit something. */
  int emits() {
    return emits;
  }

  /** The names of all steps. */
  Set<String> names() {
    return names;
  }

  List<Step> read(List<Node> nodes) {
    nodes.forEach(this::step);
    return List.copyOf(steps);
  }

  private void step(Node node) {
    Section section = Section.of(problems, "a step", node, STEP);
    String which = section.oneOf("delay", "hold", "branch", "split", "emit");
    if (which == null) {
      return;
    }
    switch (which) {
      case "delay" -> delay(section);
      case "hold" -> hold(section);
      case "branch" -> branch(section);
      case "split" -> split(section);
      default -> emit(section);
    }
  }

  /** The step's name: its own, or what it is with a number. */
  private String name(Section section, String otherwise) {
    String name = section.text("name", "");
    if (name.isEmpty()) {
      name = otherwise;
      for (int i = 2; names.contains(name); i++) {
        name = otherwise + "-" + i;
      }
    }
    if (!names.add(name)) {
      problems.add(section.place("name"), "two steps are called '" + name + "'", "");
    }
    return name;
  }

  private void delay(Section section) {
    Duration duration = section.positive("delay", Duration.ofMillis(1));
    requireBounded(section, "delay", duration);
    steps.add(new Step.Delay(name(section, "delay"), duration));
  }

  private void hold(Section section) {
    Section hold = section.section("hold", HOLD);
    if (!hold.has("for")) {
      hold.missing("for", "a wait without a bound never ends: say how long at most, such as 3d");
      return;
    }
    Duration patience = hold.positive("for", null);
    Set<String> resets = hold.names("reset", "event type", EventType.all());
    Duration atMost = hold.positive("at-most", patience);
    if (!resets.isEmpty() && !hold.has("at-most")) {
      hold.missing(
          "at-most", "what starts the wait again could do so for ever: say how long at most");
    }
    if (resets.isEmpty() && hold.has("at-most")) {
      hold.doubt("at-most", "says nothing without 'reset'", "take it out");
    }
    List<EventMatch> until = new ArrayList<>();
    for (Node node : hold.nodes("until")) {
      Section one = Section.of(problems, "'until'", node, List.of("on", "same", "when"));
      EventMatch match = around.matches.apply(one);
      if (match != null) {
        requireToBeHeard(one, match);
        until.add(match);
      }
    }
    if (patience == null) {
      return;
    }
    requireBounded(hold, "for", atMost);
    if (patience.compareTo(atMost) > 0) {
      hold.wrong("at-most", "is shorter than 'for'", "");
      return;
    }
    steps.add(new Step.Hold(name(section, "hold"), until, patience, resets, atMost));
  }

  /** An exit is asked first: what ends the run is not what it waited for. */
  private void requireToBeHeard(Section until, EventMatch match) {
    around.exits.stream()
        .filter(exit -> JourneyReader.comesFirst(exit, match, around.key))
        .findFirst()
        .ifPresent(
            exit ->
                problems.add(
                    until.place("on"),
                    "this is never waited for: the exit '"
                        + exit.reason()
                        + "' ends the run before",
                    "take one of them out"));
  }

  private void requireBounded(Section section, String key, Duration duration) {
    if (duration.compareTo(LONGEST) > 0) {
      section.wrong(key, "is longer than two years", "such a run would hardly ever end");
    }
  }

  private void branch(Section section) {
    String name = name(section, "branch");
    int at = reserve();
    List<Step.Arm> arms = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    int otherwise = -1;
    boolean asked = false;
    boolean always = false;
    for (Node node : section.nodes("branch")) {
      Section arm = Section.of(problems, "a branch", node, List.of("when", "otherwise", "steps"));
      String which = arm.oneOf("when", "otherwise");
      if (which == null) {
        continue;
      }
      if (otherwise >= 0 || always) {
        String before = otherwise >= 0 ? "'otherwise'" : "one that always holds";
        problems.add(node, "a branch behind " + before + " is never taken", "put it before");
      }
      if (which.equals("otherwise")) {
        arm.excludes("otherwise", "steps");
        otherwise = steps.size();
        arm.nodes("otherwise").forEach(this::step);
      } else {
        asked = true;
        Formula condition = formulas.condition(arm, "when", around.run);
        if (!arm.has("steps")) {
          arm.missing("steps", "say what is done there; [] for nothing");
        }
        if (condition != null) {
          note(condition, around.remembers);
          arms.add(new Step.Arm(condition, steps.size()));
          always |= condition.foregone(Set.of()) == Formula.Foregone.HOLDS;
        }
        arm.nodes("steps").forEach(this::step);
      }
      ends.add(reserve());
    }
    if (!asked) {
      section.wrong("branch", "has no way with 'when'", "");
    }
    join(ends, name);
    steps.set(at, new Step.Branch(name, arms, otherwise < 0 ? steps.size() : otherwise));
  }

  private void split(Section section) {
    String name = name(section, "split");
    int at = reserve();
    List<Step.Share> shares = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    int below = 0;
    boolean areRead = true;
    for (Node node : section.nodes("split")) {
      Section share = Section.of(problems, "a share", node, List.of("share", "name", "steps"));
      if (!share.has("share")) {
        share.missing("share", "write a share of all, like 50%");
      }
      int size = share.share("share");
      areRead &= size > 0 || share.text("share", "").matches("0+(\\.0+)? ?%");
      below += size;
      String called = share.text("name", String.valueOf(shares.size() + 1));
      shares.add(new Step.Share(called, below, steps.size()));
      share.nodes("steps").forEach(this::step);
      ends.add(reserve());
    }
    if (areRead && below != Step.Split.WHOLE) {
      section.wrong("split", "adds up to " + below / 100.0 + "%", "the shares have to be 100%");
    }
    join(ends, name);
    steps.set(at, new Step.Split(name, shares));
  }

  /** A place whose step is known later. */
  private int reserve() {
    steps.add(null);
    return steps.size() - 1;
  }

  /** At the end of each way, on to what follows all of them. */
  private void join(List<Integer> ends, String name) {
    for (int end : ends) {
      steps.set(end, new Step.GoTo(name + "-joins", steps.size()));
    }
  }

  private void emit(Section section) {
    emits++;
    Section emit = section.section("emit", EMIT);
    String name = name(section.has("name") ? section : emit, "emit");
    String kind = emit.required("kind", "say in one word what the receiver shall do");
    boolean toStaff = emit.word("to", List.of("customer", "staff")).equals("staff");
    Step.Address address =
        new Step.Address(
            toStaff ? Step.Audience.STAFF : Step.Audience.CUSTOMER,
            emit.text("channel", toStaff ? "task" : "email"),
            emit.required("template", "say which text to use"));
    List<Step.Requirement> requirements = new ArrayList<>();
    for (Node node : emit.nodes("only-if")) {
      Section only = Section.of(problems, "'only-if'", node, List.of("when", "reason"));
      String reason = only.reason("say why it is withheld where this does not hold");
      if (!only.has("when")) {
        only.missing("when", "say what has to hold");
      }
      Formula condition = formulas.condition(only, "when", around.run);
      if (condition != null) {
        note(condition, around.remembers);
        requirements.add(new Step.Requirement(reason, condition));
      }
    }
    Step.Worth worth =
        new Step.Worth(
            emit.number("priority", 0, 0, 100),
            emit.number("offer-value", 0, 0, Integer.MAX_VALUE),
            validFor(emit, toStaff));
    steps.add(new Step.Emit(name, kind, address, content(emit), requirements, worth));
  }

  private Duration validFor(Section emit, boolean toStaff) {
    Duration validFor = emit.positive("valid-for", Duration.ofDays(1));
    if (!toStaff && validFor.compareTo(around.arbitration) <= 0) {
      emit.wrong(
          "valid-for",
          "is over before the better of two is chosen, after "
              + Moments.offset(around.arbitration.toMillis(), 0).substring(1)
              + ": it could never be sent",
          "make it longer than 'arbitration' of the guards");
    }
    return validFor;
  }

  private Step.Content content(Section emit) {
    String items = emit.word("items", ITEMS);
    if (items.equals("due") && !new InstanceKey.ByAttribute(Attribute.SKU).equals(around.key)) {
      emit.wrong("items", "is 'due', and the run is about no product", "write per: product");
    }
    if (items.equals("none") && emit.has("at-most-items")) {
      emit.wrong("at-most-items", "says nothing without 'items'", "");
    }
    Set<String> known = new HashSet<>(around.run.run());
    known.remove(Asked.MET);
    Map<String, Expression> values = new LinkedHashMap<>();
    if (emit.has("data")) {
      Section data = Section.open(problems, "'data'", emit.node("data"));
      for (String name : data.keys()) {
        Formula formula = formulas.formula(data, name, around.run);
        if (formula != null) {
          note(formula, around.remembers);
          values.put(name, formula);
        }
      }
    }
    Map<String, String> constants = new LinkedHashMap<>();
    if (emit.has("constants")) {
      Section fixed = Section.open(problems, "'constants'", emit.node("constants"));
      fixed.keys().forEach(name -> constants.put(name, fixed.text(name, "")));
    }
    return new Step.Content(
        Step.Items.valueOf(items.toUpperCase(Locale.ROOT)),
        items.equals("none") ? 0 : emit.number("at-most-items", 4, 1, 50),
        prices(emit, items),
        List.copyOf(emit.names("carry", "field of what starts the run", known)),
        values,
        constants);
  }

  /** What each offer may cost, in minor units. */
  private Step.Prices prices(Section emit, String items) {
    if (!emit.has("items-price")) {
      return Step.Prices.ANY;
    }
    if (!items.equals("complements")) {
      emit.wrong("items-price", "says nothing without 'items: complements'", "");
    }
    Section bounds = emit.section("items-price", List.of("at-least", "at-most"));
    int least = bounds.number("at-least", 0, 0, Integer.MAX_VALUE);
    int most = bounds.number("at-most", Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
    if (most < least) {
      bounds.wrong("at-most", "is less than 'at-least': nothing could be offered", "");
    }
    return new Step.Prices(least, bounds.has("at-most") ? most : Long.MAX_VALUE);
  }
}
