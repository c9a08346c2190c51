package io.lifestage.definition;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A definition's file, read as far as to know what it defines.
 *
 * @param source the text
 * @param problems where its mistakes are noted
 * @param kind what it defines, or null where it does not say
 * @param id its name
 * @param node all of it
 */
record Document(Source source, Problems problems, Kind kind, String id, Node node) {

  private static final int LARGEST = 1 << 20;
  private static final int DEEPEST = 50;

  /** A value that begins with an exclamation mark, as negations do. */
  private static final Pattern TAG = Pattern.compile("[:\\-\\[,]\\s+(!)[^\\s'\"]");

  private static final String TAGGED =
      "what begins with '!' is a tag of YAML to its reader, and no text";
  private static final String QUOTE = "put quotes around all of it: '!…'";

  /** Reads the text; what is no definition is noted, and gives one without a kind. */
  static Document read(Source source) {
    Problems problems = new Problems(source);
    Node node = compose(source.text(), problems);
    if (!(node instanceof MappingNode mapping)) {
      if (node != null) {
        problems.add(node, "a definition has to be names with values", "begin with " + kinds());
      }
      return new Document(source, problems, null, "", null);
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && Kind.of(key.getValue()) != null) {
        return new Document(source, problems, Kind.of(key.getValue()), name(tuple, problems), node);
      }
    }
    Node first = mapping.getValue().isEmpty() ? node : mapping.getValue().get(0).getKeyNode();
    String hint =
        first instanceof ScalarNode key
            ? Suggestion.nearest(key.getValue(), Kind.words())
                .map(kind -> "did you mean '" + kind + "'?")
                .orElse("begin with " + kinds())
            : "begin with " + kinds();
    problems.add(first, "this says not what it defines", hint);
    return new Document(source, problems, null, "", node);
  }

  private static String kinds() {
    return String.join(", ", Kind.words().stream().map(k -> "'" + k + ": <name>'").toList());
  }

  private static String name(NodeTuple tuple, Problems problems) {
    String name = tuple.getValueNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (!name.matches("[a-z][a-z0-9-]{0,63}")) {
      problems.add(
          tuple.getValueNode(),
          "'" + name + "' is no name",
          "a name has small letters, digits and hyphens, at most 64");
    }
    return name;
  }

  /** The text as YAML; null, with a note, where it is none. */
  static Node compose(String text, Problems problems) {
    if (text.codePointCount(0, text.length()) > LARGEST) {
      problems.add(1, 1, "the file is too long", "it may have " + LARGEST + " letters");
      return null;
    }
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(DEEPEST);
    try {
      Node node = new Yaml(options).compose(new StringReader(text));
      if (node == null) {
        problems.add(1, 1, "the definition is empty", "");
        return null;
      }
      return isTree(node, problems) ? node : null;
    } catch (MarkedYAMLException e) {
      note(e, text, problems);
    } catch (ReaderException e) {
      noteLetter(e.getCodePoint(), text, problems);
    } catch (YAMLException e) {
      noteDepth(e, text, problems);
    }
    return null;
  }

  /** A letter that no text has is the first of its kind. */
  private static void noteLetter(int letter, String text, Problems problems) {
    String before = text.substring(0, Math.max(0, text.indexOf(letter)));
    int line = before.lastIndexOf('\n') + 1;
    problems.add(
        1 + (int) before.chars().filter(c -> c == '\n').count(),
        1 + before.codePointCount(line, before.length()),
        "the letter U+%04X cannot stand in a text".formatted(letter),
        "take it out; perhaps the file is no text, or not in UTF-8");
  }

  /** The parser says of depth only that there is too much; the events of the text say where. */
  private static void noteDepth(YAMLException e, String text, Problems problems) {
    int depth = 0;
    for (Event event : new Yaml().parse(new StringReader(text))) {
      if (event instanceof NodeEvent && depth >= DEEPEST) {
        Mark at = event.getStartMark();
        problems.add(at.getLine() + 1, at.getColumn() + 1, "this goes too deep", "");
        return;
      }
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
    }
    problems.add(1, 1, "this is not YAML: " + e.getMessage(), "");
  }

  /** What the parser says, in words of who writes and not of who parses. */
  private static void note(MarkedYAMLException e, String text, Problems problems) {
    Mark at = e.getProblemMark();
    int line = at == null ? 1 : at.getLine() + 1;
    int column = at == null ? 1 : at.getColumn() + 1;
    Matcher tag = TAG.matcher(text.lines().skip(line - 1L).findFirst().orElse(""));
    if (tag.find() && tag.start(1) < column) {
      problems.add(line, tag.start(1) + 1, TAGGED, QUOTE);
      return;
    }
    String said = String.valueOf(e.getProblem());
    String what = "this is not YAML: " + said;
    String hint = "";
    if (said.startsWith("expected ',' or")) {
      String bracket = said.contains("']'") ? "]" : "}";
      what = "',' or '" + bracket + "' is missing before this";
      hint = begins(e, bracket.equals("]") ? "the '['" : "the '{'");
    } else if (said.startsWith("expected <block end>")) {
      what = "this stands in another column than what it belongs to";
      hint = begins(e, "that");
    } else if (said.contains("TAB")) {
      what = "there is a tab here";
      hint = "write blanks to indent";
    } else if (said.startsWith("mapping values are not allowed")) {
      what = "a name with a value cannot stand here";
      hint =
          "names that belong together begin in one column; a text with ': ' in it needs quotes around"
              + " all of it";
    } else if (said.startsWith("found unexpected end of stream")) {
      what = "a quote is not closed";
      hint = begins(e, "it");
    } else if (said.contains("cannot start any token")) {
      what = "this cannot stand here";
      hint = "a text that begins with a sign, or has ': ' in it, needs quotes around all of it";
    } else if (said.contains("another document")) {
      what = "a second definition begins here";
      hint = "one file has one; put it into another file";
    } else if (said.startsWith("could not find expected ':'")) {
      what = "a name without ': ' and a value";
      hint = begins(e, "it");
    }
    problems.add(line, column, what, hint);
  }

  private static String begins(MarkedYAMLException e, String what) {
    Mark mark = e.getContextMark();
    return mark == null
        ? ""
        : what + " begins in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  /** What refers to other parts of the file could be read without end. */
  private static boolean isTree(Node node, Problems problems) {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      problems.add(node, TAGGED, QUOTE);
      return true;
    }
    if (node.getAnchor() != null) {
      problems.add(
          node,
          "other parts of the file are to refer to this",
          "write it out there; anchors and aliases are not taken");
      return false;
    }
    if (node instanceof ScalarNode) {
      return true;
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().allMatch(n -> isTree(n, problems));
    }
    return ((MappingNode) node)
        .getValue().stream()
            .allMatch(
                tuple ->
                    isTree(tuple.getKeyNode(), problems) && isTree(tuple.getValueNode(), problems));
  }

  /** The whole file as a section in which these names mean something. */
  Section section(List<String> allowed) {
    return Section.of(problems, kind.called(), node, allowed);
  }

  /** The version: the one it is published as, or the one that it says, or the first. */
  int version(Section section) {
    int said = section.number("version", 1, 1, Integer.MAX_VALUE);
    return source.version() > 0 ? source.version() : said;
  }
}
