package io.lifestage.definition;

import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.Segment;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.trait.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a stage model. */
final class StageModelReader {
  private static final List<String> KEYS =
      List.of("stage-model", "version", "description", "stages", "activity", "moves");
  private static final List<String> MOVE =
      List.of(
          "from",
          "to",
          "on",
          "when",
          "segment",
          "after-silence",
          "after-stay",
          "at",
          "offset",
          "new-cycle",
          "cause",
          "description");

  /** Of a customer who has no stage yet. */
  private static final String NONE = "none";

  private static final String NAME = "[^\\s,]{1,64}";
  private static final String ANY = "any";
  private static final String ACTIVITY = "activity";

  private final Document document;
  private final Variables variables;
  private final Formulas formulas;
  private final List<Segment> segments = new ArrayList<>();
  private List<String> stages;
  private Set<String> activity;

  StageModelReader(Document document, Variables variables) {
    this.document = document;
    this.variables = variables;
    this.formulas = new Formulas(document.problems(), variables);
  }

  /** The segments that moves without an event come to; asked for after {@link #read}. */
  List<Segment> segments() {
    return segments;
  }

  /** The model; null where it has mistakes. */
  StageModel read() {
    Section root = document.section(KEYS);
    stages = namesOfStages(root);
    if (!root.has("stages") || root.nodes("stages").isEmpty()) {
      root.missing("stages", "list the stages in the order in which people read them");
    }
    requireNames(root);
    activity = root.names("activity", "event type", EventType.all());
    if (!root.has("activity")) {
      root.missing("activity", "list the event types by which a customer shows a sign of life");
    }
    if (!root.has("moves")) {
      root.missing("moves", "say how a customer comes from stage to stage");
    }
    List<Move> moves = new ArrayList<>();
    for (Node node : root.nodes("moves")) {
      Move move = move(Section.of(document.problems(), "a move", node, MOVE));
      if (move != null) {
        moves.add(move);
      }
    }
    if (!document.problems().isEmpty()) {
      return null;
    }
    if (moves.size() == root.nodes("moves").size()) {
      noteUnreachable(root, moves);
    }
    try {
      StageModel model =
          new StageModel(document.id(), document.version(root), stages, activity, moves);
      return document.problems().isEmpty() ? model : null;
    } catch (IllegalArgumentException e) {
      document.problems().add(root.place("moves"), e.getMessage(), "");
      return null;
    }
  }

  /** The stages as the model lists them; none where they are no list of names. */
  static List<String> namesOfStages(Section root) {
    List<String> names = root.texts("stages");
    return names.stream().allMatch(name -> name.matches(NAME)) ? names : List.of();
  }

