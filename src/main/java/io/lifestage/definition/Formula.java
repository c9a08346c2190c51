package io.lifestage.definition;

import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.PartialVars;
import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.Expression;
import io.lifestage.lifecycle.Scope;
import io.lifestage.trait.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled formula in the Common Expression Language. One that cannot be computed at a moment,
 * such as a division by zero, is false as a condition and nothing as a value.
 */
final class Formula implements Condition, Expression {
  private static final int LONGEST = 120;
  private static final String EVENT_TYPE = "event.type";

  private final CelRuntime.Program program;
  private final Map<String, Variable> variables;
  private final ValueType type;

  /**
   * @param variables what it asks for, by qualified name, in the order of the text
   * @param type of its value; null where it gives a list or a map
   */
  Formula(CelRuntime.Program program, Map<String, Variable> variables, ValueType type) {
    this.program = program;
    this.variables = variables;
    this.type = type;
  }

  ValueType type() {
    return type;
  }

  /** What is known of a condition before anybody has come. */
  enum Foregone {
    HOLDS,
    FAILS,
    OPEN
  }

  /**
   * Whether it holds whatever else is so, or never does.
   *
   * @param events the types that an event can have where it stands
   */
  Foregone foregone(Set<String> events) {
    Set<Foregone> all = new HashSet<>();
    if (events.isEmpty() || !variables.containsKey(EVENT_TYPE)) {
      all.add(foregone(Map.of()));
    } else {
      events.forEach(type -> all.add(foregone(Map.of(EVENT_TYPE, type))));
    }
    return all.size() == 1 ? all.iterator().next() : Foregone.OPEN;
  }

  private Foregone foregone(Map<String, String> known) {
    List<CelAttributePattern> unknown =
        variables.keySet().stream()
            .filter(name -> !known.containsKey(name))
            .map(CelAttributePattern::fromQualifiedIdentifier)
            .toList();
    try {
      Object value =
          program.eval(
              PartialVars.of(name -> Optional.<Object>ofNullable(known.get(name)), unknown));
      return value instanceof Boolean holds
          ? holds ? Foregone.HOLDS : Foregone.FAILS
          : Foregone.OPEN;
    } catch (CelEvaluationException e) {
      // What cannot be computed is false.
      return Foregone.FAILS;
    }
  }

  /** The variables that it asks for. */
  List<Variable> variables() {
    return List.copyOf(variables.values());
  }

  /** The qualified names that it asks for. */
  Set<String> names() {
    return variables.keySet();
  }

  /** The event types that can change its value; null where any can. */
  Set<String> changedBy() {
    Set<String> types = new HashSet<>();
    for (Variable variable : variables.values()) {
      if (variable.changedBy() == null) {
        return null;
      }
      types.addAll(variable.changedBy());
    }
    return types;
  }

  /** The traits that it rests on. */
  Set<String> traits() {
    Set<String> traits = new HashSet<>();
    variables.values().forEach(variable -> traits.addAll(variable.traits()));
    return traits;
  }

  @Override
  public boolean holds(Scope scope) {
    return Boolean.TRUE.equals(of(scope));
  }

  @Override
  public Object of(Scope scope) {
    try {
      return program.eval(
          (CelVariableResolver)
              name -> {
                Variable variable = variables.get(name);
                return variable == null
                    ? Optional.empty()
                    : Optional.of(variable.of().apply(scope));
              });
    } catch (CelEvaluationException e) {
      return null;
    }
  }

  @Override
  public boolean readsOnlyTheEvent() {
    return variables.values().stream().allMatch(Variable::ofTheEvent);
  }

  @Override
  public String told(Scope scope) {
    List<String> told = new ArrayList<>();
    variables.forEach(
        (name, variable) -> told.add(name + " = " + shown(variable.of().apply(scope))));
    return String.join(", ", told);
  }

  private static String shown(Object value) {
    String text = value instanceof String ? "'" + value + "'" : String.valueOf(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
