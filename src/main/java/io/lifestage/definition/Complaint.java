package io.lifestage.definition;

import io.lifestage.trait.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the parser or the checker of the Common Expression Language says, in words of who writes a
 * formula and not of who parses it.
 *
 * @param what what is wrong
 * @param hint what was probably meant; may be empty
 */
record Complaint(String what, String hint) {
  /** The parser's words for something that it did not expect. */
  private static final Pattern MISFIT =
      Pattern.compile(
          "(?:token recognition error at: |mismatched input |extraneous input |no viable alternative"
              + " at input )'(.*?)'(?: expecting.*)?$",
          Pattern.DOTALL);

  private static final Pattern NO_OVERLOAD =
      Pattern.compile("found no matching overload for '(.*?)' applied to '(.*?)'");

  private static final Pattern NO_FUNCTION = Pattern.compile("undeclared reference to '(\\w+)'");
  private static final Pattern TYPE = Pattern.compile("(?:list|map|type)\\(.*?\\)+|[\\w.]*\\w");
  private static final Pattern SAID_TO_MISFIT = Pattern.compile("'(.*)' does not fit here");
  private static final String BREAKS_OFF = "the formula breaks off here";
  private static final String TOO_DEEP = "the formula goes too deep";
  private static final String TOO_LARGE = "there is no whole number as large as this";
  private static final String SPANS = "a span of time is days(3) or duration('90m')";

  private static final Map<String, String> CALLED =
      Map.of(
          "int", Formulas.called(ValueType.INTEGER),
          "double", Formulas.called(ValueType.DECIMAL),
          "string", Formulas.called(ValueType.TEXT),
          "bool", Formulas.called(ValueType.FLAG),
          "google.protobuf.Timestamp", Formulas.called(ValueType.TIME),
          "google.protobuf.Duration", Formulas.called(ValueType.DURATION),
          "null", "nothing",
          "null_type", "nothing");

  private static final List<String> FUNCTIONS =
      List.of(
          "all",
          "contains",
          "days",
          "double",
          "duration",
          "endsWith",
          "exists",
          "exists_one",
          "filter",
          "getDate",
          "getDayOfWeek",
          "getFullYear",
          "getHours",
          "getMinutes",
          "getMonth",
          "int",
          "map",
          "matches",
          "size",
          "startsWith",
          "string",
          "timestamp");

  /** What people write who know other languages. */
  private static final Map<String, String> MEANT =
      Map.of(
          "=", "write == for equality",
          "and", "write && for and",
          "or", "write || for or",
          "not", "write ! for not",
          "<>", "write != for inequality",
          "is", "write == for equality",
          "&", "write && for and",
          "|", "write || for or",
          "then", "write condition ? this : that");

  static Complaint of(String message) {
    Matcher unknown = NO_FUNCTION.matcher(message);
    if (unknown.lookingAt()) {
      return ofFunction(unknown.group(1));
    }
    String what = translated(message);
    return new Complaint(what, hint(what));
  }

  /** Whether the formula ends too early. */
  boolean breaksOff() {
    return what.equals(BREAKS_OFF);
  }

  /** Of a function that there is not. */
  static Complaint ofFunction(String name) {
    return new Complaint("there is no function '" + name + "'", Suggestion.among(name, FUNCTIONS));
  }

  /** Whether it is no function, and nearly one. */
  static boolean isMisspelt(String function) {
    return function.matches("[a-zA-Z]+")
        && !FUNCTIONS.contains(function)
        && Suggestion.nearest(function, FUNCTIONS).isPresent();
  }

  private static String translated(String message) {
    Matcher misfit = MISFIT.matcher(message);
    Matcher call = NO_OVERLOAD.matcher(message);
    if (message.contains("'<EOF>'")) {
      return BREAKS_OFF;
    }
    if (misfit.lookingAt()) {
      String what = misfit.group(1).strip();
      boolean isOpen = what.startsWith("'") || what.startsWith("\"");
      return isOpen
          ? "the quote that begins here is not closed"
          : "'" + what + "' does not fit here";
    }
    if (call.lookingAt()) {
      if (call.group(1).equals("_?_:_")) {
        return "what stands beside ':' is of two types";
      }
      String operator = call.group(1).replaceAll("^_|_$", "");
      return "'" + operator + "' does not go with " + types(call.group(2));
    }
    if (message.contains("recursion limit")) {
      return TOO_DEEP;
    }
    if (message.startsWith("For input string")) {
      return TOO_LARGE;
    }
    return message.contains("does not support field selection") ? "this has no fields" : message;
  }

  /** The language's names of types, as this program calls them. */
  private static String types(String names) {
    List<String> called = new ArrayList<>();
    for (Matcher type = TYPE.matcher(names); type.find(); ) {
      called.add(CALLED.getOrDefault(type.group(), "a list or a map"));
    }
    return String.join(" and ", called);
  }

  private static String hint(String said) {
    Matcher misfit = SAID_TO_MISFIT.matcher(said);
    if (misfit.matches()) {
      String word = misfit.group(1).toLowerCase(Locale.ROOT);
      return word.matches("[dhms]|ms")
          ? SPANS
          : MEANT.getOrDefault(
              word,
              "texts stand in '…', equality is ==, and is &&, thirty days are days(30); a formula"
                  + " with ': ' or ' #' in it needs quotes around all of it");
    }
    if (said.contains("of two types")) {
      return "condition ? this : that gives one type";
    }
    if (said.contains("nothing") || said.contains("does not select a field")) {
      return "what is not known is an empty text, 0, or false: write event.x != ''";
    }
    if (said.contains("a duration and a whole number")) {
      return SPANS;
    }
    if (said.contains("a time and a text")) {
      return "a time is written timestamp('2026-03-01T00:00:00Z')";
    }
    if (said.contains("a decimal and a whole number")
        || said.contains("a whole number and a decimal")) {
      return "write decimals on both sides: 3.0 instead of 3, double(x) instead of x";
    }
    if (said.contains("a text")) {
      return "a text is compared with a text: take the quotes away, or add them";
    }
    if (said.equals(TOO_DEEP)) {
      return "split it into traits";
    }
    if (said.equals(TOO_LARGE)) {
      return "the largest is " + Long.MAX_VALUE;
    }
    if (said.contains("reserved identifier")) {
      return "write condition ? this : that";
    }
    return said.contains("has no fields") ? "a function is written size(x) or x.contains('a')" : "";
  }
}
