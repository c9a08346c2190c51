package io.lifestage.definition;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

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
  private static final int DEEPEST = 60;

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
    problems.add(node, "this says not what it defines", "begin with " + kinds());
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
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setMaxAliasesForCollections(50);
    try {
      Node node = new Yaml(options).compose(new java.io.StringReader(text));
      if (node == null) {
        problems.add(1, 1, "the definition is empty", "");
        return null;
      }
      return isTree(node, problems, Collections.newSetFromMap(new IdentityHashMap<>()), 0)
          ? node
          : null;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      int column = e.getProblemMark() == null ? 1 : e.getProblemMark().getColumn() + 1;
      problems.add(line, column, "this is not YAML: " + e.getProblem(), "");
    } catch (YAMLException e) {
      problems.add(1, 1, "this is not YAML: " + e.getMessage(), "");
    }
    return null;
  }

  /** What refers to other parts of the file, or goes very deep, could be read without end. */
  private static boolean isTree(Node node, Problems problems, Set<Node> seen, int depth) {
    if (node instanceof ScalarNode) {
      return true;
    }
    if (!seen.add(node) || depth > DEEPEST) {
      problems.add(
          node,
          depth > DEEPEST ? "this goes too deep" : "this refers to another part of the file",
          "write it out; anchors and aliases are not taken");
      return false;
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().allMatch(n -> isTree(n, problems, seen, depth + 1));
    }
    return ((MappingNode) node)
        .getValue().stream()
            .allMatch(
                tuple ->
                    isTree(tuple.getKeyNode(), problems, seen, depth + 1)
                        && isTree(tuple.getValueNode(), problems, seen, depth + 1));
  }

  /** The whole file as a section in which these names mean something. */
  Section section(List<String> allowed) {
    return Section.of(problems, "a " + kind.word(), node, allowed);
  }

  /** The version: the one it is published as, or the one that it says, or the first. */
  int version(Section section) {
    int said = section.number("version", 1, 1, Integer.MAX_VALUE);
    return source.version() > 0 ? source.version() : said;
  }
}
