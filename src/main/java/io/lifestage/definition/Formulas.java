package io.lifestage.definition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.lifestage.trait.ValueType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Compiles formulas: the Common Expression Language with the standard macros and {@code days(n)}.
 * Each mistake is noted at its place in the file, with what was probably meant.
 */
final class Formulas {
  private static final int LONGEST = 2_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(1_000)
          .build();

  private static final CelFunctionDecl DAYS =
      CelFunctionDecl.newFunctionDeclaration(
          "days",
          CelOverloadDecl.newGlobalOverload("days_int", SimpleType.DURATION, SimpleType.INT));

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(
              CelFunctionBinding.from("days_int", Long.class, days -> Duration.ofDays(days)))
          .build();

  private static final CelCompiler PARSER = builder().build();
  private static final CelRuntime.Program MATCHING = matching();

  private final Problems problems;
  private final Variables variables;

  Formulas(Problems problems, Variables variables) {
    this.problems = problems;
    this.variables = variables;
  }

  private static CelRuntime.Program matching() {
    try {
      CelCompiler compiler = builder().addVar("pattern", SimpleType.STRING).build();
      return RUNTIME.createProgram(compiler.compile("''.matches(pattern)").getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("a formula of the program's own", e);
    }
  }

  /** Whether a text is a pattern to the language, whose patterns are not Java's. */
  static boolean isPattern(String text) {
    try {
      MATCHING.eval(Map.of("pattern", text));
      return true;
    } catch (CelEvaluationException e) {
      return false;
    }
  }

  /** A formula that is true or false; null, with a note, where it is none. */
  Formula condition(Section section, String key, Asked asked) {
    Formula formula = formula(section, key, asked);
    if (formula != null && formula.type() != ValueType.FLAG) {
      problems.add(
          section.place(key),
          "'" + key + "' has to be true or false, and is " + called(formula.type()),
          "compare it with something");
      return null;
    }
    if (formula != null) {
      noteForegone(section, key, formula.foregone(asked.events()));
    }
    return formula;
  }

  private void noteForegone(Section section, String key, Formula.Foregone foregone) {
    if (foregone == Formula.Foregone.FAILS) {
      problems.add(
          section.place(key), "'" + key + "' never holds, whatever comes", "say when it has to");
    } else if (foregone == Formula.Foregone.HOLDS) {
      problems.doubt(section.place(key), "'" + key + "' always holds, whatever comes", "");
    }
  }

  /** A formula of one of these types; null, with a note, where it is none. */
  Formula value(Section section, String key, Asked asked, List<ValueType> types) {
    Formula formula = formula(section, key, asked);
    if (formula != null && (formula.type() == null || !types.contains(formula.type()))) {
      List<String> wanted = types.stream().map(Formulas::called).toList();
      problems.add(
          section.place(key),
          "'"
              + key
              + "' has to be "
              + String.join(" or ", wanted)
              + ", and is "
              + called(formula.type()),
          conversion(types, formula.type()));
      return null;
    }
    return formula;
  }

  private static String conversion(List<ValueType> wanted, ValueType type) {
    if (type == ValueType.DECIMAL && wanted.contains(ValueType.INTEGER)) {
      return "write int(…) around it";
    }
    if (wanted.equals(List.of(ValueType.TIME))) {
      return "a time is written timestamp('2026-03-01T00:00:00Z')";
    }
    return type == ValueType.INTEGER && wanted.equals(List.of(ValueType.TEXT))
        ? "write string(…) around it"
        : "";
  }

  /** Whatever the formula is; null, with a note, where it cannot be compiled. */
  Formula formula(Section section, String key, Asked asked) {
    if (!(section.node(key) instanceof ScalarNode node)) {
      if (section.has(key)) {
        problems.add(section.place(key), "'" + key + "' has to be a formula", "");
      }
      return null;
    }
    return compiled(node, asked);
  }

  private Formula compiled(ScalarNode node, Asked asked) {
    String text = node.getValue();
    if (text.length() > LONGEST) {
      problems.add(node, "a formula of " + text.length() + " characters", "split it into traits");
      return null;
    }
    if (node.getTag().getValue().startsWith("!")) {
      // Noted where the file was read.
      return null;
    }
    if (text.isBlank()) {
      problems.add(node, "the formula is empty", "");
      return null;
    }
    CelValidationResult parsed = PARSER.parse(text);
    if (parsed.hasError()) {
      note(node, parsed.getErrors());
      return null;
    }
    try {
      Map<String, Variable> asks = new LinkedHashMap<>();
      if (!resolve(node, parsed.getAst(), asked, asks)) {
        return null;
      }
      if (asks.values().stream().anyMatch(variable -> variable.type() == null)) {
        // It asks for something that could not be read, which is noted there.
        return null;
      }
      CelCompilerBuilder checker = builder();
      asks.forEach((name, variable) -> checker.addVar(name, typeOf(variable)));
      CelValidationResult checked = checker.build().compile(text);
      if (checked.hasError()) {
        note(node, checked.getErrors());
        return null;
      }
      CelAbstractSyntaxTree ast = checked.getAst();
      Comparisons comparisons = new Comparisons(ast, asks, variables);
      List<Comparisons.Finding> impossible = comparisons.impossible();
      comparisons.odd().forEach(one -> problems.doubt(node, one.offset(), one.what(), one.hint()));
      if (!impossible.isEmpty()) {
        impossible.forEach(one -> problems.add(node, one.offset(), one.what(), one.hint()));
        return null;
      }
      return new Formula(RUNTIME.createProgram(ast), asks, typeOf(ast.getResultType()));
    } catch (CelValidationException | CelEvaluationException e) {
      problems.add(node, "this cannot be compiled: " + e.getMessage(), "");
      return null;
    }
  }

  /** Finds every variable of the formula; notes those that there are not. */
  private boolean resolve(
      ScalarNode node, CelAbstractSyntaxTree ast, Asked asked, Map<String, Variable> asks) {
    List<String> bound =
        nodes(ast).stream()
            .filter(n -> n.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION)
            .flatMap(
                n ->
                    List.of(
                        n.expr().comprehension().iterVar(),
                        n.expr().comprehension().iterVar2(),
                        n.expr().comprehension().accuVar())
                        .stream())
            .toList();
    boolean found = true;
    for (CelNavigableExpr one : nodes(ast)) {
      if (one.getKind() == CelExpr.ExprKind.Kind.IDENT
          && !bound.contains(one.expr().ident().name())) {
        found &= resolve(node, ast, one, asked, asks);
      }
    }
    return found;
  }

  /** The longest qualified name that is known wins; what follows it is the language's matter. */
  private boolean resolve(
      ScalarNode node,
      CelAbstractSyntaxTree ast,
      CelNavigableExpr ident,
      Asked asked,
      Map<String, Variable> asks) {
    String name = ident.expr().ident().name();
    CelNavigableExpr at = ident;
    String longest = name;
    while (true) {
      Variable variable = variables.find(name, asked);
      if (variable != null) {
        asks.put(name, variable);
        return true;
      }
      longest = name;
      CelNavigableExpr above = at.parent().orElse(null);
      if (above == null
          || above.getKind() != CelExpr.ExprKind.Kind.SELECT
          || name.chars().filter(c -> c == '.').count() == 1) {
        break;
      }
      name = name + "." + above.expr().select().field();
      at = above;
    }
    if (variables.mayBeUnread(longest)) {
      return false;
    }
    String[] why = variables.whyNot(longest, asked);
    CelExpr misspelt = misspeltFunction(ast);
    if (misspelt == null) {
      problems.add(node, offset(ast, ident.expr()), why[0], why[1]);
    } else {
      // The name may be that of an element, which the function in other letters would have named.
      Complaint said = Complaint.ofFunction(misspelt.call().function());
      problems.add(node, offset(ast, misspelt), said.what(), said.hint());
    }
    return false;
  }

  private static CelExpr misspeltFunction(CelAbstractSyntaxTree ast) {
    return nodes(ast).stream()
        .filter(one -> one.getKind() == CelExpr.ExprKind.Kind.CALL)
        .map(CelNavigableExpr::expr)
        .filter(expr -> Complaint.isMisspelt(expr.call().function()))
        .findFirst()
        .orElse(null);
  }

  private static int offset(CelAbstractSyntaxTree ast, CelExpr expr) {
    return ast.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
  }

  private static List<CelNavigableExpr> nodes(CelAbstractSyntaxTree ast) {
    return CelNavigableAst.fromAst(ast).getRoot().allNodes().toList();
  }

  /** The first: what a parser says after it has lost its way helps nobody. */
  private void note(ScalarNode node, List<CelIssue> issues) {
    CelIssue issue = issues.get(0);
    CelSourceLocation at = issue.getSourceLocation();
    Complaint said = Complaint.of(issue.getMessage());
    boolean isCut = said.breaksOff() && problems.isFollowedBy(node, ',');
    problems.add(
        node,
        at.getLine(),
        at.getColumn(),
        said.what(),
        isCut
            ? "between braces, a formula with a comma in it needs quotes around all of it"
            : said.hint());
  }

  private static CelCompilerBuilder builder() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addFunctionDeclarations(DAYS);
  }