  private void requireNames(Section root) {
    Set<String> seen = new HashSet<>();
    for (Node node : root.nodes("stages")) {
      String stage = node instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!stage.matches(NAME) && !stage.contains(",")) {
        document
            .problems()
            .add(
                node,
                "'" + stage + "' is no name of a stage",
                "a name has no blanks, and 64 letters at most");
      } else if (stage.equals(ANY) || stage.equals(NONE)) {
        document
            .problems()
            .add(
                node,
                "'" + stage + "' is what moves say of " + meant(stage),
                "choose another name");
      } else if (!seen.add(stage)) {
        document.problems().add(node, "two stages are called '" + stage + "'", "");
      }
    }
  }

  private static String meant(String word) {
    return word.equals(ANY) ? "every stage" : "a customer without one";
  }

  private Move move(Section section) {
    String to = section.required("to", "say where it leads");
    if (!to.isEmpty() && !stages.isEmpty() && !stages.contains(to)) {
      section.wrong("to", "is '" + to + "', which is no stage", Suggestion.among(to, stages));
    }
    Set<String> from = from(section, to);
    Move.When when = when(section);
    boolean byTime = when != null && !(when instanceof Move.On || when instanceof Move.Whenever);
    if (section.texts("from").equals(List.of(NONE)) && byTime) {
      section.wrong("from", "is 'none', and time moves nobody who has no stage", "");
    }
    return when == null
        ? null
        : new Move(
            from, to, when, section.flag("new-cycle", false), section.text("cause", "unnamed"));
  }

  private Set<String> from(Section section, String to) {
    List<String> written = section.texts("from");
    if (written.isEmpty()) {
      section.missing("from", "write a stage, a list of stages, 'any', or 'none' for the first");
    }
    if (written.equals(List.of(NONE))) {
      return Set.of();
    }
    if (written.equals(List.of(ANY))) {
      Set<String> all = new TreeSet<>(stages);
      all.remove(to);
      return all;
    }
    for (String alone : List.of(NONE, ANY)) {
      if (written.contains(alone)) {
        section.wrong(
            "from", "names '" + alone + "' beside others", "'" + alone + "' stands alone");
        return Set.of();
      }
    }
    return section.names("from", "stage", stages.isEmpty() ? null : stages);
  }

  private Move.When when(Section section) {
    if (section.has("on")) {
      section.excludes("on", "segment", "after-silence", "after-stay", "at", "offset");
      Set<String> types = types(section);
      Condition condition = Condition.ALWAYS;
      if (section.has("when")) {
        Asked asked = Asked.of(types.isEmpty() ? EventType.all() : types);
        condition = formulas.condition(section, "when", asked);
      }
      return types.isEmpty() || condition == null ? null : new Move.On(types, condition);
    }
    String which = section.oneOf("when", "segment", "after-silence", "after-stay", "at");
    if (which == null) {
      return null;
    }
    if (!which.equals("at")) {
      section.excludes(which, "offset");
    }
    return switch (which) {
      case "when" -> whenever(section);
      case "segment" -> {
        String name = section.name("segment", "segment", variables.segments());
        yield name == null ? null : new Move.Whenever(name);
      }
      case "after-silence" -> {
        Duration silence = section.positive("after-silence", null);
        yield silence == null ? null : new Move.AfterSilence(silence);
      }
      case "after-stay" -> {
        Duration stay = section.positive("after-stay", null);
        yield stay == null ? null : new Move.AfterStay(stay);
      }
      default -> {
        Formula date = formulas.value(section, "at", Asked.OF_STATE, List.of(ValueType.TIME));
        Duration offset = section.duration("offset");
        yield date == null ? null : new Move.AtDate(date, offset == null ? Duration.ZERO : offset);
      }
    };
  }

  /** Event types by name, and {@code activity} for all of those. */
  private Set<String> types(Section section) {
    Set<String> words = new HashSet<>(EventType.all());
    words.add(ACTIVITY);
    Set<String> types = section.names("on", "event type", words);
    if (types.remove(ACTIVITY)) {
      types.addAll(activity);
    }
    return types;
  }

  private Move.When whenever(Section section) {
    Formula condition = formulas.condition(section, "when", Asked.OF_STATE);
    if (condition == null) {
      return null;
    }
    String name = document.id() + "-move-" + (segments.size() + 1);
    Set<String> types = condition.changedBy() == null ? Set.of() : condition.changedBy();
    segments.add(new Segment(name, condition, types, condition.traits()));
    return new Move.Whenever(name);
  }

  /** A stage that no way leads to would never have a customer. */
  private void noteUnreachable(Section root, List<Move> moves) {
    Set<String> reached = new HashSet<>();
    boolean further = true;
    while (further) {
      further = false;
      for (Move move : moves) {
        boolean leaves = move.from().isEmpty() || move.from().stream().anyMatch(reached::contains);
        further |= leaves && reached.add(move.to());
      }
    }
    List<Node> names = root.nodes("stages");
    for (int i = 0; i < stages.size() && i < names.size(); i++) {
      if (!reached.contains(stages.get(i))) {
        document
            .problems()
            .add(
                names.get(i),
                "no move leads to '" + stages.get(i) + "' from a customer's beginning",
                "add a move, or take the stage out");
      }
    }
  }
}
