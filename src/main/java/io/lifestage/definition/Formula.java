package io.lifestage.definition;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
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
