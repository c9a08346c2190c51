package io.lifestage.definition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import io.lifestage.trait.ValueType;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds comparisons with a constant that never hold: with a text that the variable never is, with a
 * number beyond what it can be, or with two that exclude each other. What is not so plain is left
 * alone.
 */
final class Comparisons {
  private static final Map<String, String> OPERATORS =
      Map.of("_==_", "==", "_<_", "<", "_<=_", "<=", "_>_", ">", "_>=_", ">=");
  private static final Map<String, String> TURNED =
      Map.of("==", "==", "<", ">", "<=", ">=", ">", "<", ">=", "<=");
  private static final String DURATION = "[-+]?(\\d+(\\.\\d*)?(h|m|s|ms|us|ns))+|0";
  private static final String CONSENTS = "consents";

  private final CelAbstractSyntaxTree ast;
  private final Map<String, Variable> asks;
  private final Variables variables;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Finding> oddities = new ArrayList<>();

  /**
   * Something that never holds.
   *
   * @param offset where it stands in the formula, in code points
   */
  record Finding(int offset, String what, String hint) {}

  /** A variable beside a constant: {@code traits.views > 3}. */
  private record Comparison(String name, String operator, CelExpr constant) {
    @Override
    public String toString() {
      CelConstant value = constant.constant();
      Object shown =
          switch (value.getKind()) {
            case STRING_VALUE -> "'" + value.stringValue() + "'";
            case DOUBLE_VALUE -> value.doubleValue();
            default -> value.int64Value();
          };
      return name + " " + operator + " " + shown;
    }

    boolean ofTexts() {
      return constant.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    String text() {
      return constant.constant().stringValue();
    }

    double number() {
      CelConstant value = constant.constant();
      return value.getKind() == CelConstant.Kind.DOUBLE_VALUE
          ? value.doubleValue()
          : value.int64Value();
    }
  }

  /**
   * From what to what a number lies.
   *
   * @param least inclusive
   * @param most inclusive
   */
  record Range(double least, double most) {
    static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    boolean isEmpty() {
      return least > most;
    }

    private Range and(Range other) {
      return new Range(Math.max(least, other.least), Math.min(most, other.most));
    }

    private static Range of(Comparison one, boolean whole) {
      double number = one.number();
      double above = whole ? Math.floor(number) + 1 : Math.nextUp(number);
      double below = whole ? Math.ceil(number) - 1 : Math.nextDown(number);
      return switch (one.operator) {
        case ">" -> new Range(above, ANY.most);
        case ">=" -> new Range(number, ANY.most);
        case "<" -> new Range(ANY.least, below);
        case "<=" -> new Range(ANY.least, number);
        default -> new Range(number, number);
      };
    }

    private String told() {
      String from = least == ANY.least ? "" : "from " + shown(least);
      String to = most == ANY.most ? "" : " to " + shown(most);
      return "lies " + (to.isEmpty() ? from + " on" : from + to);
    }

    private static Object shown(double number) {
      return number == Math.rint(number) ? (Object) (long) number : (Object) number;
    }
  }

  Comparisons(CelAbstractSyntaxTree ast, Map<String, Variable> asks, Variables variables) {
    this.ast = ast;
    this.asks = asks;
    this.variables = variables;
  }

  /** What never holds, in the order of the text. */
  List<Finding> impossible() {
    CelNavigableAst.fromAst(ast).getRoot().allNodes().forEach(this::look);
    return findings;
  }

  /** What holds at times, and is hardly meant so; asked for after {@link #impossible}. */
  List<Finding> odd() {
    return oddities;
  }

  private void look(CelNavigableExpr node) {
    if (node.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return;
    }
    CelExpr.CelCall call = node.expr().call();
    Comparison one = comparison(node.expr());
    if (one != null) {
      lookAt(one);
    } else if (call.function().equals("@in")) {
      lookAtList(call);
    } else if (call.function().equals("_&&_") && !isBelowAnd(node)) {
      List<Comparison> all = new ArrayList<>();
      gather(node.expr(), all);
      lookAtAll(all);
    }
    if (call.args().size() == 1 && isText(call.args().get(0))) {
      lookAtLiteral(call.function(), call.args().get(0));
    }
    if (call.function().equals("_[_]") && isName(call.args().get(0), CONSENTS)) {
      lookAtConsent(call.args().get(1));
    }
  }

  /** A time, a span or a pattern that nobody can read would never be computed, and so be false. */
  private void lookAtLiteral(String function, CelExpr text) {
    String written = text.constant().stringValue();
    if (function.equals("timestamp") && !isTime(written)) {
      note(text, "'" + written + "' is no time", "write timestamp('2026-03-01T00:00:00Z')");
    } else if (function.equals("duration") && !written.matches(DURATION)) {
      note(text, "'" + written + "' is no span of time", "write duration('90m'), or days(3)");
    } else if (function.equals("matches") && !Formulas.isPattern(written)) {
      note(text, "'" + written + "' is no pattern", "a sign that means itself is written [(]");
    }
  }