  private static CelType typeOf(Variable variable) {
    CelType one =
        switch (variable.type()) {
          case INTEGER -> SimpleType.INT;
          case DECIMAL -> SimpleType.DOUBLE;
          case TEXT -> SimpleType.STRING;
          case FLAG -> SimpleType.BOOL;
          case TIME -> SimpleType.TIMESTAMP;
          case DURATION -> SimpleType.DURATION;
        };
    return switch (variable.collection()) {
      case NONE -> one;
      case LIST -> ListType.create(one);
      case MAP -> MapType.create(SimpleType.STRING, one);
    };
  }

  private static ValueType typeOf(CelType type) {
    return switch (type.kind()) {
      case INT, UINT -> ValueType.INTEGER;
      case DOUBLE -> ValueType.DECIMAL;
      case STRING -> ValueType.TEXT;
      case BOOL -> ValueType.FLAG;
      case TIMESTAMP -> ValueType.TIME;
      case DURATION -> ValueType.DURATION;
      default -> null;
    };
  }

  static String called(ValueType type) {
    if (type == null) {
      return "a list or a map";
    }
    return switch (type) {
      case INTEGER -> "a whole number";
      case DECIMAL -> "a decimal";
      case TEXT -> "a text";
      case FLAG -> "true or false";
      case TIME -> "a time";
      case DURATION -> "a duration";
    };
  }
}