  private static boolean isTime(String text) {
    try {
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isBelowAnd(CelNavigableExpr node) {
    return node.parent()
        .filter(above -> above.getKind() == CelExpr.ExprKind.Kind.CALL)
        .filter(above -> above.expr().call().function().equals("_&&_"))
        .isPresent();
  }

  // --- One comparison --------------------------------------------------------------------------

  private void lookAt(Comparison one) {
    if (one.ofTexts()) {
      lookAtText(one.name, one.constant);
      return;
    }
    Range range = variables.rangeOf(one.name);
    boolean whole = asks.get(one.name).type() == ValueType.INTEGER;
    if (whole && one.constant.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE) {
      oddities.add(
          new Finding(
              offset(one.constant),
              "'" + one.name + "' is a whole number, and is compared with a decimal",
              "money is in minor units: fifty euros are 5000"));
    }
    if (range.and(Range.of(one, whole)).isEmpty()) {
      boolean kept = variables.isKept(one.name) && one.number() > range.most;
      note(
          one.constant,
          "'" + one + "' never holds: it " + range.told(),
          kept ? "let the trait keep more with 'at-most', or compare with less" : "");
    }
  }

  private void lookAtList(CelExpr.CelCall in) {
    CelExpr one = in.args().get(0);
    CelExpr among = in.args().get(1);
    if (isName(among, CONSENTS)) {
      lookAtConsent(one);
    } else if (nameOf(one) != null && among.getKind() == CelExpr.ExprKind.Kind.LIST) {
      for (CelExpr element : among.list().elements()) {
        if (isText(element)) {
          lookAtText(nameOf(one), element);
        }
      }
    }
  }

  private void lookAtText(String name, CelExpr text) {
    Set<String> words = variables.wordsOf(name);
    String written = text.constant().stringValue();
    if (!words.isEmpty() && !written.isEmpty() && !words.contains(written)) {
      note(text, "'" + name + "' is never '" + written + "'", Suggestion.among(written, words));
    }
  }

  private void lookAtConsent(CelExpr key) {
    if (isText(key) && !key.constant().stringValue().matches("[^:]+:[^:]+")) {
      note(
          key,
          "no consent is called '" + key.constant().stringValue() + "'",
          "write channel and purpose: 'email:marketing'");
    }
  }

  // --- Several that have to hold together --------------------------------------------------------

  private void gather(CelExpr expr, List<Comparison> all) {
    boolean isCall = expr.getKind() == CelExpr.ExprKind.Kind.CALL;
    Comparison one = isCall ? comparison(expr) : null;
    if (one != null) {
      all.add(one);
    } else if (isCall && expr.call().function().equals("_&&_")) {
      expr.call().args().forEach(part -> gather(part, all));
    }
  }

  private void lookAtAll(List<Comparison> all) {
    Map<String, Comparison> texts = new HashMap<>();
    Map<String, List<Comparison>> numbers = new HashMap<>();
    for (Comparison one : all) {
      if (one.ofTexts()) {
        Comparison other = texts.putIfAbsent(one.name, one);
        if (other != null && !other.text().equals(one.text())) {
          noteTogether(other, one);
        }
      } else {
        List<Comparison> before = numbers.computeIfAbsent(one.name, name -> new ArrayList<>());
        boolean whole = asks.get(one.name).type() == ValueType.INTEGER;
        before.stream()
            .filter(other -> Range.of(other, whole).and(Range.of(one, whole)).isEmpty())
            .findFirst()
            .ifPresent(other -> noteTogether(other, one));
        before.add(one);
      }
    }
  }

  private void noteTogether(Comparison first, Comparison second) {
    note(
        second.constant,
        "'" + first + "' and '" + second + "' never hold together",
        "did you mean ||, or the other way round?");
  }

  private void note(CelExpr at, String what, String hint) {
    findings.add(new Finding(offset(at), what, hint));
  }

  private int offset(CelExpr at) {
    return ast.getSource().getPositionsMap().getOrDefault(at.id(), 0);
  }

  // --- Reading -----------------------------------------------------------------------------------

  private Comparison comparison(CelExpr expr) {
    String operator = OPERATORS.get(expr.call().function());
    if (operator == null) {
      return null;
    }
    CelExpr left = expr.call().args().get(0);
    CelExpr right = expr.call().args().get(1);
    if (nameOf(left) != null && isComparable(right)) {
      return new Comparison(nameOf(left), operator, right);
    }
    return nameOf(right) != null && isComparable(left)
        ? new Comparison(nameOf(right), TURNED.get(operator), left)
        : null;
  }

  private static boolean isComparable(CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return false;
    }
    CelConstant.Kind kind = expr.constant().getKind();
    return kind == CelConstant.Kind.STRING_VALUE
        || kind == CelConstant.Kind.INT64_VALUE
        || kind == CelConstant.Kind.DOUBLE_VALUE;
  }

  private static boolean isText(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  private boolean isName(CelExpr expr, String name) {
    return name.equals(nameOf(expr));
  }

  /** The variable's qualified name, or null where it is something else. */
  private String nameOf(CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return null;
    }
    String name = expr.ident().name();
    return asks.containsKey(name) ? name : null;
  }
}
